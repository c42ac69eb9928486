package org.chatarchiver.sandbox;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** The chunked transfer coding (RFC 9112, 7.1), in chunks of 32 KB; {@link #finish} ends the body and leaves the connection open. */
final class ChunkedOutput extends OutputStream {
    private final OutputStream out;
    private final byte[] buffer = new byte[32 * 1024];
    private int used;

    ChunkedOutput(OutputStream out) {
        this.out = out;
    }

    @Override
    public void write(int b) throws IOException {
        if (used == buffer.length) {
            writeChunk();
        }
        buffer[used++] = (byte) b;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        int done = 0;
        while (done < length) {
            if (used == buffer.length) {
                writeChunk();
            }
            int part = Math.min(length - done, buffer.length - used);
            System.arraycopy(bytes, offset + done, buffer, used, part);
            used += part;
            done += part;
        }
    }

    @Override
    public void flush() throws IOException {
        writeChunk();
        out.flush();
    }

    private void writeChunk() throws IOException {
        if (used > 0) {
            out.write((Integer.toHexString(used) + "\r\n").getBytes(StandardCharsets.US_ASCII));
            out.write(buffer, 0, used);
            out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
            used = 0;
        }
    }

    void finish() throws IOException {
        writeChunk();
        out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }
}
