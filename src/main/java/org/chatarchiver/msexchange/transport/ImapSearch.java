package org.chatarchiver.msexchange.transport;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.eclipse.angus.mail.iap.ProtocolException;
import org.eclipse.angus.mail.iap.Response;
import org.eclipse.angus.mail.imap.protocol.IMAPResponse;

/** Looks for e-mails by Message-ID, with the folder opened read-only. */
final class ImapSearch {
    /** As for APPEND: so many answers fit into the socket's buffers. */
    private static final int WINDOW = 32;

    private final ImapConnection connection;
    private final Deque<String> tags = new ArrayDeque<>();
    private final Deque<String> asked = new ArrayDeque<>();
    private final Map<String, Long> uids = new HashMap<>();
    private long found;

    private ImapSearch(ImapConnection connection) {
        this.connection = connection;
    }

    /** Message-ID to UID of those that are there. */
    static Map<String, Long> find(ImapConnection connection, ImapFolders folders, String name, List<String> messageIds)
            throws IOException, TroubleException {
        if (!folders.exists(connection, name)) {
            return Map.of();
        }
        try {
            connection.examine(name);
        } catch (ProtocolException e) {
            throw ImapFolders.lostOrRefused(e);
        }
        Map<String, Long> uids = new ImapSearch(connection).search(messageIds);
        deselect(connection);
        return uids;
    }

    private static void deselect(ImapConnection connection) throws IOException, TroubleException {
        if (connection.hasCapability("UNSELECT")) {
            try {
                connection.unselect();
            } catch (ProtocolException e) {
                throw ImapFolders.lostOrRefused(e);
            }
        }
    }

    private Map<String, Long> search(List<String> messageIds) throws IOException, TroubleException {
        for (Iterator<String> all = messageIds.iterator(); all.hasNext() || !tags.isEmpty(); ) {
            if (all.hasNext() && tags.size() < WINDOW) {
                ask(all.next());
            } else {
                receive();
            }
        }
        return uids;
    }

    private void ask(String messageId) throws IOException {
        String tag = connection.nextTag();
        String quoted = messageId.replace("\\", "\\\\").replace("\"", "\\\"");
        connection.write(tag + " UID SEARCH HEADER Message-ID \"" + quoted + "\"");
        connection.endCommand();
        tags.add(tag);
        asked.add(messageId);
    }

    /** Servers run searches of one connection in turn, so an untagged SEARCH belongs to the oldest question. */
    private void receive() throws IOException, TroubleException {
        Response response = connection.next();
        if (response instanceof IMAPResponse data && data.keyEquals("SEARCH")) {
            for (long uid = data.readLong(); uid > 0; uid = data.readLong()) {
                found = uid;
            }
        } else if (response.isTagged() && response.getTag().equals(tags.peek())) {
            tags.remove();
            String messageId = asked.remove();
            ImapAnswer answer = ImapAnswer.of(response);
            if (!answer.ok()) {
                throw ImapFaults.ofSearch(answer).thrown();
            }
            if (found > 0) {
                uids.put(messageId, found);
            }
            found = 0;
        }
    }
}
