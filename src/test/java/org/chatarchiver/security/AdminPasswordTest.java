package org.chatarchiver.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class AdminPasswordTest {
    @TempDir
    private Path temp;

    @Test
    void passwordIsMadeOnceAndReusedOnRestart() {
        String first = admin().readOrMake();
        assertThat(first).matches("[A-Za-z0-9_-]{32}");
        assertThat(admin().readOrMake()).isEqualTo(first);
        assertThat(admin().read().value()).hasValue(first);
        assertThat(temp.resolve("secrets/admin/password")).hasContent(first);
    }

    @Test
    void logTellsTheFileAndNotThePassword(CapturedOutput output) {
        String password = admin().readOrMake();
        assertThat(output).contains(admin().file().toString()).doesNotContain(password);
    }

    @Test
    void startsAtTheSameTimeAgreeOnOnePassword() {
        Set<String> passwords = ConcurrentHashMap.newKeySet();
        IntStream.range(0, 32).parallel().forEach(i -> passwords.add(admin().readOrMake()));
        assertThat(passwords).hasSize(1);
    }

    @Test
    void unusableFileIsLeftAloneAndStopsTheStart() throws IOException {
        AdminPassword admin = admin();
        Files.createDirectories(admin.file().getParent());
        Files.createFile(admin.file());
        assertThatThrownBy(admin::readOrMake)
                .isInstanceOf(StartRefusedException.class)
                .hasMessageContaining("is empty");
    }

    private AdminPassword admin() {
        DataDirectory data = new DataDirectory(temp);
        return new AdminPassword(data, new Secrets(data));
    }
}
