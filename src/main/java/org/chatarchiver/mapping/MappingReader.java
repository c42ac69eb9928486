package org.chatarchiver.mapping;

import java.io.IOException;
import java.nio.file.Path;

/** Reads a mapping file. */
@FunctionalInterface
public interface MappingReader {
    /**
     * @param csv a file that nobody writes to meanwhile
     * @throws IOException where the file cannot be read; what stands in it is never a cause
     */
    Parsed read(Path csv) throws IOException;
}
