package org.chatarchiver.landing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;

/** The landing zone as a directory: files of mode 0600 that get their names only when their bytes are on the disk. */
final class DirectoryStore implements ObjectStore {
    private final Path root;

    DirectoryStore(Path root) {
        this.root = root.toAbsolutePath().normalize();
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
                    "cannot write " + target + ": " + e
                            + "; check owner, permissions and free space of the landing directory",
                    e);
        }
    }

    /** A hard link appears at once and never replaces; a staging directory on another file system needs a copy first. */
    private static boolean name(Path file, Path target) throws IOException {
        if (Files.exists(target)) {
            return false;
        }
        try {
            return link(file, target);
        } catch (IOException | UnsupportedOperationException otherFileSystem) {
            Path copy = PrivateFiles.createTemporary(target.getParent());
            try {
                Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
                PrivateFiles.sync(copy);
                return link(copy, target);
            } finally {
                Files.deleteIfExists(copy);
            }
        }
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
    public boolean isMissing(Throwable failure) {
        return failure instanceof NoSuchFileException;
    }

    private Path resolve(String path) {
        return root.resolve(LandingPath.checked(path));
    }
}
