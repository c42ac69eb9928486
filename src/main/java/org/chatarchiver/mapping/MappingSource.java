package org.chatarchiver.mapping;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Optional;
import org.chatarchiver.message.Printable;

/** Where a connector's mapping file comes from: the {@code mapping} parameter of its connector file. */
public final class MappingSource {
    private static final String SCHEME = "file:";

    private MappingSource() {}

    /**
     * The sentence with which a connector is refused; empty where its mapping is configured properly.
     *
     * @param source {@code file:<path>}, or empty for no mapping file
     */
    public static Optional<String> refusal(String connectorId, String source, boolean automatic) {
        if (source.isBlank()) {
            return automatic
                    ? Optional.empty()
                    : Optional.of("The connector " + Printable.quoted(connectorId)
                            + " has neither a mapping file nor automatic mapping: set its parameter mapping to file:<path>,"
                            + " or automaticMapping to true.");
        }
        return path(source).isPresent()
                ? Optional.empty()
                : Optional.of("The connector " + Printable.quoted(connectorId) + " has the mapping "
                        + Printable.quoted(source) + "; it must be file:<path>.csv.");
    }

    /**
     * The mapping file, as it is written: a relative path starts at the working directory.
     *
     * @param source as {@link #refusal} takes it; empty where that does not let it pass, or names no file
     */
    public static Optional<Path> path(String source) {
        String text = source.strip();
        if (!text.startsWith(SCHEME) || text.length() == SCHEME.length()) {
            return Optional.empty();
        }
        String path = text.substring(SCHEME.length());
        if (!path.endsWith(".csv")) {
            return Optional.empty(); // The file is replaced by uploads: it must not be one of another purpose.
        }
        try {
            return Optional.of(Path.of(path.startsWith("//") ? path.substring(2) : path));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    /** What tells cheaply that a file has changed. */
    record Stamp(Instant modified, long size, String key) {

        /** Empty where there is no such file. */
        static Optional<Stamp> of(Path file) throws IOException {
            try {
                BasicFileAttributes seen = Files.readAttributes(file, BasicFileAttributes.class);
                return Optional.of(
                        new Stamp(seen.lastModifiedTime().toInstant(), seen.size(), String.valueOf(seen.fileKey())));
            } catch (NoSuchFileException e) {
                return Optional.empty();
            }
        }
    }
}
