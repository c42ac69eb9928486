package org.chatarchiver.mapping;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.util.Set;
import org.chatarchiver.message.Sha256;

/**
 * The store's own files, {@code <archiver.data>/mapping/<id>.*}: readable by the archiver's user only, written through to the disk
 * before they take another's place. Names are fixed, so that a process that was killed leaves nothing that the next does not reuse.
 */
final class MappingFiles {
    private static final Set<PosixFilePermission> PRIVATE_FILE = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> PRIVATE_DIRECTORY = PosixFilePermissions.fromString("rwx------");

    private final Path directory;

    public MappingFiles(Path data) {
        this.directory = data.resolve("mapping");
    }

    /** The last file that was accepted. */
    Path accepted(String connectorId) {
        return directory.resolve(connectorId + ".accepted.csv");
    }

    /** Copies a file that is to be examined: what is parsed is what is used, whatever happens to the original meanwhile. */
    Candidate spool(String connectorId, InputStream csv) throws IOException {
        return copy(csv, connectorId + ".candidate.csv");
    }

    /** Copies the bytes of a version from the landing zone, beside a candidate. */
    Candidate fetch(String connectorId, InputStream csv) throws IOException {
        return copy(csv, connectorId + ".version.csv");
    }

    /** As {@link #fetch}, to look at it only; whoever does deletes it. */
    Candidate look(String connectorId, InputStream csv) throws IOException {
        return copy(csv, connectorId + ".looked.csv");
    }

    private Candidate copy(InputStream csv, String name) throws IOException {
        make();
        Path copy = directory.resolve(name);
        DigestInputStream in = new DigestInputStream(csv, Sha256.start());
        long size = write(in, copy, PRIVATE_FILE, MappingFileParser.MOST_BYTES);
        return new Candidate(copy, Sha256.finish(in.getMessageDigest()), size > MappingFileParser.MOST_BYTES);
    }

    void accept(String connectorId, Candidate candidate) throws IOException {
        move(candidate.file(), accepted(connectorId));
    }

    /** Puts a copy in the source's place, through a symbolic link to the file behind it; permissions stay as they were. */
    void publish(Path csv, Path source) throws IOException {
        Path target = Files.exists(source) ? source.toRealPath() : source.toAbsolutePath();
        Files.createDirectories(target.getParent());
        Set<PosixFilePermission> permissions =
                Files.exists(target) && isPosix(target) ? Files.getPosixFilePermissions(target) : PRIVATE_FILE;
        Path copy = target.resolveSibling("." + target.getFileName() + ".new");
        try (InputStream in = Files.newInputStream(csv)) {
            write(in, copy, permissions, Long.MAX_VALUE - 1);
        }
        move(copy, target);
    }

    /**
     * SHA-256 of the connector's file when this archiver took it last, over a restart; empty where it never did, and never that of any
     * file where it was at another path.
     */
    String taken(String connectorId, Path source) throws IOException {
        Path note = note(connectorId);
        if (!Files.exists(note)) {
            // An archiver that kept no versions took what it has accepted, whatever the file is now.
            String former = Files.exists(accepted(connectorId)) ? digest(accepted(connectorId)) : "";
            take(connectorId, source, former);
            return former;
        }
        String text = Files.readString(note);
        return text.endsWith(" " + source + "\n") ? text.substring(0, text.indexOf(' ')) : "another file";
    }

    /** Keeps that. */
    void take(String connectorId, Path source, String sha256) throws IOException {
        make();
        Path copy = directory.resolve(connectorId + ".taken.new");
        byte[] text = (sha256 + " " + source + "\n").getBytes(StandardCharsets.UTF_8);
        write(new ByteArrayInputStream(text), copy, PRIVATE_FILE, text.length);
        move(copy, note(connectorId));
    }

    private void make() throws IOException {
        Files.createDirectories(directory);
        restrict(directory, PRIVATE_DIRECTORY);
    }

    private Path note(String connectorId) {
        return directory.resolve(connectorId + ".taken");
    }

    static String digest(Path file) throws IOException {
        try (DigestInputStream in = new DigestInputStream(Files.newInputStream(file), Sha256.start())) {
            in.transferTo(OutputStream.nullOutputStream());
            return Sha256.finish(in.getMessageDigest());
        }
    }

    /** Stops soon behind the limit; the number of bytes written. */
    private static long write(InputStream in, Path file, Set<PosixFilePermission> permissions, long limit)
            throws IOException {
        Files.deleteIfExists(file);
        try (FileChannel out = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            restrict(file, permissions);
            byte[] buffer = new byte[65_536];
            long size = 0;
            for (int n = in.read(buffer); n >= 0 && size <= limit; n = in.read(buffer)) {
                ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, n);
                while (bytes.hasRemaining()) {
                    out.write(bytes);
                }
                size += n;
            }
            out.force(true);
            return size;
        }
    }

    private static void move(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void restrict(Path path, Set<PosixFilePermission> permissions) throws IOException {
        if (isPosix(path)) {
            Files.setPosixFilePermissions(path, permissions);
        }
    }

    private static boolean isPosix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    /** @param sha256 lower-case hex; of the first bytes only where it is too large */
    record Candidate(Path file, String sha256, boolean tooLarge) {}
}
