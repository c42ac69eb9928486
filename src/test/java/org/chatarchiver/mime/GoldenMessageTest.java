package org.chatarchiver.mime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.chatarchiver.message.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The e-mails as they are promised. After a wanted change, {@code -Dgolden.write=true} writes them anew: read the difference. */
class GoldenMessageTest {
    @ParameterizedTest
    @MethodSource("pairs")
    void isWrittenByteForByteAsPromised(GoldenMessage pair) throws Exception {
        byte[] written = new ChatMime(ArchivedMessages.DOMAIN).write(pair.archived());
        if (Boolean.getBoolean("golden.write")) {
            Files.write(pair.eml(), written);
        }
        assertThat(new String(written, StandardCharsets.US_ASCII))
                .isEqualTo(Files.readString(pair.eml(), StandardCharsets.US_ASCII));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-Duser.language=ar -Duser.country=EG -Duser.timezone=America/St_Johns -Dfile.encoding=ISO-8859-1",
                "-Duser.language=tr -Duser.country=TR -Duser.timezone=Pacific/Kiritimati -Dfile.encoding=Cp1252",
                "-Duser.language=th -Duser.country=TH -Duser.extensions=u-ca-buddhist-nu-thai -Duser.timezone=Asia/Kathmandu"
            })
    void areTheSameBytesWhateverTheMachinesSettings(String flags) throws Exception {
        List<String> command = new ArrayList<>(List.of(flags.split(" ")));
        command.add(0, ProcessHandle.current().info().command().orElseThrow());
        command.addAll(List.of(
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                GoldenProgram.class.getName()));
        Process program = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(program.waitFor()).as(output).isZero();
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void isReadAlikeByMime4jAndAngus(GoldenMessage pair) {
        byte[] written = new ChatMime(ArchivedMessages.DOMAIN).write(pair.archived());
        ReadBack mime4j = Mime4jReader.read(written);
        ReadBack angus = AngusReader.read(written);
        assertThat(mime4j).usingRecursiveComparison().ignoringFields("headers").isEqualTo(angus);
        assertThat(mime4j.headers().get("Subject"))
                .isEqualTo(angus.headers().get("Subject"))
                .isEqualTo(Subjects.of(pair.archived()));
        assertThat(mime4j.names()).doesNotHaveDuplicates();
    }

    @Test
    void everyKindHasAPair() {
        assertThat(pairs())
                .extracting(pair -> pair.archived().message().kind())
                .containsAll(Arrays.asList(Kind.values()));
    }

    static List<GoldenMessage> pairs() {
        return GoldenMessage.all();
    }
}
