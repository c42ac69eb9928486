package org.chatarchiver.sandbox;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * One page as JSON. The last page has {@code nextCursor: null} where others went before, and none where it is the only one: the contract
 * allows both.
 */
record FeedPage(int total, List<MessageWriter> messages, String next, boolean continued) implements MessageWriter {
    @Override
    public void writeTo(OutputStream out) throws IOException {
        out.write(ascii("{\"totalCount\":" + total + ",\"messages\":["));
        boolean first = true;
        for (MessageWriter message : messages) {
            if (!first) {
                out.write(',');
            }
            first = false;
            message.writeTo(out);
        }
        if (next != null) {
            out.write(ascii("],\"nextCursor\":\"" + next + "\"}"));
        } else {
            out.write(ascii(continued ? "],\"nextCursor\":null}" : "]}"));
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
