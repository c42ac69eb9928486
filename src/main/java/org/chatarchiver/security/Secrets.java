package org.chatarchiver.security;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;
import org.chatarchiver.message.Printable;

/**
 * The files {@code <archiver.data>/secrets/<id>/<name>}, the layout of a mounted Kubernetes Secret. Read anew whenever
 * they are used, so that a secret can be rotated without a restart. Safe for many threads.
 */
public final class Secrets {
    private static final int LONGEST = 4096;
    private static final int READS = 3;
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,39}");

    private final DataDirectory data;
    private final SecretPermissions permissions = new SecretPermissions();

    public Secrets(DataDirectory data) {
        this.data = data;
    }

    /**
     * Text of at most 4,096 bytes, as {@link SecretText} reads it.
     *
     * @param id a connector's id, or another owner of secrets; with {@code name} of the form [a-z][a-z0-9-]{0,39}
     */
    public Secret read(String id, String name) {
        if (!NAME.matcher(id).matches() || !NAME.matcher(name).matches()) {
            return new Secret.Unusable("There is no secret '" + Printable.of(id + "/" + name)
                    + "': ids and names are small letters, digits and hyphens, at most 40");
        }
        return read(data.path("secrets", id, name), READS);
    }

    /** @param reads until it is given up: the directory of a mounted Kubernetes Secret is exchanged and removed at any moment */
    private Secret read(Path file, int reads) {
        try {
            return read(file);
        } catch (CharacterCodingException e) {
            return unusable(file, "is neither UTF-8 nor UTF-16 behind a byte-order mark; write it again as UTF-8 text");
        } catch (IOException e) {
            return reads > 1 ? read(file, reads - 1) : unreadable(file, e);
        }
    }

    private static Secret unreadable(Path file, IOException e) {
        return e instanceof NoSuchFileException
                ? unusable(
                        file,
                        "is missing; write it there, readable by the user " + System.getProperty("user.name") + " only")
                : unusable(
                        file,
                        "cannot be read (" + Printable.of(e.toString()) + "); give the archiver's user permission");
    }

    /** When a secret's file was last written; empty where there is none, or it is not to be seen. */
    public Optional<Instant> changed(String id, String name) {
        if (!NAME.matcher(id).matches() || !NAME.matcher(name).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    Files.getLastModifiedTime(data.path("secrets", id, name)).toInstant());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /**
     * Writes a secret for our eyes only (0600), whole or not at all, over the one that is there.
     *
     * @param id and {@code name} as in {@link #read(String, String)}
     * @param text of one line, at most 4,096 bytes
     * @throws IOException where it cannot be written, as into a mounted Kubernetes Secret
     */
    public void write(String id, String name, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (!NAME.matcher(id).matches() || !NAME.matcher(name).matches() || !isSecret(text)) {
            throw new IllegalArgumentException("No secret of one line and at most " + LONGEST + " bytes");
        }
        Path folder = data.directory("secrets", id);
        // createTempFile makes it 0600.
        Path written = Files.createTempFile(folder, ".", ".new");
        try {
            Files.write(written, bytes);
            Files.move(
                    written, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(written);
        }
    }

    /** Whether a text can be a secret: one line that is not empty, of at most 4,096 bytes. */
    public static boolean isSecret(String text) {
        return !text.isEmpty()
                && text.getBytes(StandardCharsets.UTF_8).length <= LONGEST
                && text.chars().noneMatch(Character::isISOControl);
    }

    private Secret read(Path file) throws IOException {
        // In a mounted Kubernetes Secret the name is a link to ..data/<name> and ..data a link to a dated directory
        // beside it: links are fine as long as they stay in the secret's own directory.
        Path real = file.toRealPath();
        if (!real.startsWith(file.getParent().toRealPath())) {
            return unusable(file, "is a link that leaves its directory; put the secret itself there");
        }
        if (!Files.readAttributes(real, BasicFileAttributes.class).isRegularFile()) {
            return unusable(file, "is not a file; put a text file there");
        }
        permissions.check(file, real);
        byte[] bytes;
        // Not by a channel, which an interruption of the thread would close: the secret would be called unreadable.
        try (InputStream in = new FileInputStream(real.toFile())) {
            bytes = in.readNBytes(LONGEST + 1);
        }
        if (bytes.length > LONGEST) {
            return unusable(file, "is longer than 4,096 bytes; write only the secret there");
        }
        String text = SecretText.of(bytes);
        if (text.isEmpty()) {
            return unusable(file, "is empty; write the secret there");
        }
        if (text.chars().anyMatch(Character::isISOControl)) {
            return unusable(file, "has line breaks or control characters within; write one line of text");
        }
        return new Secret.Known(text);
    }

    private static Secret unusable(Path file, String problem) {
        return new Secret.Unusable("The secret " + file + " " + problem);
    }
}
