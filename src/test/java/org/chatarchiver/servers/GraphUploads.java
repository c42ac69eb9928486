package org.chatarchiver.servers;

import static org.chatarchiver.servers.GraphExchange.JSON;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.chatarchiver.servers.GraphExchange.Answer;
import org.chatarchiver.servers.GraphMailbox.File;
import org.chatarchiver.servers.GraphMailbox.Item;

/** The upload sessions of {@link GraphStub}: pieces in order, whole or not at all. */
final class GraphUploads {
    private static final int MOST_IN_PIECE = 4 * 1024 * 1024;
    private static final int UNIT = 320 * 1024;
    private static final Pattern RANGE = Pattern.compile("bytes (\\d+)-(\\d+)/(\\d+)");

    private final Map<String, Session> sessions = new ConcurrentHashMap<>();
    private String url;
    private volatile int least = 3 * 1024 * 1024;

    private static final class Session {
        private final GraphMailbox mailbox;
        private final Item item;
        private final JsonNode file;
        private final byte[] content;
        private int next;

        Session(GraphMailbox mailbox, Item item, JsonNode file) {
            this.mailbox = mailbox;
            this.item = item;
            this.file = file;
            content = new byte[file.path("size").asInt()];
        }
    }

    void serveAt(String address) {
        url = address;
    }

    void takeFrom(int bytes) {
        least = bytes;
    }

    void expire() {
        sessions.clear();
    }

    int open() {
        return sessions.size();
    }

    Answer open(GraphMailbox mailbox, Item item, JsonNode file) {
        if (!file.path("attachmentType").asText().equals("file")
                || file.path("name").asText().isEmpty()) {
            return Answer.error(400, "ErrorInvalidArgument", "This is no file.");
        }
        if (file.path("size").asInt() < least) {
            return Answer.error(400, "ErrorAttachmentSizeShouldNotBeLessThanMinimumSize", "Less than 3 MB.");
        }
        String key = UUID.randomUUID().toString();
        sessions.put(key, new Session(mailbox, item, file));
        return Answer.of(
                201,
                JSON.createObjectNode().put("uploadUrl", url + key).put("expirationDateTime", "2099-01-01T00:00:00Z"));
    }

    Answer state(String key) {
        Session session = sessions.get(key);
        return session == null ? gone() : expected(session);
    }

    Answer put(String key, String range, byte[] piece) {
        Session session = sessions.get(key);
        if (session == null) {
            return gone();
        }
        Matcher given = RANGE.matcher(range == null ? "" : range);
        if (!given.matches() || Integer.parseInt(given.group(3)) != session.content.length) {
            return Answer.error(400, "ErrorInvalidArgument", "Content-Range: " + range);
        }
        int from = Integer.parseInt(given.group(1));
        int to = Integer.parseInt(given.group(2)) + 1;
        boolean last = to == session.content.length;
        if (piece.length != to - from || piece.length > MOST_IN_PIECE || !last && piece.length % UNIT != 0) {
            return Answer.error(400, "ErrorInvalidArgument", "A piece of " + piece.length + " bytes at " + range);
        }
        if (from != session.next) {
            return Answer.error(416, "ErrorInvalidRange", "Not in order.");
        }
        System.arraycopy(piece, 0, session.content, from, piece.length);
        session.next = to;
        if (!last) {
            return expected(session);
        }
        synchronized (session.mailbox) {
            session.item
                    .files()
                    .add(new File(
                            session.mailbox.newId(),
                            session.file.path("name").asText(),
                            session.file.path("contentType").asText(),
                            session.content));
        }
        sessions.remove(key);
        return Answer.none(201);
    }

    private static Answer expected(Session session) {
        ObjectNode state = JSON.createObjectNode().put("expirationDateTime", "2099-01-01T00:00:00Z");
        state.putArray("nextExpectedRanges").add(Integer.toString(session.next));
        return Answer.of(200, state);
    }

    private static Answer gone() {
        return Answer.error(404, "ErrorItemNotFound", "The upload session does not exist.");
    }
}
