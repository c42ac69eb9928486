package org.chatarchiver.connector;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import org.chatarchiver.MovableClock;
import org.chatarchiver.ledger.FreshMappingVersions;
import org.chatarchiver.mapping.MappingEvents;
import org.chatarchiver.mapping.MappingProperties;
import org.chatarchiver.mapping.MappingRecords;
import org.chatarchiver.mapping.MappingStore;
import org.chatarchiver.mapping.MemoryArchive;

/** Mapping files on the disk, each written some time ago, and who watches them. */
public final class MappingFiles {
    public static final String HEADER = "External User ID,Microsoft 365 User Mailbox\n";

    final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final MappingRecords records = records();
    private final Path directory;
    private final MovableClock clock;

    public MappingFiles(MovableClock clock) {
        this.clock = clock;
        try {
            this.directory = Files.createTempDirectory("mapping");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of a ledger and an archive that know nothing yet. */
    public static MappingRecords records() {
        return new MappingRecords(FreshMappingVersions.start(), new MemoryArchive(), () -> "one");
    }

    public MappingSources sources() {
        return new MappingSources(store(), metrics);
    }

    public static MappingSources sources(MappingStore store) {
        return new MappingSources(store, new SimpleMeterRegistry());
    }

    public MappingStore store() {
        MappingProperties properties =
                new MappingProperties("", Duration.ofHours(24), Duration.ofMinutes(15), 1000, Duration.ofSeconds(10));
        return new MappingStore(
                directory.resolve("data"), MappingRoute.of(""), records, properties, clock, MappingEvents.logged());
    }

    public void write(String connector, String csv) throws IOException {
        clock.pass(Duration.ofMinutes(2));
        Path file = directory.resolve(connector + ".csv");
        Files.writeString(file, csv);
        Files.setLastModifiedTime(file, FileTime.from(clock.instant().minusSeconds(60)));
    }

    public Connector with(Connector one) {
        return new Connector(
                one.id(),
                one.name(),
                one.network(),
                one.folder(),
                one.schedule(),
                one.username(),
                "file:" + directory.resolve(one.id() + ".csv"),
                one.automaticMapping());
    }
}
