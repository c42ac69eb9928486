package org.chatarchiver.security;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Keeps the embedded database's files to the archiver's user: H2 makes them with whatever permissions the umask gives. */
@Component
class PrivateDatabase {
    private static final String FOLDER = "ledger";

    private final DataDirectory data;

    PrivateDatabase(DataDirectory data) throws IOException {
        this.data = data;
        data.directory(FOLDER);
    }

    @EventListener(ApplicationStartedEvent.class)
    void tighten() throws IOException {
        Path folder = data.path(FOLDER);
        if (Files.getFileAttributeView(folder, PosixFileAttributeView.class) == null) {
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            }
        }
    }
}
