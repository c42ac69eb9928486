package org.chatarchiver.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

@DisabledOnOs(OS.WINDOWS)
class DataDirectoryTest {
    @TempDir
    private Path temp;

    @Test
    void directoriesAndFilesAreForOurEyesOnly() throws IOException {
        DataDirectory data = new DataDirectory(temp.resolve("var/data"));
        Path directory = data.directory("secrets", "wechat");
        Path file = directory.resolve("password");
        assertThat(data.writeOnce(file, new byte[] {1})).isTrue();
        assertThat(permissions(data.root())).isEqualTo("rwx------");
        assertThat(permissions(directory.getParent())).isEqualTo("rwx------");
        assertThat(permissions(directory)).isEqualTo("rwx------");
        assertThat(permissions(file)).isEqualTo("rw-------");
    }

    @Test
    void directoryBelowThatIsTooOpenIsTightened() throws IOException {
        DataDirectory data = new DataDirectory(temp);
        Path open = Files.createDirectory(temp.resolve("landing"));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-xr-x"));
        data.directory("landing");
        assertThat(permissions(open)).isEqualTo("rwx------");
    }

    @Test
    void emptyDirectoryThatWasMadeForUsIsTightened() throws IOException {
        Files.setPosixFilePermissions(temp, PosixFilePermissions.fromString("rwxr-xr-x"));
        assertThat(permissions(new DataDirectory(temp).root())).isEqualTo("rwx------");
    }

    @Test
    void databaseWaitsForTheDirectory() {
        new ApplicationContextRunner()
                .withUserConfiguration(DataConfiguration.class, DataDirectoryFirst.class)
                .withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class))
                .withPropertyValues("archiver.data=" + temp, "spring.datasource.url=jdbc:h2:mem:directory")
                .run(context -> assertThat(context.getBeanFactory()
                                .getBeanDefinition("dataSource")
                                .getDependsOn())
                        .contains("dataDirectory"));
    }

    @Test
    void directoryWithOthersFilesIsNotChanged() throws IOException {
        Files.createFile(temp.resolve("theirs"));
        Files.setPosixFilePermissions(temp, PosixFilePermissions.fromString("rwxr-xr-x"));
        assertThat(new DataDirectory(temp).directory()).isEqualTo(temp);
        assertThat(permissions(temp)).isEqualTo("rwxr-xr-x");
    }

    @Test
    void fileIsWrittenOnceAndLeavesNothingBeside() throws IOException {
        DataDirectory data = new DataDirectory(temp);
        Path file = data.path("once");
        assertThat(data.writeOnce(file, new byte[] {1})).isTrue();
        assertThat(data.writeOnce(file, new byte[] {2})).isFalse();
        assertThat(file).hasBinaryContent(new byte[] {1});
        assertThat(temp).isDirectoryContaining(path -> path.equals(file));
        assertThat(temp.toFile().list()).hasSize(1);
    }

    @Test
    void pathOutsideIsRefused() {
        DataDirectory data = new DataDirectory(temp);
        assertThatIllegalArgumentException().isThrownBy(() -> data.path("..", "x"));
        assertThatIllegalArgumentException().isThrownBy(() -> data.path("/etc/passwd"));
    }

    @Test
    void startIsRefusedWhereTheDirectoryCannotBeMade() throws IOException {
        Path file = Files.createFile(temp.resolve("file"));
        assertThatThrownBy(() -> new DataDirectory(file.resolve("data")))
                .isInstanceOf(StartRefusedException.class)
                .hasMessageContaining("archiver.data")
                .extracting(refused -> ((StartRefusedException) refused).cure())
                .asString()
                .contains("archiver.data", "write permission");
        assertThatThrownBy(() -> new DataDirectory(file)).isInstanceOf(StartRefusedException.class);
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
