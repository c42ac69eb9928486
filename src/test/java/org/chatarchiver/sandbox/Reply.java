package org.chatarchiver.sandbox;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.zip.GZIPOutputStream;

/** The answering side of one connection; down to the socket, because faults need it. */
final class Reply {
    /** RFC 9110, 5.6.7. */
    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private final Socket socket;
    private final OutputStream out;
    private final Supplier<Instant> clock;
    private boolean reusable = true;

    Reply(Socket socket, Supplier<Instant> clock) throws IOException {
        this.socket = socket;
        this.out = new BufferedOutputStream(socket.getOutputStream(), 32 * 1024);
        this.clock = clock;
    }

    /** Whether the connection is in a state to take another request. */
    boolean reusable() {
        return reusable;
    }

    /** A whole answer with a length. */
    void send(int status, Map<String, String> headers, byte[] body) throws IOException {
        head(status, headers, "Content-Length: " + body.length);
        out.write(body);
        out.flush();
    }

    /** An answer of unknown length, written while it is made; if the writer fails, the client sees that it ends early. */
    void stream(Map<String, String> headers, boolean gzip, MessageWriter body) throws IOException {
        reusable = false;
        head(200, headers, "Transfer-Encoding: chunked" + (gzip ? "\r\nContent-Encoding: gzip" : ""));
        ChunkedOutput chunks = new ChunkedOutput(out);
        if (gzip) {
            GZIPOutputStream compressed = new GZIPOutputStream(chunks, 32 * 1024);
            body.writeTo(compressed);
            compressed.finish();
        } else {
            body.writeTo(chunks);
        }
        chunks.finish();
        reusable = true;
    }

    /** A head that promises {@code length} bytes; what follows is up to the fault, and the connection ends after it. */
    OutputStream promise(Map<String, String> headers, long length) throws IOException {
        reusable = false;
        head(200, headers, "Content-Length: " + length);
        return out;
    }

    void flush() throws IOException {
        out.flush();
    }

    /** Says nothing until the client hangs up, or sends something although it is not its turn. */
    void awaitClient() throws IOException {
        reusable = false;
        socket.setSoTimeout(0);
        socket.getInputStream().read();
    }

    /** Ends the connection by RST instead of FIN: what a crashed middlebox does. */
    void reset() throws IOException {
        reusable = false;
        socket.setSoLinger(true, 0);
        socket.close();
    }

    private void head(int status, Map<String, String> headers, String framing) throws IOException {
        StringBuilder head = new StringBuilder("HTTP/1.1 ").append(status).append(" Status\r\n");
        head.append("Date: ").append(HTTP_DATE.format(clock.get())).append("\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        head.append(framing).append("\r\n\r\n");
        out.write(head.toString().getBytes(StandardCharsets.UTF_8));
    }
}
