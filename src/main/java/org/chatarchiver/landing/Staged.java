package org.chatarchiver.landing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Bytes on the local disk that are about to be landed. {@code direct:land-object} closes it, whether it lands or not; whoever stops before
 * that closes it.
 *
 * @param file the bytes as they are to be stored, gzip where the path ends in {@code .gz}
 * @param path the target, relative to the landing zone
 * @param sha256 lower-case hex SHA-256 of the plain bytes
 * @param size plain bytes
 * @param value what the reading gave, null where there was none
 */
public record Staged<T>(Path file, String path, String sha256, long size, T value) implements AutoCloseable {

    /** Removes the temporary file; harmless when it is gone. */
    @Override
    public void close() throws IOException {
        Files.deleteIfExists(file);
    }
}
