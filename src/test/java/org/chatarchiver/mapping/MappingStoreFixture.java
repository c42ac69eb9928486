package org.chatarchiver.mapping;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.chatarchiver.MovableClock;
import org.chatarchiver.connector.MappingRoute;
import org.chatarchiver.ledger.FreshMappingVersions;
import org.chatarchiver.ledger.MappingVersions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A store with the connector {@code wechat} and its mapping file, and a clock to be moved. */
abstract class MappingStoreFixture {
    static final String HEADER = "External User ID,Microsoft 365 User Mailbox\n";
    static final String ALICE = HEADER + "a,alice@contoso.example\n";
    static final String BOB = HEADER + "a,bob@contoso.example\n";
    static final String BAD = HEADER + "a,nobody\n";

    @TempDir
    Path directory;

    final MovableClock clock = new MovableClock("2026-11-20T12:00:00Z");
    final List<String> events = new ArrayList<>();
    final MappingVersions ledger = FreshMappingVersions.start();
    final MemoryArchive archive = new MemoryArchive();
    Path source;
    MappingStore store;

    @BeforeEach
    void start() {
        source = directory.resolve("wechat.csv");
        store = store();
    }

    MappingStore store() {
        return store("data");
    }

    /** @param data the name of its data directory: of another archiver where that is another */
    MappingStore store(String data) {
        MappingEvents recorder = new MappingEvents() {
            @Override
            public void accepted(String connectorId, long version, int rows, String sha256) {
                events.add("accepted " + connectorId + " " + rows);
            }

            @Override
            public void passedOver(String connectorId, long version, long inForce) {
                events.add("passed over " + connectorId + " " + version);
            }

            @Override
            public void rejected(String connectorId, Parsed.Rejected rejected, boolean inUse) {
                events.add("rejected " + connectorId + " " + rejected.count() + (inUse ? "" : ", pages wait"));
            }
        };
        MappingReader parser = MappingRoute.of("");
        return new MappingStore(
                directory.resolve(data),
                parser,
                new MappingRecords(ledger, archive, () -> data),
                Defaults.PROPERTIES,
                clock,
                recorder);
    }

    void register() {
        store.register("wechat", "file:" + source);
    }

    Optional<String> mailbox() {
        return ((Mappings.Current.InUse) store.current("wechat"))
                .file()
                .lookup("a", clock.instant())
                .map(MappingFile.Match::mailbox);
    }

    String problem() {
        return store.problems("wechat").orElseThrow().errors().get(0).toString();
    }

    /** A file that was finished a minute ago; each call is a later one. */
    void write(String csv) throws IOException {
        clock.pass(Duration.ofMinutes(2));
        writeAt(csv, clock.instant().minusSeconds(60));
    }

    void writeAt(String csv, Instant modified) throws IOException {
        Files.writeString(source, csv);
        Files.setLastModifiedTime(source, FileTime.from(modified));
    }

    static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
