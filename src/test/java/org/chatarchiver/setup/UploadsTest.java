package org.chatarchiver.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.chatarchiver.mapping.MappingFileParser;
import org.chatarchiver.security.DataDirectory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UploadsTest {
    @TempDir
    private Path folder;

    private Uploads uploads;

    @BeforeEach
    void open() {
        uploads = new Uploads(new DataDirectory(folder));
    }

    @Test
    void aFileIsForTheArchiversEyesOnlyAndGoneAfterwards() throws IOException {
        List<String> seen = uploads.held(
                bytes("a,b"),
                csv -> List.of(
                        Files.readString(csv),
                        PosixFilePermissions.toString(Files.getPosixFilePermissions(csv)),
                        PosixFilePermissions.toString(Files.getPosixFilePermissions(csv.getParent()))));

        assertThat(seen).containsExactly("a,b", "rw-------", "rwx------");
        assertThat(left()).isEmpty();
    }

    @Test
    void aFileIsGoneWhereTheLookFailsOrTheBodyBreaksOff() throws IOException {
        assertThatThrownBy(() -> uploads.held(bytes("a"), csv -> {
                    throw new IllegalStateException("looked");
                }))
                .hasMessage("looked");
        assertThatThrownBy(() -> uploads.held(broken(), Files::size)).hasMessage("reset");
        assertThat(left()).isEmpty();
    }

    @Test
    void ofAnEndlessBodyOnlySoMuchIsTaken() throws IOException {
        long size = uploads.held(endless(), Files::size);

        assertThat(size)
                .isGreaterThan(MappingFileParser.MOST_BYTES)
                .isLessThan(MappingFileParser.MOST_BYTES + (1 << 20));
    }

    @Test
    void whatAKilledArchiverLeftIsRemovedAndWhatAnotherOneLooksAtIsNot() throws IOException {
        uploads.held(bytes("a"), Files::size);
        Path old = Files.createFile(folder.resolve("uploads").resolve("mapping-1.csv"));
        Files.setLastModifiedTime(
                old, FileTime.from(Files.getLastModifiedTime(old).toInstant().minus(Duration.ofHours(2))));
        Path recent = Files.createFile(folder.resolve("uploads").resolve("mapping-2.csv"));

        uploads.held(bytes("a"), Files::size);

        assertThat(left()).containsExactly(recent);
    }

    private List<Path> left() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("uploads"))) {
            return files.toList();
        }
    }

    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    private static InputStream broken() {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("reset");
            }
        };
    }

    private static InputStream endless() {
        return new InputStream() {
            @Override
            public int read() {
                return 'x';
            }

            @Override
            public int read(byte[] buffer, int offset, int length) {
                return length;
            }
        };
    }
}
