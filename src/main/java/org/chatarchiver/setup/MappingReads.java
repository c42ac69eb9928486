package org.chatarchiver.setup;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Function;
import org.chatarchiver.mapping.MappingFile;
import org.chatarchiver.mapping.MappingReader;
import org.chatarchiver.mapping.Parsed;
import org.springframework.stereotype.Component;

/** Reads mapping files that are not in use, one after the other, since one of a million rows takes hundreds of megabytes of memory. */
@Component
class MappingReads {
    private final MappingReader reader;

    MappingReads(MappingReader reader) {
        this.reader = reader;
    }

    /**
     * Neither function may keep what it is given.
     *
     * @throws IOException where the file cannot be read; what stands in it is never a cause
     */
    synchronized <T> T read(Path csv, Function<MappingFile, T> good, Function<Parsed.Rejected, T> bad)
            throws IOException {
        Parsed parsed = reader.read(csv);
        return parsed instanceof Parsed.Accepted accepted
                ? good.apply(accepted.file())
                : bad.apply((Parsed.Rejected) parsed);
    }
}
