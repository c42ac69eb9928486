package org.chatarchiver.security;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The directory {@code archiver.data}: embedded database, landing, secrets. What is made through here is readable by the
 * archiver's user only (directories 0700, files 0600), whatever the umask; a file system without POSIX permissions keeps
 * its own. A root that already had something in it is not changed, only complained of: it may be {@code /tmp}.
 * Safe for many threads.
 */
public final class DataDirectory {
    private static final Logger LOG = LoggerFactory.getLogger(DataDirectory.class);
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");

    private final Path root;
    private final boolean posix;

    /**
     * Makes the directory where it is missing.
     *
     * @throws StartRefusedException when it cannot be made or written
     */
    public DataDirectory(Path directory) {
        root = directory.toAbsolutePath().normalize();
        posix = root.getFileSystem().supportedFileAttributeViews().contains("posix");
        try {
            Files.createDirectories(root, ownerOnly());
            if (isEmpty(root)) {
                tighten(root);
            } else {
                warnIfOpen();
            }
            Files.delete(Files.createTempFile(root, ".writable-", ""));
        } catch (IOException e) {
            throw new StartRefusedException(
                    "The data directory " + root + " (archiver.data) cannot be written",
                    "Give the user " + System.getProperty("user.name")
                            + " write permission and free space there, or set archiver.data to another directory.",
                    e);
        }
    }

    public Path root() {
        return root;
    }

    /**
     * A path below the directory; nothing is made.
     *
     * @throws IllegalArgumentException when it would lie outside
     */
    public Path path(String... parts) {
        Path path = root;
        for (String part : parts) {
            path = path.resolve(part);
        }
        path = path.normalize();
        if (!path.startsWith(root)) {
            throw new IllegalArgumentException(path + " is outside of the data directory " + root);
        }
        return path;
    }

    /** A directory below, made with its parents where missing, for our eyes only. */
    public Path directory(String... parts) throws IOException {
        Path wanted = path(parts);
        Path directory = root;
        for (Path name : root.relativize(wanted)) {
            directory = directory.resolve(name);
            if (wanted.equals(root)) {
                break;
            }
            if (Files.notExists(directory)) {
                Files.createDirectories(directory, ownerOnly());
            }
            tighten(directory);
        }
        return wanted;
    }

    /**
     * Writes a whole file (0600), durably, unless it is there: another process sees all of it or nothing.
     *
     * @return false when the file was there; it is left alone
     */
    public boolean writeOnce(Path file, byte[] bytes) throws IOException {
        // createTempFile makes it 0600.
        Path written = Files.createTempFile(file.getParent(), ".", ".new");
        try {
            try (FileChannel channel = FileChannel.open(written, StandardOpenOption.WRITE)) {
                ByteBuffer buffer = ByteBuffer.wrap(bytes);
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
                channel.force(true);
            }
            return publish(written, file);
        } finally {
            Files.deleteIfExists(written);
        }
    }

    /** A hard link fails where the name is taken, which a rename does not; a file system without links gets the rename. */
    private static boolean publish(Path written, Path file) throws IOException {
        try {
            Files.createLink(file, written);
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        } catch (IOException | UnsupportedOperationException e) {
            LOG.debug("No hard links on the file system of {}: {}", file, e.toString());
            if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                return false;
            }
            Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
            return true;
        }
    }

    private FileAttribute<?>[] ownerOnly() {
        return posix
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
                : new FileAttribute<?>[0];
    }

    private void tighten(Path directory) throws IOException {
        if (!isOpen(directory)) {
            return;
        }
        try {
            Files.setPosixFilePermissions(directory, OWNER_ONLY);
        } catch (IOException e) {
            LOG.warn(
                    "{} can be entered by other users and its permissions cannot be changed: {}",
                    directory,
                    e.toString());
        }
    }

    private static boolean isEmpty(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.findAny().isEmpty();
        }
    }

    private void warnIfOpen() throws IOException {
        if (isOpen(root)) {
            LOG.warn("The data directory {} can be entered by other users; run: chmod 700 {}", root, root);
        }
    }

    private boolean isOpen(Path directory) throws IOException {
        if (!posix) {
            return false;
        }
        Set<PosixFilePermission> others = EnumSet.noneOf(PosixFilePermission.class);
        others.addAll(Files.getPosixFilePermissions(directory));
        others.removeAll(OWNER_ONLY);
        return !others.isEmpty();
    }
}
