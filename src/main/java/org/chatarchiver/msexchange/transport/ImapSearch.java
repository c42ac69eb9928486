package org.chatarchiver.msexchange.transport;

import java.io.IOException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.angus.mail.iap.ProtocolException;
import org.eclipse.angus.mail.iap.Response;
import org.eclipse.angus.mail.imap.protocol.IMAPResponse;

/** Looks for e-mails by Message-ID, with the folder opened read-only. */
final class ImapSearch {
    /** As for APPEND: the answers to so many fit into the socket's buffers. */
    private static final int WINDOW = 32;

    /** RFC 4731: {@code * ESEARCH (TAG "c7") UID MAX 43}. */
    private static final Pattern ESEARCH = Pattern.compile("\\(TAG \"([^\"]+)\"\\).* MAX (\\d{1,10})\\b");

    private final ImapConnection connection;
    /**
     * Servers may run several searches of one connection side by side (Dovecot does), and only ESEARCH says which one it answers:
     * without it, one search at a time.
     */
    private final boolean labelled;

    private final Map<String, String> messageIdByTag = new LinkedHashMap<>();
    private final Map<String, Long> uids = new HashMap<>();

    private ImapSearch(ImapConnection connection) {
        this.connection = connection;
        this.labelled = connection.hasCapability("ESEARCH");
    }

    /** Message-ID to UID of those that are there. */
    static Map<String, Long> find(ImapConnection connection, ImapFolders folders, String name, List<String> messageIds)
            throws IOException, TroubleException {
        if (!folders.exists(connection, name)) {
            return Map.of();
        }
        try {
            connection.examine(name);
            Map<String, Long> uids = new ImapSearch(connection).search(messageIds);
            if (connection.hasCapability("UNSELECT")) {
                connection.unselect();
            } else {
                // Removes nothing from a folder that was opened by EXAMINE (RFC 3501 section 6.4.2).
                connection.close();
            }
            return uids;
        } catch (ProtocolException e) {
            throw ImapFolders.lostOrRefused(e);
        }
    }

    private Map<String, Long> search(List<String> messageIds) throws IOException, TroubleException {
        int window = labelled ? WINDOW : 1;
        for (Iterator<String> all = messageIds.iterator(); all.hasNext() || !messageIdByTag.isEmpty(); ) {
            if (all.hasNext() && messageIdByTag.size() < window) {
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
        connection.write(
                tag + " UID SEARCH" + (labelled ? " RETURN (MAX)" : "") + " HEADER Message-ID \"" + quoted + "\"");
        connection.endCommand();
        messageIdByTag.put(tag, messageId);
    }

    private void receive() throws IOException, TroubleException {
        Response response = connection.next();
        if (response instanceof IMAPResponse data && data.keyEquals("ESEARCH")) {
            Matcher found = ESEARCH.matcher(data.getRest());
            if (found.find()) {
                found(found.group(1), Long.parseLong(found.group(2)));
            }
        } else if (!labelled && response instanceof IMAPResponse data && data.keyEquals("SEARCH")) {
            String tag = messageIdByTag.keySet().iterator().next();
            for (long uid = data.readLong(); uid > 0; uid = data.readLong()) {
                found(tag, uid);
            }
        } else if (response.isTagged() && messageIdByTag.containsKey(response.getTag())) {
            ImapAnswer answer = ImapAnswer.of(response);
            if (ImapFaults.sessionOver(answer)) {
                throw new IOException("ended by the server: " + answer);
            }
            if (!answer.ok()) {
                throw ImapFaults.ofSearch(answer).thrown();
            }
            messageIdByTag.remove(response.getTag());
        }
    }

    private void found(String tag, long uid) throws IOException {
        String messageId = messageIdByTag.get(tag);
        if (messageId == null) {
            throw new IOException("a search result without a question");
        }
        uids.put(messageId, uid);
    }
}
