package org.chatarchiver.telemessage;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * A place in a page that survives what Jackson's parser does not: a string over the limit, and base64 that is none. Both leave the
 * parser in the middle of a string for good, so it is replaced by a new one which is first given the path back to this place and
 * then the bytes that its predecessor had not used. So a page of nothing but such strings still takes time in proportion to its length.
 */
final class PageCursor implements Closeable {
    private final PageBytes bytes;
    private JsonParser parser;

    /** @param plain closed with this cursor */
    PageCursor(InputStream plain) throws IOException {
        bytes = new PageBytes(new RepairedUtf8(plain));
        parser = Json.FACTORY.createParser(bytes);
    }

    /** Another one after each string that the one before did not survive. */
    JsonParser parser() {
        return parser;
    }

    /** Whether the bytes have been read to their end. */
    boolean ended() {
        return bytes.ended();
    }

    JsonToken next() throws IOException {
        return parser.nextToken();
    }

    JsonToken token() {
        return parser.currentToken();
    }

    String name() throws IOException {
        return parser.currentName();
    }

    /** Skips the value at hand; false where it is nested deeper than a message may be. */
    boolean skip() throws IOException {
        boolean shallow = true;
        int outside = Json.depth(parser) - (parser.currentToken().isStructStart() ? 1 : 0);
        while (Json.depth(parser) > outside) {
            shallow &= Json.depth(parser) <= Json.DEEPEST;
            parser.nextToken();
        }
        return shallow;
    }

    /** The scalar value at hand as text; null where it is longer than the limit, and then the cursor stands behind it all the same. */
    String text(int longest) throws IOException {
        try {
            parser.finishToken();
        } catch (StreamConstraintsException e) {
            resume(unread(), "\"");
            return null;
        }
        return parser.getTextLength() > longest ? null : parser.getText();
    }

    /** Decodes the string at hand; false where it is not base64. Either way the cursor stands behind it. */
    boolean base64(OutputStream out) throws IOException {
        bytes.push(unread());
        boolean decoded = new Base64Text(bytes).decode(out);
        resume(new byte[0], "\"\"");
        return decoded;
    }

    @Override
    public void close() throws IOException {
        parser.close();
        bytes.close();
    }

    private byte[] unread() throws IOException {
        ByteArrayOutputStream rest = new ByteArrayOutputStream();
        parser.releaseBuffered(rest);
        return rest.toByteArray();
    }

    private void resume(byte[] unread, String string) throws IOException {
        StringBuilder path = new StringBuilder();
        path(parser.getParsingContext(), path);
        parser.close();
        bytes.push(unread);
        bytes.push(path.append(string).toString().getBytes(StandardCharsets.UTF_8));
        parser = Json.FACTORY.createParser(bytes);
        while (parser.nextToken() != JsonToken.VALUE_STRING) {
            // On the way back to the string: only names and openings, made by path().
        }
    }

    private static void path(JsonStreamContext context, StringBuilder out) {
        if (context.getParent() != null) {
            path(context.getParent(), out);
        }
        if (context.inObject()) {
            out.append("{\"");
            JsonStringEncoder.getInstance().quoteAsString(context.getCurrentName(), out);
            out.append("\":");
        } else if (context.inArray()) {
            out.append('[');
        }
    }
}
