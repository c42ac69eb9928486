package org.chatarchiver.landing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.chatarchiver.message.Sha256;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryStoreTest {
    private static final Path OTHER_FILE_SYSTEM = Path.of("/dev/shm");
    private static final String PAGE = "wechat/2026/11/21/run-1/1.json.gz";

    @TempDir
    Path root;

    @Test
    void aStagingDirectoryOnAnotherFileSystemLandsByCopy() throws Exception {
        assumeThat(OTHER_FILE_SYSTEM).isDirectory().isWritable();
        assumeThat(Files.getFileStore(OTHER_FILE_SYSTEM)).isNotEqualTo(Files.getFileStore(root));
        Path file = PrivateFiles.createTemporary(OTHER_FILE_SYSTEM);
        Files.writeString(file, "page");
        DirectoryStore store = new DirectoryStore(root);

        try (Staged<Void> staged = new Staged<>(file, PAGE, Sha256.of(new byte[0]), 4, null)) {
            assertThat(store.publish(PAGE, staged)).isTrue();
            assertThat(store.publish(PAGE, staged)).as("taken").isFalse();
        }
        assertThat(root.resolve(PAGE)).hasContent("page");
        assertThat(root.resolve(PAGE).getParent()).as("no copy stays behind").isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void aCopyThatAKilledProcessLeftIsNoObject() throws Exception {
        Path folder = Files.createDirectories(root.resolve(PAGE).getParent());
        Files.writeString(folder.resolve(".123.part"), "half a page");

        try (Stream<String> objects = new DirectoryStore(root).list("")) {
            assertThat(objects).isEmpty();
        }
    }

    @Test
    void aCopyThatAKilledProcessLeftIsGoneAfterTheNextStart() throws Exception {
        Path dead = Files.createDirectories(root.resolve(".copies/of-a-dead-process"));
        Files.writeString(dead.resolve(".123.part"), "half a page");

        DirectoryStore store = new DirectoryStore(root);

        assertThat(dead).doesNotExist();
        assertThat(store.children("")).isEmpty();
    }

    @Test
    void aStopLeavesNothingOpenOrBehindInTheLandingDirectory() throws Exception {
        Path copies = Files.createDirectories(root.resolve(".copies"));
        DirectoryStore store = new DirectoryStore(root);
        assertThat(copies).isDirectoryContaining("glob:**");

        store.close();

        assertThat(copies).isDirectoryNotContaining(part -> !part.endsWith(".lock"));
        assertThat(openFiles()).noneMatch(file -> file.startsWith(root));
    }

    private static List<Path> openFiles() throws IOException {
        Path all = Path.of("/proc/self/fd");
        assumeThat(all).isDirectory();
        List<Path> open = new ArrayList<>();
        try (Stream<Path> files = Files.list(all)) {
            for (Path file : files.toList()) {
                try {
                    open.add(Files.readSymbolicLink(file));
                } catch (NoSuchFileException closed) {
                    // The listing itself, which is closed by now or soon.
                    continue;
                }
            }
        }
        return open;
    }
}
