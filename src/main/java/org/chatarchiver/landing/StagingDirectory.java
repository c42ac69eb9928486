package org.chatarchiver.landing;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * One process's own part of the staging directory. A lock tells the parts in use from those that a killed process left, so that a second
 * archiver started on the same data directory by mistake does not remove files under the first one's feet.
 */
final class StagingDirectory implements Closeable {
    private static final Object ONE_AT_A_TIME = new Object();

    private final Path path;
    private final FileChannel lock;

    private StagingDirectory(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /** Removes what dead processes left, then makes a part for this one. */
    static StagingDirectory open(Path root) throws IOException {
        PrivateFiles.createDirectories(root);
        // A lock between processes does not hold between threads of one.
        synchronized (ONE_AT_A_TIME) {
            try (FileChannel all = lockFile(root)) {
                all.lock();
                for (Path part : list(root)) {
                    removeIfDead(part);
                }
                Path own = root.resolve(UUID.randomUUID().toString());
                PrivateFiles.createDirectories(own);
                FileChannel lock = lockFile(own);
                lock.lock();
                return new StagingDirectory(own, lock);
            }
        }
    }

    Path path() {
        return path;
    }

    @Override
    public void close() throws IOException {
        lock.close();
        removeAll(path);
    }

    private static FileChannel lockFile(Path directory) throws IOException {
        return PrivateFiles.open(directory.resolve(".lock"));
    }

    private static void removeIfDead(Path part) throws IOException {
        if (!Files.isDirectory(part)) {
            return;
        }
        try (FileChannel channel = lockFile(part)) {
            if (channel.tryLock() == null) {
                return;
            }
        } catch (OverlappingFileLockException inUseByThisProcess) {
            return;
        }
        removeAll(part);
    }

    private static void removeAll(Path directory) throws IOException {
        for (Path file : list(directory)) {
            Files.deleteIfExists(file);
        }
        Files.deleteIfExists(directory);
    }

    private static List<Path> list(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        }
    }
}
