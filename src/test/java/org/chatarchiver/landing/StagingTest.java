package org.chatarchiver.landing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.chatarchiver.message.Sha256;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StagingTest {
    private static final String PAGE = "wechat/2026/11/21/run-1/1.json.gz";

    @TempDir
    Path root;

    @Test
    void whatTheReadingLeavesUnreadIsStagedAllTheSame() throws Exception {
        try (Staging staging = new Staging(root);
                Staged<String> staged = staging.stage(PAGE, stream("{\"messages\":[]}"), plain -> {
                    plain.skip(2);
                    String seen = new String(plain.readNBytes(8), UTF_8);
                    plain.close();
                    return seen;
                })) {
            assertThat(staged.value()).isEqualTo("messages");
            assertThat(staged.path()).isEqualTo(PAGE);
            assertThat(staged.size()).isEqualTo(15);
            assertThat(staged.sha256()).isEqualTo(Sha256.of("{\"messages\":[]}".getBytes(UTF_8)));
            try (InputStream gzip = new GZIPInputStream(Files.newInputStream(staged.file()))) {
                assertThat(new String(gzip.readAllBytes(), UTF_8)).isEqualTo("{\"messages\":[]}");
            }
        }
    }

    @Test
    void equalBytesGiveEqualFiles() throws Exception {
        try (Staging staging = new Staging(root);
                Staged<Void> one = staging.stage(PAGE, stream("same"), plain -> null);
                Staged<Void> two = staging.stage(PAGE, stream("same"), plain -> null)) {
            assertThat(one.file()).hasSameBinaryContentAs(two.file());
        }
    }

    @Test
    void anAttachmentIsStagedAsItIsUnderItsDigest() throws Exception {
        LandingPath run = LandingPath.containing(PAGE);
        try (Staging staging = new Staging(root);
                Staged<Void> staged = staging.stageAttachment(run, stream("bytes"))) {
            assertThat(staged.file()).hasContent("bytes");
            assertThat(staged.path()).isEqualTo(run.attachment(Sha256.of("bytes".getBytes(UTF_8))));
        }
    }

    @Test
    void onlyTheArchiverMayReadStagedFiles() throws Exception {
        try (Staging staging = new Staging(root.resolve("staging"));
                Staged<Void> staged = staging.stage(PAGE, stream("secret"), plain -> null)) {
            assertThat(mode(staged.file())).isEqualTo("rw-------");
            assertThat(mode(staged.file().getParent())).isEqualTo("rwx------");
            assertThat(mode(root.resolve("staging"))).isEqualTo("rwx------");
        }
    }

    @Test
    void aBodyThatEndsEarlyLeavesNothingBehind() throws Exception {
        try (Staging staging = new Staging(root)) {
            assertThatThrownBy(
                            () -> staging.stage(PAGE, new SequenceInputStream(stream("half"), broken()), plain -> null))
                    .isInstanceOf(EOFException.class)
                    .hasMessage("premature end");
            assertThat(parts()).isEmpty();
        }
    }

    @Test
    void aReadingThatRefusesThePageLeavesNothingBehind() throws Exception {
        try (Staging staging = new Staging(root)) {
            assertThatThrownBy(() -> staging.stage(PAGE, stream("<html>"), plain -> {
                        throw new IllegalStateException("no JSON");
                    }))
                    .hasMessage("no JSON");
            assertThat(parts()).isEmpty();
        }
    }

    @Test
    void whatTheReadingRefusesIsKeptWholeUnderANameOfItsOwn() throws Exception {
        try (Staging staging = new Staging(root)) {
            Judged.Rejected<Void> rejected = rejected(staging, stream("<html>Please sign in</html>"), plain -> {
                plain.read();
                throw new IOException("no JSON");
            });
            assertThat(rejected.why()).hasMessage("no JSON");
            assertThat(rejected.bytes().path()).isEqualTo("wechat/2026/11/21/run-1/1-rejected-1.json.gz");
            assertThat(text(rejected.bytes())).isEqualTo("<html>Please sign in</html>");
            assertThat(rejected.bytes().sha256()).isEqualTo(Sha256.of("<html>Please sign in</html>".getBytes(UTF_8)));
            rejected.bytes().close();
            assertThat(parts()).isEmpty();
        }
    }

    @Test
    void whatCameBeforeABodyBrokeOffIsKept() throws Exception {
        try (Staging staging = new Staging(root)) {
            Judged.Rejected<Void> rejected =
                    rejected(staging, new SequenceInputStream(stream("half"), broken()), plain -> null);
            assertThat(rejected.why()).isInstanceOf(EOFException.class);
            assertThat(text(rejected.bytes())).isEqualTo("half");
        }
    }

    @Test
    void ofABodyThatGaveNothingNothingIsKept() throws Exception {
        try (Staging staging = new Staging(root)) {
            assertThat(rejected(staging, broken(), plain -> null).bytes()).isNull();
            assertThat(parts()).isEmpty();
        }
    }

    @Test
    void ofALargeBodyItsBeginningIsKept() throws Exception {
        for (long size : new long[] {Staging.LARGEST_REJECTED, Staging.LARGEST_REJECTED + 1, 40L << 20}) {
            try (Staging staging = new Staging(root)) {
                long[] given = {0};
                InputStream endless = new InputStream() {
                    @Override
                    public int read() {
                        return given[0]++ < size ? 'x' : -1;
                    }
                };
                Judged.Rejected<Void> early = rejected(staging, endless, plain -> {
                    plain.read();
                    throw new IOException("refused at once");
                });
                assertThat(early.bytes().size()).isEqualTo(Staging.LARGEST_REJECTED);
                assertThat(given[0]).as("no more is asked for").isLessThanOrEqualTo(Staging.LARGEST_REJECTED);
                given[0] = 0;
                Judged.Rejected<Void> late = rejected(staging, endless, plain -> {
                    plain.transferTo(OutputStream.nullOutputStream());
                    throw new IOException("refused at its end");
                });
                assertThat(late.bytes().size()).isEqualTo(Staging.LARGEST_REJECTED);
                assertThat(text(late.bytes())).hasSize((int) Staging.LARGEST_REJECTED);
                assertThat(late.bytes().sha256()).isEqualTo(early.bytes().sha256());
                assertThat(parts()).hasSize(2);
            }
        }
    }

    @Test
    void aPageThatIsOneIsStagedAsEver() throws Exception {
        try (Staging staging = new Staging(root)) {
            Judged<Integer> judged = staging.judge(PAGE, stream("page"), plain -> 7);
            try (Staged<Integer> staged = ((Judged.Whole<Integer>) judged).staged()) {
                assertThat(staged.path()).isEqualTo(PAGE);
                assertThat(staged.value()).isEqualTo(7);
                assertThat(text(staged)).isEqualTo("page");
            }
        }
    }

    private static Judged.Rejected<Void> rejected(Staging staging, InputStream plain, Reading<Void> reading)
            throws IOException {
        return (Judged.Rejected<Void>) staging.judge(PAGE, plain, reading);
    }

    private static String text(Staged<?> staged) throws IOException {
        try (InputStream gzip = new GZIPInputStream(Files.newInputStream(staged.file()))) {
            return new String(gzip.readAllBytes(), UTF_8);
        }
    }

    @Test
    void aFullDiskIsNotTakenForAFailureOfTheSource() {
        OutputStream full = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("No space left on device");
            }
        };
        try (StagingStream stream = new StagingStream(stream("x"), full)) {
            assertThatThrownBy(stream::readAllBytes)
                    .isInstanceOf(LandingException.class)
                    .hasMessageContainingAll("No space left on device", "archiver.data");
            assertThatThrownBy(stream::rethrow).isInstanceOf(LandingException.class);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void whatAKilledProcessLeftIsRemovedAtStart() throws Exception {
        Path dead = Files.createDirectories(root.resolve("0b5e8d0e-dead"));
        Files.writeString(dead.resolve(".lock"), "");
        Files.writeString(dead.resolve(".123.part"), "half a page");

        try (Staging staging = new Staging(root);
                Staged<Void> staged = staging.stage(PAGE, stream("x"), plain -> null)) {
            assertThat(dead).doesNotExist();
            assertThat(parts()).containsExactly(staged.file());
        }
    }

    @Test
    void aSecondArchiverOnTheSameDirectoryTouchesNothingOfTheFirst() throws Exception {
        try (Staging first = new Staging(root);
                Staged<Void> staged = first.stage(PAGE, stream("x"), plain -> null);
                Staging second = new Staging(root)) {
            assertThat(staged.file()).exists();
            assertThat(second.stage(PAGE, stream("y"), plain -> null).file()).exists();
        }
    }

    @Test
    void aStagingDirectoryThatCannotBeMadeStopsTheStart() throws Exception {
        Path file = Files.writeString(root.resolve("data"), "");

        assertThatThrownBy(() -> new Staging(file.resolve("staging"))).hasMessageContaining("archiver.data");
    }

    private List<Path> parts() throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(".part")).toList();
        }
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(UTF_8));
    }

    private static InputStream broken() {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                throw new EOFException("premature end");
            }
        };
    }
}
