package org.chatarchiver.telemessage;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;

/** Where attachments wait while their chunk is in work: one directory (mode 0700) of one process. */
public final class Spools {
    static final String PREFIX = "attachment-";
    static final String SUFFIX = ".tmp";

    private final Path directory;

    private Spools(Path directory) {
        this.directory = directory;
    }

    /** Makes the directory where it is missing, and deletes what a killed process left in it. */
    public static Spools in(Path directory) throws IOException {
        Files.createDirectories(directory);
        if (Files.getFileAttributeView(directory, PosixFileAttributeView.class) != null) {
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        }
        try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(directory, PREFIX + "*" + SUFFIX)) {
            for (Path leftover : leftovers) {
                Files.deleteIfExists(leftover);
            }
        }
        return new Spools(directory);
    }

    Spool open() {
        return new Spool(directory);
    }
}
