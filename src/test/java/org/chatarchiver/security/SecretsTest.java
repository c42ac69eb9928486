package org.chatarchiver.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.util.FileSystemUtils;

@ExtendWith(OutputCaptureExtension.class)
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

    @ParameterizedTest
    @CsvSource({"UTF-8", "UTF-16LE", "UTF-16BE"})
    void byteOrderMarkIsNoPartOfTheSecret(String charset) throws IOException {
        for (String end : List.of("", "\n", "\r\n")) {
            Files.write(directory.resolve("password"), ("\uFEFFgeheim ü" + end).getBytes(Charset.forName(charset)));
            assertThat(read().value()).as("%s, %s", charset, end.length()).hasValue("geheim ü");
        }
        Files.write(directory.resolve("password"), "\uFEFF".getBytes(Charset.forName(charset)));
        assertThat(problem()).contains("is empty");
    }

    @Test
    void halfACharacterBehindAMarkIsRefused() throws IOException {
        Files.write(directory.resolve("password"), new byte[] {(byte) 0xFF, (byte) 0xFE, 'x'});
        assertThat(problem()).contains("UTF-8", "UTF-16");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void secretThatOthersCanReadIsComplainedOfOnce(CapturedOutput output) throws IOException {
        Path file = Files.writeString(directory.resolve("password"), "geheim");
        permissions(file, "rw-------");
        read();
        assertThat(output).doesNotContain("chmod");

        permissions(file, "rw-r--r--");
        read();
        read();
        assertThat(output.getOut().split("chmod 600", -1)).hasSize(2);
        assertThat(output).contains("chmod 600 " + file).doesNotContain("geheim");
        permissions(file, "rw-------");
        read();
        permissions(file, "rw-r--r--");
        read();
        assertThat(output.getOut().split("chmod 600", -1)).as("open again").hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw--w----", "rw----r--", "rw-rw-rw-"})
    @DisabledOnOs(OS.WINDOWS)
    void everyModeThatOthersGainByIsComplainedOf(String open, CapturedOutput output) throws IOException {
        permissions(Files.writeString(directory.resolve("password"), "geheim"), open);
        read();
        assertThat(output).contains("chmod 600");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void directoryThatOthersCanEnterIsComplainedOf(CapturedOutput output) throws IOException {
        permissions(Files.writeString(directory.resolve("password"), "geheim"), "rw-------");
        permissions(directory, "rwxr-xr-x");
        read();
        assertThat(output).contains("chmod 700 " + directory).doesNotContain("chmod 600");
    }

    private static void permissions(Path path, String mode) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
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
    void mountedKubernetesSecretIsReadWhileItIsExchanged() throws Exception {
        link("..data", dated("..0"));
        Files.createSymbolicLink(directory.resolve("password"), Path.of("..data/password"));
        // One for each read, at any moment of it, and no more: a kubelet exchanges once a minute at most.
        Semaphore reads = new Semaphore(0);
        Semaphore exchanged = new Semaphore(0);
        Future<?> exchanges = ForkJoinPool.commonPool().submit(() -> {
            for (int i = 0; i < 2_000; i++) {
                reads.acquire();
                String next = dated(".." + (i + 1));
                link("..data_tmp", next);
                Files.move(
                        directory.resolve("..data_tmp"), directory.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
                FileSystemUtils.deleteRecursively(directory.resolve(".." + i));
                exchanged.release();
            }
            return null;
        });
        for (int i = 0; i < 2_000; i++) {
            reads.release();
            assertThat(read().value()).hasValue("geheim");
            // Not for ever where the other thread has failed, which its result tells.
            if (!exchanged.tryAcquire(1, TimeUnit.MINUTES)) {
                break;
            }
        }
        exchanges.get();
    }

    private String dated(String name) throws IOException {
        Files.writeString(Files.createDirectory(directory.resolve(name)).resolve("password"), "geheim");
        return name;
    }

    private void link(String name, String target) throws IOException {
        Files.createSymbolicLink(directory.resolve(name), Path.of(target));
    }

    @Test
    void isReadByAThreadThatIsInterrupted() throws IOException {
        Files.writeString(directory.resolve("password"), "geheim");
        Thread.currentThread().interrupt();
        try {
            assertThat(read().value()).hasValue("geheim");
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
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
