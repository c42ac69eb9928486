package org.chatarchiver.mapping;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.chatarchiver.mapping.MappingFiles.Candidate;
import org.chatarchiver.mapping.MappingSource.Stamp;
import org.chatarchiver.message.Printable;

/** One connector's mapping file: the source, what is in use, and why the two differ. Changed under the store's lock only. */
final class ConnectorMapping {
    /** A file system may not tell two changes apart that are this close to each other. */
    private static final Duration COARSEST_CLOCK = Duration.ofSeconds(2);

    private final String id;
    private final Path source;
    private final MappingFiles files;
    private final MappingReader reader;
    private final Duration settle;
    private final Clock clock;
    private final MappingEvents events;

    private volatile Mappings.Current current;
    private volatile Optional<Parsed.Rejected> problems = Optional.empty();
    private Stamp seen;
    private Stamp taken;
    private String examined = "";
    private String inUse = "";

    ConnectorMapping(
            String id,
            Path source,
            MappingFiles files,
            MappingReader reader,
            Duration settle,
            Clock clock,
            MappingEvents events) {
        this.id = id;
        this.source = source;
        this.files = files;
        this.reader = reader;
        this.settle = settle;
        this.clock = clock;
        this.events = events;
        this.current = new Mappings.Current.Unusable("The mapping file " + Printable.quoted(source.toString())
                + " of the connector " + Printable.quoted(id) + " is not complete yet.");
    }

    Path source() {
        return source;
    }

    Mappings.Current current() {
        return current;
    }

    Optional<Parsed.Rejected> problems() {
        return problems;
    }

    /** Starts with the file that was accepted last, then looks whether the source is another. */
    void start() {
        Path accepted = files.accepted(id);
        try {
            if (Files.exists(accepted) && reader.read(accepted) instanceof Parsed.Accepted copy) {
                inUse = MappingFiles.digest(accepted);
                examined = inUse;
                current = new Mappings.Current.InUse(copy.file());
            }
        } catch (IOException e) {
            refuse(Parsed.Rejected.of(0, "The copy " + accepted + " cannot be read: " + cause(e) + "."));
        }
        refresh();
    }

    void refresh() {
        try {
            Optional<Stamp> now = Stamp.of(source);
            if (now.isEmpty()) {
                taken = null;
                examined = "";
                refuse(Parsed.Rejected.missing(source));
            } else if (!now.get().equals(taken) && isQuiet(now.get())) {
                take(now.get());
            }
        } catch (IOException e) {
            examined = "";
            refuse(Parsed.Rejected.of(
                    0,
                    "The mapping file " + Printable.quoted(source.toString()) + " cannot be taken: " + cause(e) + "."));
        }
    }

    Parsed replace(InputStream csv) throws IOException {
        Candidate candidate = files.spool(id, csv);
        Parsed parsed = parse(candidate);
        if (parsed instanceof Parsed.Accepted accepted) {
            files.publish(candidate, source);
            use(candidate, accepted.file());
            taken = null;
            examined = candidate.sha256();
        }
        return parsed;
    }

    /** Whoever writes the file in place is given time to finish: unchanged since the last look, or for long. */
    private boolean isQuiet(Stamp now) {
        boolean quiet = now.equals(seen) || olderThan(settle, now.modified());
        seen = now;
        return quiet;
    }

    private void take(Stamp now) throws IOException {
        Candidate candidate;
        try (InputStream in = Files.newInputStream(source)) {
            candidate = files.spool(id, in);
        }
        if (!Stamp.of(source).equals(Optional.of(now))) {
            return;
        }
        if (!candidate.sha256().equals(examined)) {
            Parsed parsed = parse(candidate);
            if (parsed instanceof Parsed.Accepted accepted) {
                use(candidate, accepted.file());
            } else if (parsed instanceof Parsed.Rejected rejected) {
                refuse(rejected);
            }
            examined = candidate.sha256();
        }
        taken = olderThan(COARSEST_CLOCK, now.modified()) ? now : null;
    }

    private Parsed parse(Candidate candidate) throws IOException {
        return candidate.tooLarge() ? MappingFileParser.tooLarge() : reader.read(candidate.file());
    }

    private void use(Candidate candidate, MappingFile file) throws IOException {
        files.accept(id, candidate);
        current = new Mappings.Current.InUse(file);
        problems = Optional.empty();
        if (!candidate.sha256().equals(inUse)) {
            inUse = candidate.sha256();
            events.accepted(id, file.size(), inUse);
        }
    }

    private void refuse(Parsed.Rejected rejected) {
        if (!(current instanceof Mappings.Current.InUse)) {
            current = new Mappings.Current.Unusable("The mapping file " + Printable.quoted(source.toString())
                    + " of the connector " + Printable.quoted(id) + " cannot be used: "
                    + rejected.errors().get(0));
        }
        if (!problems.equals(Optional.of(rejected))) {
            problems = Optional.of(rejected);
            events.rejected(id, rejected, current instanceof Mappings.Current.InUse);
        }
    }

    private boolean olderThan(Duration age, Instant modified) {
        return !modified.isAfter(clock.instant().minus(age));
    }

    private static String cause(IOException e) {
        return e.getClass().getSimpleName() + " " + Printable.quoted(String.valueOf(e.getMessage()));
    }
}
