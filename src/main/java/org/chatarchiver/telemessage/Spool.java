package org.chatarchiver.telemessage;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The temporary files of one chunk, deleted when it is closed. One thread fills it, another may close it afterwards. */
final class Spool implements Closeable {
    private final Path directory;
    private final List<Path> files = new CopyOnWriteArrayList<>();

    Spool(Path directory) {
        this.directory = directory;
    }

    /** A new, empty file that only this user may read (createTempFile gives it mode 0600). */
    Path newFile() throws IOException {
        Path file = Files.createTempFile(directory, Spools.PREFIX, Spools.SUFFIX);
        files.add(file);
        return file;
    }

    OutputStream write(Path file) throws IOException {
        return Files.newOutputStream(file, StandardOpenOption.WRITE);
    }

    void delete(Path file) throws IOException {
        files.remove(file);
        Files.deleteIfExists(file);
    }

    boolean isEmpty() {
        return files.isEmpty();
    }

    @Override
    public void close() throws IOException {
        for (Path file : files) {
            delete(file);
        }
    }
}
