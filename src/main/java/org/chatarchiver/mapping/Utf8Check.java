package org.chatarchiver.mapping;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Finds the line of the first byte that is not UTF-8: a decoder under a buffering parser could only say "somewhere near". */
final class Utf8Check {
    private final CharsetDecoder decoder = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    private final ByteBuffer bytes = ByteBuffer.allocate(8192);
    private final CharBuffer chars = CharBuffer.allocate(8192);
    private long line = 1;
    private char last;

    private Utf8Check() {}

    /** The number of the first line that is not UTF-8; 0 where all are. */
    static long firstBadLine(InputStream in) throws IOException {
        return new Utf8Check().check(in);
    }

    private long check(InputStream in) throws IOException {
        boolean end = false;
        while (!end) {
            int n = in.read(bytes.array(), bytes.position(), bytes.remaining());
            end = n < 0;
            bytes.position(bytes.position() + Math.max(n, 0)).flip();
            CoderResult result = decoder.decode(bytes, chars, end);
            countLines();
            if (result.isError()) {
                return line;
            }
            bytes.compact();
        }
        return 0;
    }

    private void countLines() {
        chars.flip();
        while (chars.hasRemaining()) {
            char c = chars.get();
            if (c == '\r' || c == '\n' && last != '\r') {
                line++;
            }
            last = c;
        }
        chars.clear();
    }
}
