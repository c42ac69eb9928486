package org.chatarchiver.security;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Complains once of a secret that others than the archiver's user can read or replace, by the file or its directory, and again where it
 * was mended in between. In a mounted Kubernetes Secret, whose files are links, the group of the pod may read. Safe for many threads.
 */
final class SecretPermissions {
    private static final Logger LOG = LoggerFactory.getLogger(SecretPermissions.class);
    private static final Set<PosixFilePermission> OWNER = EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

    private final Set<Path> told = ConcurrentHashMap.newKeySet();

    /**
     * @param file as it was asked for
     * @param real where its links lead
     */
    void check(Path file, Path real) throws IOException {
        // Not by the file store: in a container whose mounts are not all to be seen, none is found for a file that can
        // be read well.
        if (Files.getFileAttributeView(real, PosixFileAttributeView.class) == null) {
            return;
        }
        boolean mounted = Files.isSymbolicLink(file);
        complain(
                file,
                unsafe(real, mounted),
                "The secret {} can be read or changed by other users; run: chmod {} {}",
                mounted ? "o-rwx,g-w" : "600");
        if (!mounted) {
            Path directory = file.getParent();
            complain(
                    directory,
                    unsafe(directory, false),
                    "The directory {} of a secret can be entered by other users; run: chmod {} {}",
                    "700");
        }
    }

    private void complain(Path path, boolean unsafe, String sentence, String mode) {
        if (!unsafe) {
            told.remove(path);
        } else if (told.add(path)) {
            LOG.warn(sentence, path, mode, path);
        }
    }

    private static boolean unsafe(Path path, boolean mounted) throws IOException {
        Set<PosixFilePermission> others = EnumSet.noneOf(PosixFilePermission.class);
        others.addAll(Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS));
        others.removeAll(OWNER);
        if (mounted) {
            others.remove(PosixFilePermission.GROUP_READ);
            others.remove(PosixFilePermission.GROUP_EXECUTE);
        }
        return !others.isEmpty();
    }
}
