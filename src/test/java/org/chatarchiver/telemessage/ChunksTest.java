package org.chatarchiver.telemessage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;
import org.chatarchiver.message.Content;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChunksTest {
    @TempDir
    private Path parent;

    private final byte[] large = new byte[3_001];

    ChunksTest() {
        new Random(7).nextBytes(large);
    }

    @Test
    void aPageIsCutByTheNumberOfElementsInItsOrder() throws IOException {
        List<Integer> sizes = new ArrayList<>();
        List<Long> positions = new ArrayList<>();
        try (CloseableIterator<Chunk> chunks = chunks(3, Long.MAX_VALUE, Collections.nCopies(8, Pages.message("")))) {
            while (chunks.hasNext()) {
                try (Chunk chunk = chunks.next()) {
                    sizes.add(chunk.elements().size());
                    chunk.elements().forEach(element -> positions.add(element.position()));
                }
            }
            assertThatThrownBy(chunks::next).isInstanceOf(NoSuchElementException.class);
        }
        assertThat(sizes).containsExactly(3, 3, 2);
        assertThat(positions).containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L);
    }

    @Test
    void aPageIsCutByTheMemoryThatAChunkHolds() throws IOException {
        String text = Pages.message("\"textContent\":\"" + "x".repeat(30_000) + "\"");
        try (CloseableIterator<Chunk> chunks = chunks(100, 100_000, Collections.nCopies(4, text))) {
            assertThat(chunks.next().elements()).hasSize(2);
            assertThat(chunks.next().elements()).hasSize(2);
            assertThat(chunks.hasNext()).isFalse();
        }
    }

    @Test
    void aLargeAttachmentIsAFileThatOnlyItsUserMayReadUntilItsChunkIsClosed() throws IOException {
        try (CloseableIterator<Chunk> chunks = chunks(1, 1, List.of(withAttachment(large), withAttachment(large)))) {
            Chunk first = chunks.next();
            Content.OnDisk content = content(first, Content.OnDisk.class);
            assertThat(content.size()).isEqualTo(large.length);
            assertThat(content.sha256()).isEqualTo(sha256(large));
            try (InputStream in = content.open()) {
                assertThat(in.readAllBytes()).isEqualTo(large);
            }
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(content.file())))
                    .isEqualTo("rw-------");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(spool())))
                    .isEqualTo("rwx------");
            Chunk second = chunks.next();
            first.close();
            assertThat(content.file()).doesNotExist();
            assertThat(content(second, Content.OnDisk.class).file()).exists();
        }
        assertThat(spool()).isEmptyDirectory();
    }

    @Test
    void anAttachmentOverTheCapIsOnlyCountedAndHashed() throws IOException {
        byte[] huge = new byte[4_097];
        try (CloseableIterator<Chunk> chunks = chunks(1, 1, List.of(withAttachment(huge)))) {
            assertThat(content(chunks.next(), Content.Absent.class))
                    .isEqualTo(new Content.Absent(Content.Why.TOO_LARGE, huge.length, sha256(huge)));
            assertThat(spool()).isEmptyDirectory();
        }
    }

    @Test
    void whatTurnsOutNotToBeBase64LeavesNoFile() throws IOException {
        String message = Pages.message("\"attachment\":[{\"content\":\"" + "A".repeat(50_000) + "!\"}]");
        try (CloseableIterator<Chunk> chunks = chunks(1, 1, List.of(message))) {
            assertThat(content(chunks.next(), Content.Absent.class).why()).isEqualTo(Content.Why.UNDECODABLE);
            assertThat(spool()).isEmptyDirectory();
        }
    }

    @Test
    void whatAKilledProcessLeftBehindIsDeletedAtTheNextStart() throws IOException {
        CloseableIterator<Chunk> killed = chunks(1, 1, List.of(withAttachment(large)));
        killed.next();
        assertThat(spool()).isNotEmptyDirectory();
        Path other = Files.writeString(spool().resolve("not-ours.txt"), "x");
        Spools.in(spool());
        assertThat(spool()).isDirectoryNotContaining(path -> !path.equals(other));
        killed.close();
    }

    @Test
    void aPageThatBreaksOffIsAnErrorAndNotAnEnd() throws IOException {
        InputStream cut = Pages.bytes(
                "{\"messages\":[" + Pages.message("") + ",{\"messageId\":\"x\",\"attachment\":[{\"content\":\"AA");
        try (CloseableIterator<Chunk> chunks = chunks(cut)) {
            chunks.next();
            assertThatThrownBy(chunks::next).hasMessageContaining("ends inside an attachment");
        }
        assertThatThrownBy(() -> chunks(Pages.bytes("[]"))).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> chunks(Pages.bytes("{}"))).isInstanceOf(IOException.class);
    }

    private CloseableIterator<Chunk> chunks(InputStream page) throws IOException {
        return reader().chunks(page, Pages.LANDED, 1, Long.MAX_VALUE);
    }

    private PageReader reader() throws IOException {
        return Pages.reader(spool(), 64, 4_096);
    }

    private CloseableIterator<Chunk> chunks(int elements, long bytes, List<String> messages) throws IOException {
        return reader().chunks(Pages.page(messages.toArray(String[]::new)), Pages.LANDED, elements, bytes);
    }

    private Path spool() {
        return parent.resolve("spool");
    }

    private static <T extends Content> T content(Chunk chunk, Class<T> type) {
        PageElement.Read read = (PageElement.Read) chunk.elements().get(0);
        return type.cast(read.message().attachments().get(0).content());
    }

    private static String withAttachment(byte[] bytes) {
        return Pages.message(
                "\"attachment\":[{\"content\":\"" + Base64.getEncoder().encodeToString(bytes) + "\"}]");
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
