package org.chatarchiver.mapping;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/** Keeps mapping files whole and for good, where every archiver finds them: asked for by this package, answered by the landing zone. */
public interface MappingArchive {
    /**
     * Stores a file, or finds that it is stored.
     *
     * @param sha256 lower-case hex of its bytes
     * @return where it is
     */
    String keep(String connectorId, String sha256, Path csv) throws IOException;

    /** Its bytes as they were, or an exception before their end; whoever asks closes it. */
    InputStream open(String path, String sha256) throws IOException;
}
