package org.chatarchiver.telemessage;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.chatarchiver.message.Content;

/** Takes the decoded bytes of one attachment: into memory, from a threshold on into a file, and over a cap only into the digest. */
final class AttachmentSink extends OutputStream {
    private final Spool spool;
    private final int inMemory;
    private final long cap;
    private final MessageDigest digest = sha256();
    private ByteArrayOutputStream memory = new ByteArrayOutputStream();
    private Path file;
    private OutputStream disk;
    private long size;

    AttachmentSink(Spool spool, int inMemory, long cap) {
        this.spool = spool;
        this.inMemory = inMemory;
        this.cap = cap;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] b, int off, int len) throws IOException {
        digest.update(b, off, len);
        size += len;
        if (size > cap) {
            drop();
            return;
        }
        if (disk == null && size > inMemory) {
            file = spool.newFile();
            disk = spool.write(file);
            memory.writeTo(disk);
            memory = new ByteArrayOutputStream(0);
        }
        (disk == null ? memory : disk).write(b, off, len);
    }

    @Override
    public void close() throws IOException {
        if (disk != null) {
            disk.close();
        }
    }

    /** What became of the bytes, once they are all written and this sink is closed. */
    Content content() {
        String sha256 = HexFormat.of().formatHex(digest.digest());
        if (size > cap) {
            return new Content.Absent(Content.Why.TOO_LARGE, size, sha256);
        }
        return file == null
                ? new Content.InMemory(memory.toByteArray(), sha256)
                : new Content.OnDisk(file, size, sha256);
    }

    /** Gives back what is stored so far. */
    void drop() throws IOException {
        close();
        disk = null;
        memory = new ByteArrayOutputStream(0);
        if (file != null) {
            spool.delete(file);
            file = null;
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
