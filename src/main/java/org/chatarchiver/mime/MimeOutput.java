package org.chatarchiver.mime;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Where the e-mail goes, octet by octet. */
final class MimeOutput {
    private final OutputStream out;

    MimeOutput(OutputStream out) {
        this.out = out;
    }

    void ascii(CharSequence text) throws IOException {
        out.write(text.toString().getBytes(StandardCharsets.ISO_8859_1));
    }

    void bytes(byte[] bytes) throws IOException {
        out.write(bytes);
    }

    /** Base64 in lines of 76 (RFC 2045 6.8); nothing larger than a buffer is held. */
    void base64(InputStream in) throws IOException {
        try (OutputStream encoder = Base64.getMimeEncoder().wrap(new StaysOpen(out))) {
            in.transferTo(encoder);
        }
    }

    void delimiter(String boundary) throws IOException {
        ascii("\r\n--" + boundary + "\r\n");
    }

    void close(String boundary) throws IOException {
        ascii("\r\n--" + boundary + "--\r\n");
    }

    /** The encoder writes its last quantum only when it is closed, and closes what it writes to. */
    private static final class StaysOpen extends FilterOutputStream {
        StaysOpen(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void close() {}
    }
}
