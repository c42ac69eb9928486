package org.chatarchiver.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MappingStoreTest {
    private static final String HEADER = "External User ID,Microsoft 365 User Mailbox\n";
    private static final String ALICE = HEADER + "a,alice@contoso.example\n";
    private static final String BOB = HEADER + "a,bob@contoso.example\n";
    private static final String BAD = HEADER + "a,nobody\n";

    @TempDir
    Path directory;

    private final MovableClock clock = new MovableClock();
    private final List<String> events = new ArrayList<>();
    private Path source;
    private MappingStore store;

    @BeforeEach
    void start() {
        source = directory.resolve("wechat.csv");
        store = store();
    }

    @Test
    void theSourceIsUsedFromRegistrationOn() throws IOException {
        write(ALICE);
        register();
        assertThat(mailbox()).contains("alice@contoso.example");
        assertThat(store.problems("wechat")).isEmpty();
        assertThat(events).containsExactly("accepted wechat 1");
    }

    @Test
    void aChangedSourceTakesEffectWithoutARestart() throws IOException {
        write(ALICE);
        register();
        write(BOB);
        store.refresh();
        assertThat(mailbox()).contains("bob@contoso.example");
        assertThat(events).hasSize(2);
    }

    @Test
    void aRejectedSourceLeavesTheMappingInUseAlsoOverARestart() throws IOException {
        write(ALICE);
        register();
        write(BAD);
        store.refresh("wechat");
        store.refresh();
        assertThat(mailbox()).contains("alice@contoso.example");
        assertThat(problem()).isEqualTo("Line 2: The mailbox 'nobody' is not a valid address.");
        assertThat(events).containsExactly("accepted wechat 1", "rejected wechat 1");

        store = store();
        register();
        assertThat(mailbox()).contains("alice@contoso.example");
        assertThat(problem()).startsWith("Line 2:");

        write(ALICE);
        store.refresh();
        assertThat(store.problems("wechat")).isEmpty();
    }

    @Test
    void aSourceThatDisappearsLeavesTheMappingInUse() throws IOException {
        write(ALICE);
        register();
        Files.delete(source);
        store.refresh();
        assertThat(mailbox()).contains("alice@contoso.example");
        assertThat(problem()).contains("is not there");
        write(ALICE);
        store.refresh();
        assertThat(store.problems("wechat")).isEmpty();
    }

    @Test
    void aSourceThatWasNeverAcceptedMapsNobody() throws IOException {
        write(BAD);
        register();
        assertThat(store.current("wechat"))
                .isInstanceOfSatisfying(Mappings.Current.Unusable.class, unusable -> assertThat(unusable.why())
                        .contains("of the connector 'wechat' cannot be used: Line 2: The mailbox 'nobody'"));
    }

    @Test
    void aFileThatIsStillBeingWrittenIsNotTaken() throws IOException {
        write(ALICE);
        register();
        writeAt(BOB, clock.instant());
        store.refresh();
        assertThat(mailbox()).contains("alice@contoso.example");
        writeAt(BOB + "b,bob@contoso.example\n", clock.instant());
        store.refresh();
        assertThat(mailbox()).contains("alice@contoso.example");
        store.refresh();
        assertThat(mailbox()).contains("bob@contoso.example");
    }

    @Test
    void aChangeWithinTheSameTickOfTheFileSystemIsNoticed() throws IOException {
        Instant tick = clock.instant();
        writeAt(ALICE, tick);
        register();
        store.refresh();
        assertThat(mailbox()).contains("alice@contoso.example");
        Files.writeString(source, ALICE.replace("alice", "carol"));
        Files.setLastModifiedTime(source, FileTime.from(tick));
        store.refresh();
        assertThat(mailbox()).contains("carol@contoso.example");
    }

    @Test
    void aReplacementIsWrittenToTheSourceAndCountsAtOnce() throws IOException {
        write(ALICE);
        register();
        assertThat(store.replace("wechat", stream(BOB))).isInstanceOf(Parsed.Accepted.class);
        assertThat(mailbox()).contains("bob@contoso.example");
        assertThat(source).hasContent(BOB);
        store.refresh();
        assertThat(events).containsExactly("accepted wechat 1", "accepted wechat 1");
    }

    @Test
    void aReplacementMendsASourceThatIsNotThereYet() throws IOException {
        register();
        assertThat(store.replace("wechat", stream(ALICE))).isInstanceOf(Parsed.Accepted.class);
        assertThat(source).hasContent(ALICE);
        assertThat(store.problems("wechat")).isEmpty();
    }

    @Test
    void aRejectedReplacementChangesNothing() throws IOException {
        write(ALICE);
        register();
        assertThat(store.replace("wechat", stream(BAD))).isInstanceOf(Parsed.Rejected.class);
        assertThat(mailbox()).contains("alice@contoso.example");
        assertThat(source).hasContent(ALICE);
        assertThat(store.problems("wechat")).isEmpty();
    }

    @Test
    void anUploadThatBreaksOffChangesNothing() throws IOException {
        write(ALICE);
        register();
        InputStream broken = new SequenceInputStream(stream(BOB), new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("connection reset");
            }
        });
        assertThatThrownBy(() -> store.replace("wechat", broken)).isInstanceOf(IOException.class);
        assertThat(mailbox()).contains("alice@contoso.example");
        assertThat(source).hasContent(ALICE);
    }

    @Test
    void aConnectorWithoutAMappingFileHasNothingToReplace() throws IOException {
        store.register("whatsapp", "");
        assertThat(store.current("whatsapp")).isEqualTo(new Mappings.Current.None());
        assertThat(store.replace("whatsapp", stream(ALICE))).isInstanceOf(Parsed.Rejected.class);
    }

    @Test
    void filesAreReadableByTheArchiverOnly() throws IOException {
        write(ALICE);
        register();
        Path accepted = directory.resolve("data/mapping/wechat.accepted.csv");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(accepted)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(accepted.getParent())))
                .isEqualTo("rwx------");
    }

    @Test
    void anIdThatIsNoneNeverBecomesAPath() {
        assertThatThrownBy(() -> store.register("../x", "")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aConnectorNeedsAMappingFileOrAutomaticMapping() {
        assertThat(MappingSource.refusal("wechat", "", false))
                .contains("The connector 'wechat' has neither a mapping file nor automatic mapping: set its parameter"
                        + " mapping to file:<path>, or automaticMapping to true.");
        assertThat(MappingSource.refusal("wechat", "", true)).isEmpty();
        assertThat(MappingSource.refusal("wechat", "file:data/x.csv", false)).isEmpty();
        assertThat(MappingSource.refusal("wechat", "http://x", true)).isPresent();
        assertThat(MappingSource.refusal("wechat", "file:", true)).isPresent();
        assertThat(MappingSource.refusal("wechat", "file:\u0000", true)).isPresent();
    }

    private MappingStore store() {
        MappingEvents recorder = new MappingEvents() {
            @Override
            public void accepted(String connectorId, int rows, String sha256) {
                events.add("accepted " + connectorId + " " + rows);
            }

            @Override
            public void rejected(String connectorId, Parsed.Rejected rejected) {
                events.add("rejected " + connectorId + " " + rejected.count());
            }
        };
        MappingFileParser parser = new MappingFileParser(new PhoneNumbers(""));
        return new MappingStore(directory.resolve("data"), parser, Defaults.PROPERTIES, clock, recorder);
    }

    private void register() {
        store.register("wechat", "file:" + source);
    }

    private Optional<String> mailbox() {
        return ((Mappings.Current.InUse) store.current("wechat")).file().lookup("a", clock.instant());
    }

    private String problem() {
        return store.problems("wechat").orElseThrow().errors().get(0).toString();
    }

    /** A file that was finished a minute ago; each call is a later one. */
    private void write(String csv) throws IOException {
        clock.advance(Duration.ofMinutes(2));
        writeAt(csv, clock.instant().minusSeconds(60));
    }

    private void writeAt(String csv, Instant modified) throws IOException {
        Files.writeString(source, csv);
        Files.setLastModifiedTime(source, FileTime.from(modified));
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
