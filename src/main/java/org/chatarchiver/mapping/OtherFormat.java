package org.chatarchiver.mapping;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Files that are called CSV and are something else, by their first bytes: spreadsheets save as many things. */
final class OtherFormat {
    private static final int LOOKED_AT = 4;
    private static final String CURE = "; save it as \"CSV UTF-8\".";

    private OtherFormat() {}

    /** What the file is instead, as a sentence; empty where it may be CSV. */
    static Optional<String> of(Path file) throws IOException {
        byte[] start;
        try (InputStream in = Files.newInputStream(file)) {
            start = in.readNBytes(LOOKED_AT);
        }
        if (begins(start, 'P', 'K', 3, 4) || begins(start, 'P', 'K', 5, 6)) {
            return Optional.of("The file is a ZIP archive or an Excel workbook" + CURE);
        }
        if (begins(start, 0xD0, 0xCF, 0x11, 0xE0)) {
            return Optional.of("The file is a workbook of an old Excel" + CURE);
        }
        if (begins(start, 0x1F, 0x8B)) {
            return Optional.of("The file is compressed by gzip; unpack it.");
        }
        // Without its mark too: the header's letters are ASCII, of which UTF-16 makes every other byte zero.
        if (begins(start, 0xFF, 0xFE)
                || begins(start, 0xFE, 0xFF)
                || start.length > 1 && (start[0] == 0 || start[1] == 0)) {
            return Optional.of("The file is UTF-16" + CURE);
        }
        return Optional.empty();
    }

    private static boolean begins(byte[] start, int... bytes) {
        if (start.length < bytes.length) {
            return false;
        }
        for (int i = 0; i < bytes.length; i++) {
            if ((start[i] & 0xFF) != bytes[i]) {
                return false;
            }
        }
        return true;
    }
}
