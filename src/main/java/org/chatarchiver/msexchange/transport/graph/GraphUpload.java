package org.chatarchiver.msexchange.transport.graph;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import org.chatarchiver.msexchange.transport.Text;
import org.chatarchiver.msexchange.transport.TransportException;

/**
 * Adds one large attachment to an item by an upload session: pieces in order, each a multiple of 320 KiB but the last, and of at most
 * 4 MB. The attachment appears with its last piece, whole or not at all.
 */
final class GraphUpload {
    static final int PIECE = 12 * 320 * 1024;

    private static final int RANGE_NOT_SATISFIABLE = 416;
    private static final int MOST_QUESTIONS = 5;
    private static final byte[] NOTHING = {};

    private final GraphCall call;
    private final URI session;
    private final byte[] content;
    private int questions;

    /** How a session ended. */
    enum End {
        DONE,
        /** The server knows it no more, and cannot have had the last piece. */
        EXPIRED,
        /** The server knows it no more, and may have had the last piece. */
        UNKNOWN
    }

    /** @param url of the session, as the server gave it; a key in itself, hence never to be shown */
    GraphUpload(GraphCall call, String url, byte[] content) throws IOException {
        this.call = call;
        this.content = content;
        try {
            session = new URI(url);
        } catch (URISyntaxException e) {
            throw new IOException("the upload session's URL is none", null);
        }
        boolean loopback = "127.0.0.1".equals(session.getHost()) || "localhost".equals(session.getHost());
        if (!"https".equals(session.getScheme()) && !("http".equals(session.getScheme()) && loopback)) {
            throw new IOException("the upload session's URL is not https");
        }
    }

    /** @throws IOException where the server cannot be asked how far it has come */
    End send() throws IOException, TransportException {
        long next = 0;
        boolean lastSent = false;
        while (next < content.length) {
            int from = (int) next;
            int to = Math.min(from + PIECE, content.length);
            lastSent |= to == content.length;
            GraphAnswer answer = put(from, to);
            boolean asked = answer == null || answer.status() == RANGE_NOT_SATISFIABLE;
            if (asked) {
                answer = question();
            }
            if (answer.sessionEnded()) {
                return lastSent ? End.UNKNOWN : End.EXPIRED;
            }
            if (!answer.ok()) {
                throw GraphFaults.of(answer).thrown();
            }
            next = next(answer.body(), to, asked);
        }
        return End.DONE;
    }

    /** Null where nobody knows whether it arrived. */
    private GraphAnswer put(int from, int to) throws TransportException, IOException {
        byte[] piece = from == 0 && to == content.length ? content : Arrays.copyOfRange(content, from, to);
        try {
            GraphAnswer answer = call.sendToSession(
                    new GraphRequest("PUT", session, piece), "bytes " + from + "-" + (to - 1) + "/" + content.length);
            return answer.inDoubt() ? null : answer;
        } catch (IOException e) {
            if (call.overdue()) {
                throw e;
            }
            return null;
        }
    }

    private GraphAnswer question() throws IOException, TransportException {
        if (++questions > MOST_QUESTIONS) {
            throw new IOException("the upload session does not come on");
        }
        return call.sendToSession(new GraphRequest("GET", session, NOTHING), null);
    }

    /**
     * For Outlook the server gives the one place to go on at, such as {@code ["7864320"]}; nothing after the last piece, and not always
     * something after another, which it has taken nevertheless.
     *
     * @param asked whether it is the answer to a question, not to a piece
     */
    private long next(JsonNode answer, int sent, boolean asked) throws IOException {
        JsonNode ranges = answer.path("nextExpectedRanges");
        if (ranges.isMissingNode() || ranges.isNull() || ranges.isEmpty() && !ranges.isValueNode()) {
            if (!asked || sent == content.length) {
                return sent;
            }
            throw new IOException("the upload session does not say how to go on");
        }
        String first = ranges.isValueNode() ? ranges.asText() : ranges.path(0).asText();
        String start = first.split("-", 2)[0].strip();
        if (!start.matches("\\d{1,10}") || Long.parseLong(start) >= content.length) {
            throw new IOException("the upload session goes on at " + Text.excerpt(first));
        }
        if (Long.parseLong(start) < sent && ++questions > MOST_QUESTIONS) {
            throw new IOException("the upload session does not come on");
        }
        return Long.parseLong(start);
    }
}
