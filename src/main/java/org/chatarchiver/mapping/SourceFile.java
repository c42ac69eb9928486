package org.chatarchiver.mapping;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.chatarchiver.mapping.MappingSource.Stamp;

/** The file on this archiver's disk that a connector's mapping comes from: whether it is there, complete, and to be read. */
final class SourceFile {
    /** A file system may not tell two changes apart that are this close to each other. */
    private static final Duration COARSEST_CLOCK = Duration.ofSeconds(2);

    private final Path path;
    private final Duration settle;
    private final Clock clock;
    private Stamp seen;
    private Stamp read;

    SourceFile(Path path, Duration settle, Clock clock) {
        this.path = path;
        this.settle = settle;
        this.clock = clock;
    }

    /** What a look at it shows. */
    enum Look {
        MISSING,
        /** It was read as it is now, or somebody may still be writing it. */
        LEAVE,
        READ
    }

    Path path() {
        return path;
    }

    Look look() throws IOException {
        Optional<Stamp> now = Stamp.of(path);
        if (now.isEmpty()) {
            read = null;
            return Look.MISSING;
        }
        return !now.get().equals(read) && isQuiet(now.get()) ? Look.READ : Look.LEAVE;
    }

    InputStream open() throws IOException {
        return Files.newInputStream(path);
    }

    /** Whether it is still the one that the last look has shown. */
    boolean isUnchanged() throws IOException {
        return Stamp.of(path).equals(Optional.ofNullable(seen));
    }

    /** What the last look has shown need not be read again. */
    void done() {
        read = olderThan(COARSEST_CLOCK, seen.modified()) ? seen : null;
    }

    /** It is to be read again, whatever it is. */
    void again() {
        read = null;
    }

    /** Whoever writes the file in place is given time to finish: unchanged since the last look, or for long. */
    private boolean isQuiet(Stamp now) {
        boolean quiet = now.equals(seen) || olderThan(settle, now.modified());
        seen = now;
        return quiet;
    }

    private boolean olderThan(Duration age, Instant modified) {
        return !modified.isAfter(clock.instant().minus(age));
    }
}
