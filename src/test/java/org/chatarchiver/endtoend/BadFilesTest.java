package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.chatarchiver.connector.Connector;
import org.chatarchiver.connector.Connectors;
import org.chatarchiver.connector.Problem;
import org.chatarchiver.mapping.MappingStore;
import org.chatarchiver.mapping.Parsed;
import org.chatarchiver.sandbox.ArchiverHome;
import org.chatarchiver.sandbox.EmbeddedMailServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bad connector and mapping files get a clear error, and the good ones stay in use. */
class BadFilesTest {
    @TempDir
    static Path folder;

    private static EmbeddedMailServer mail;
    private static TestBed bed;

    @BeforeAll
    static void start() throws IOException {
        mail = new EmbeddedMailServer(0, folder.resolve("mail"));
        bed = TestBed.start(folder, TestBed.with(mail), BadFilesTest::addBadConnectors);
    }

    @AfterAll
    static void stop() throws IOException {
        bed.close();
        mail.close();
    }

    private static void addBadConnectors(ArchiverHome home) throws IOException {
        Path connectors = home.routes().resolve("connectors");
        String good = Files.readString(connectors.resolve("wechat.camel.yaml"));
        String other =
                good.replace("wechat", "other").replace("WeChat", "Other").replace("WECHAT", "SIGNAL");
        Files.writeString(connectors.resolve("x-network.camel.yaml"), other.replace("SIGNAL", "SMOKE"));
        Files.writeString(connectors.resolve("x-braces.camel.yaml"), other.replace("\"ops\"", "\"{{user}}\""));
        Files.writeString(
                connectors.resolve("x-simple.camel.yaml"),
                other.replace("\"ops\"", "\"${bean:type:java.lang.System?method=exit}\""));
        Files.writeString(connectors.resolve("x-raw.camel.yaml"), other.replace("\"ops\"", "\"RAW(ops)\""));
        Files.writeString(connectors.resolve("x-twin.camel.yaml"), good);
        Files.writeString(
                connectors.resolve("x-unmapped.camel.yaml"),
                other.replaceAll("value: \"file:[^\"]*\"", "value: \"\"").replace("\"true\"", "\"false\""));
        Files.writeString(connectors.resolve("x-yaml.camel.yaml"), "- templatedRoute: [");
    }

    @ParameterizedTest
    @CsvSource({
        "x-network.camel.yaml,SMOKE",
        "x-braces.camel.yaml,{{",
        "x-simple.camel.yaml,${",
        "x-raw.camel.yaml,RAW(",
        "x-twin.camel.yaml,same id 'wechat'",
        "x-unmapped.camel.yaml,automaticMapping",
        "x-yaml.camel.yaml,''"
    })
    void aBadConnectorFileIsNamedAndLeftOut(String file, String named) {
        List<Problem> problems = bed.archiver().bean(Connectors.class).problems().stream()
                .filter(problem -> problem.file().endsWith(file))
                .toList();

        assertThat(problems).isNotEmpty();
        assertThat(problems).anyMatch(problem -> problem.sentence().contains(named));
    }

    @Test
    void theGoodConnectorsRunBesideTheBadOnes() {
        assertThat(bed.archiver().bean(Connectors.class).all().stream().map(Connector::id))
                .containsExactly("wechat", "whatsapp");
    }

    @ParameterizedTest
    @CsvSource({
        "wrong header,'Number,Mailbox\n+447700900123,ann@example.com\n',UTF-8,1",
        "number twice,'External User ID,Microsoft 365 User Mailbox\n+447700900123,ann@example.com\n+44 7700 900123,ben@example.com\n',UTF-8,3",
        "empty,'',UTF-8,0",
        "Latin-1,'External User ID,Microsoft 365 User Mailbox\n+447700900123,ann@example.com\nzoë,zoe@example.com\n',ISO-8859-1,3"
    })
    void aBadMappingIsRefusedWholeAndTheOneInUseStays(String what, String csv, String charset, int line)
            throws Exception {
        MappingStore mappings = bed.archiver().bean(MappingStore.class);

        Parsed parsed = mappings.replace(
                TestBed.WECHAT, new ByteArrayInputStream(csv.getBytes(Charset.forName(charset))), "ada");

        assertThat(parsed).as(what).isInstanceOf(Parsed.Rejected.class);
        assertThat(((Parsed.Rejected) parsed).errors()).as(what).anySatisfy(error -> assertThat(error.line())
                .isIn((long) line, 1L));
        TestBed.Window window = bed.window();
        bed.add(window, TestBed.text("after " + what, "Still mapped"));
        assertThat(bed.run(window).imported()).isEqualTo(1);
    }
}
