package org.chatarchiver.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {
    @TempDir
    private Path temp;

    private Path directory;
    private Secrets secrets;

    @BeforeEach
    void makeDirectory() throws IOException {
        DataDirectory data = new DataDirectory(temp);
        directory = data.directory("secrets", "wechat");
        secrets = new Secrets(data);
    }

    @ParameterizedTest
    @ValueSource(strings = {"geheim ü", "geheim ü\n", "geheim ü\r\n"})
    void oneLineEndIsNoPartOfTheSecret(String written) throws IOException {
        Files.writeString(directory.resolve("password"), written);
        assertThat(read().value()).hasValue("geheim ü");
    }

    @Test
    void rotatedSecretIsReadAnew() throws IOException {
        Files.writeString(directory.resolve("password"), "old");
        assertThat(read().value()).hasValue("old");
        Files.writeString(directory.resolve("password"), "new");
        assertThat(read().value()).hasValue("new");
    }

    @Test
    void missingSecretNamesFileAndCure() {
        assertThat(problem()).contains(directory.resolve("password").toString(), "missing", "write it there");
    }

    @Test
    void secretIsNeverPrinted() throws IOException {
        Files.writeString(directory.resolve("password"), "geheim");
        assertThat(read()).asString().doesNotContain("geheim");
    }

    @Test
    void mountedKubernetesSecretIsReadThroughItsLinks() throws IOException {
        Path dated = Files.createDirectory(directory.resolve("..2026_11_21"));
        Files.writeString(dated.resolve("password"), "mounted");
        Files.createSymbolicLink(directory.resolve("..data"), Path.of("..2026_11_21"));
        Files.createSymbolicLink(directory.resolve("password"), Path.of("..data/password"));
        assertThat(read().value()).hasValue("mounted");
    }

    @Test
    void linkThatLeavesTheDirectoryIsRefused() throws IOException {
        Path elsewhere = Files.writeString(temp.resolve("elsewhere"), "other");
        Files.createSymbolicLink(directory.resolve("password"), elsewhere);
        assertThat(problem()).contains("link").doesNotContain("other");
    }

    @Test
    void unusableFilesAreToldApart() throws IOException {
        Path file = directory.resolve("password");
        Files.writeString(file, "\n");
        assertThat(problem()).contains("is empty");
        Files.write(file, new byte[] {(byte) 0xE9, 'x'});
        assertThat(problem()).contains("UTF-8");
        Files.writeString(file, "geheim\nsecond line");
        assertThat(problem()).contains("line breaks").doesNotContain("geheim");
        Files.writeString(file, "x".repeat(4097));
        assertThat(problem()).contains("4,096");
        Files.delete(file);
        Files.createDirectory(file);
        assertThat(problem()).contains("not a file");
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", "../x", "/etc", "", "A", "a\nb"})
    void idThatIsNoNameIsRefused(String id) {
        assertThat(secrets.read(id, "password")).isInstanceOf(Secret.Unusable.class);
        assertThat(secrets.read("wechat", id)).isInstanceOf(Secret.Unusable.class);
    }

    private Secret read() {
        return secrets.read("wechat", "password");
    }

    private String problem() {
        return ((Secret.Unusable) read()).problem();
    }
}
