package org.chatarchiver.landing;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The landing zone as a directory: files of mode 0600 that get their names only when their bytes are on the disk. */
final class DirectoryStore implements ObjectStore, Closeable {
    private final Path root;
    private final Path copies;
    private StagingDirectory copying;

    /** Removes what a killed process left. */
    DirectoryStore(Path root) {
        this.root = root.toAbsolutePath().normalize();
        this.copies = this.root.resolve(".copies");
        try {
            if (Files.isDirectory(copies)) {
                copying = StagingDirectory.open(copies);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cannot use " + copies + "; check owner, permissions and free space of the landing directory", e);
        }
    }

    @Override
    public boolean publish(String path, Staged<?> staged) throws IOException {
        Path target = resolve(path);
        try {
            PrivateFiles.createDirectories(target.getParent());
            PrivateFiles.sync(staged.file());
            if (!name(staged.file(), target)) {
                return false;
            }
            for (Path folder = target.getParent(); folder.startsWith(root); folder = folder.getParent()) {
                PrivateFiles.sync(folder);
            }
            return true;
        } catch (IOException e) {
            throw new LandingException(
                    "cannot write to the landing directory: " + reason(e)
                            + "; check owner, permissions and free space of " + target,
                    e);
        }
    }

    /** Without the path, which is long: a sentence that is cut must still say why. */
    private static String reason(IOException e) {
        return e instanceof FileSystemException known && known.getReason() != null ? known.getReason() : e.toString();
    }

    /** A hard link appears at once and never replaces; a staging directory on another file system needs a copy first. */
    private boolean name(Path file, Path target) throws IOException {
        if (Files.exists(target)) {
            return false;
        }
        try {
            return link(file, target);
        } catch (IOException | UnsupportedOperationException otherFileSystem) {
            Path copy = PrivateFiles.createTemporary(copies());
            try {
                Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
                PrivateFiles.sync(copy);
                return link(copy, target);
            } finally {
                Files.deleteIfExists(copy);
            }
        }
    }

    private synchronized Path copies() throws IOException {
        if (copying == null) {
            copying = StagingDirectory.open(copies);
        }
        return copying.path();
    }

    private static boolean link(Path file, Path target) throws IOException {
        try {
            Files.createLink(target, file);
            return true;
        } catch (FileAlreadyExistsException taken) {
            return false;
        }
    }

    @Override
    public InputStream open(String path) throws IOException {
        return Files.newInputStream(resolve(path));
    }

    @Override
    public Stream<String> list(String folder) throws IOException {
        Path start = folder.isEmpty() ? root : resolve(folder);
        if (!Files.isDirectory(start)) {
            return Stream.empty();
        }
        return Files.walk(start)
                .filter(file -> !file.getFileName().toString().startsWith("."))
                .filter(Files::isRegularFile)
                .map(file -> root.relativize(file).toString().replace('\\', '/'));
    }

    @Override
    public List<String> children(String folder) throws IOException {
        Path start = folder.isEmpty() ? root : resolve(folder);
        if (!Files.isDirectory(start)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(start)) {
            return entries.filter(entry -> !entry.getFileName().toString().startsWith("."))
                    .map(entry -> root.relativize(entry).toString().replace('\\', '/')
                            + (Files.isDirectory(entry) ? "/" : ""))
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            throw new LandingException(
                    "cannot list " + start + ": " + e + "; check owner and permissions of the landing directory", e);
        }
    }

    @Override
    public void remove(String path) throws IOException {
        Path file = resolve(path);
        try {
            if (Files.deleteIfExists(file)) {
                PrivateFiles.sync(file.getParent());
            }
        } catch (IOException e) {
            throw new LandingException(
                    "cannot remove " + file + ": " + reason(e)
                            + "; check owner and permissions of the landing directory",
                    e);
        }
    }

    @Override
    public boolean holds(String path) {
        return Files.exists(resolve(path));
    }

    /** The file system has no place for one; gzip's own checksum and the manifest tell what is whole. */
    @Override
    public Optional<String> digest(String path) {
        return Optional.empty();
    }

    @Override
    public boolean isMissing(Throwable failure) {
        return failure instanceof NoSuchFileException;
    }

    /** Gives back the part of the directory for copies. */
    @Override
    public synchronized void close() throws IOException {
        if (copying != null) {
            copying.close();
            copying = null;
        }
    }

    private Path resolve(String path) {
        return root.resolve(LandingPath.checked(path));
    }
}
