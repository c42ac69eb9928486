package org.chatarchiver.telemessage;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.MessageDigest;
import org.chatarchiver.message.Content;
import org.chatarchiver.message.Sha256;

/** Takes the decoded bytes of one attachment: into memory, from a threshold on into a file, and over a cap only into the digest. */
final class AttachmentSink extends OutputStream {
    private final Spool spool;
    private final int inMemory;
    private final long cap;
    private final MessageDigest digest = Sha256.start();
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
        String sha256 = Sha256.finish(digest);
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
}
