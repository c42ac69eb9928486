package org.chatarchiver.telemessage;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.json.UTF8StreamJsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalLong;
import org.chatarchiver.ledger.Reason;

/**
 * Proves that a body is one whole page - JSON (RFC 8259) in UTF-8, an object with one array {@code messages} (or null, for none), nothing
 * behind it - and sums it up. What is inside a string makes no page bad. Strings are skipped, so that memory does not grow with the page.
 */
public final class PageScan {
    private static final int LONGEST_CURSOR = 8 * 1024;

    private static final int LONGEST_ID = 64 * 1024;

    private final PageCursor cursor;
    private final DistinctCaptures ids = new DistinctCaptures();
    private OptionalLong totalCount = OptionalLong.empty();
    private String nextCursor;
    private long messages = -1;
    private boolean attachmentsByHref;

    private PageScan(PageCursor cursor) {
        this.cursor = cursor;
    }

    /**
     * Reads the plain bytes to their end; the caller closes them.
     *
     * @throws FeedException {@code PAGE_TRUNCATED}, {@code PAGE_NOT_JSON}, {@code PAGE_TOO_DEEP}, or what the stream itself throws
     */
    public static PageSummary scan(InputStream plain) throws IOException {
        PageCursor cursor = new PageCursor(plain);
        try {
            if (!(cursor.parser() instanceof UTF8StreamJsonParser)) {
                throw notAPage("is not UTF-8");
            }
            return scan(cursor);
        } finally {
            // The cursor's own close would close the stream too.
            cursor.parser().close();
        }
    }

    private static PageSummary scan(PageCursor cursor) throws IOException {
        try {
            return new PageScan(cursor).page();
        } catch (StreamConstraintsException e) {
            if (Json.depth(cursor.parser()) >= Json.DEEPEST_PAGE) {
                throw tooDeep();
            }
            throw notAPage("has a field name, number or cursor that is too long");
        } catch (JsonParseException e) {
            // Jackson's own word for an early end is no guide: `tru` is a wrong token to it, half a character in a name
            // an early end.
            boolean cut = cursor.ended() && !cursor.parser().getParsingContext().inRoot();
            throw cut
                    ? truncated()
                    : notAPage("is not JSON at byte " + e.getLocation().getByteOffset());
        }
    }

    private PageSummary page() throws IOException {
        JsonToken first = parser().nextToken();
        if (first == null) {
            throw truncated();
        }
        if (first != JsonToken.START_OBJECT) {
            throw notAPage("is no JSON object");
        }
        while (parser().nextToken() == JsonToken.FIELD_NAME) {
            String name = parser().currentName();
            parser().nextToken();
            switch (name) {
                case "messages" -> messages();
                case "totalCount" -> totalCount();
                case "nextCursor" -> nextCursor();
                default -> skip();
            }
        }
        if (messages < 0) {
            throw notAPage("has no array 'messages'");
        }
        if (parser().nextToken() != null) {
            throw notAPage("has something behind its end");
        }
        return new PageSummary(totalCount, nextCursor, messages, attachmentsByHref, ids);
    }

    private void messages() throws IOException {
        boolean none = parser().currentToken() == JsonToken.VALUE_NULL;
        if (!none && parser().currentToken() != JsonToken.START_ARRAY) {
            throw notAPage("has 'messages' that is no array");
        }
        if (messages >= 0) {
            throw notAPage("has 'messages' twice");
        }
        messages = 0;
        if (none) {
            return;
        }
        while (parser().nextToken() != JsonToken.END_ARRAY) {
            messages++;
            if (parser().currentToken() == JsonToken.START_OBJECT) {
                message();
            } else {
                ids.addNameless();
                parser().skipChildren();
            }
        }
    }

    private void message() throws IOException {
        String id = "";
        String owner = "";
        while (parser().nextToken() == JsonToken.FIELD_NAME) {
            String name = parser().currentName();
            boolean attachments = !attachmentsByHref && "attachment".equals(name);
            JsonToken value = parser().nextToken();
            if (value == JsonToken.VALUE_STRING && "messageId".equals(name)) {
                id = cursor.text(LONGEST_ID);
                continue;
            }
            if (value.isScalarValue() && "msisdn".equals(name)) {
                owner = value == JsonToken.VALUE_NULL ? "" : cursor.text(LONGEST_ID);
                continue;
            }
            if (!attachments || !value.isStructStart()) {
                parser().skipChildren();
                continue;
            }
            int depth = Json.depth(parser());
            while (Json.depth(parser()) >= depth) {
                if (parser().nextToken() == JsonToken.VALUE_STRING && "href".equals(parser().currentName())) {
                    attachmentsByHref = true;
                }
            }
        }
        ids.add(id, owner);
    }

    private void totalCount() throws IOException {
        if (parser().currentToken() == JsonToken.VALUE_NULL) {
            return;
        }
        String digits =
                parser().currentToken().isScalarValue() ? parser().getText().strip() : "";
        if (!digits.matches("\\d{1,18}")) {
            throw notAPage("has a 'totalCount' that is no number");
        }
        totalCount = OptionalLong.of(Long.parseLong(digits));
    }

    private void nextCursor() throws IOException {
        if (parser().currentToken() == JsonToken.VALUE_NULL) {
            return;
        }
        if (parser().currentToken() != JsonToken.VALUE_STRING
                || parser().getText().length() > LONGEST_CURSOR) {
            throw notAPage("has a 'nextCursor' that is no string, or one of more than 8 KB");
        }
        nextCursor = parser().getText().isEmpty() ? null : parser().getText();
    }

    private void skip() throws IOException {
        int depth = Json.depth(parser()) - (parser().currentToken().isStructStart() ? 1 : 0);
        while (Json.depth(parser()) > depth) {
            if (Json.depth(parser()) > Json.DEEPEST) {
                throw tooDeep();
            }
            parser().nextToken();
        }
    }

    private JsonParser parser() {
        return cursor.parser();
    }

    private static FeedException truncated() {
        return new FeedUnavailableException(Reason.PAGE_TRUNCATED, null, "The page ends early: asked for again", null);
    }

    private static FeedException tooDeep() {
        return new FeedRefusedException(
                Reason.PAGE_TOO_DEEP,
                "The page is nested too deeply to be one of the feed's: ask TeleMessage about it");
    }

    /** Without the parser's complaint as its cause, which quotes the page. */
    private static FeedException notAPage(String why) {
        return new FeedUnavailableException(
                Reason.PAGE_NOT_JSON,
                null,
                "The feed's answer " + why + ": check what stands between (a proxy's error page?)",
                null);
    }
}
