package org.chatarchiver.msexchange.transport.imap;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.chatarchiver.msexchange.transport.Found;
import org.chatarchiver.msexchange.transport.TransportException;
import org.eclipse.angus.mail.iap.ProtocolException;
import org.eclipse.angus.mail.imap.protocol.BODY;
import org.eclipse.angus.mail.imap.protocol.FetchResponse;
import org.eclipse.angus.mail.imap.protocol.IMAPResponse;
import org.eclipse.angus.mail.imap.protocol.UID;
import org.eclipse.angus.mail.imap.protocol.UIDSet;

/**
 * Looks for e-mails by Message-ID, with the folder opened read-only. A server may read the whole folder for each SEARCH, so one asks
 * for many ids, and the headers of the few e-mails that it finds tell which is which.
 */
final class ImapSearch {
    /** How many ids a SEARCH asks for. */
    private static final int MOST_IDS = 64;

    /** How long a command may be, in octets; servers should take 8,000 (RFC 2683 section 3.2.1.5). */
    private static final int MOST_OCTETS = 7_500;

    private final ImapConnection connection;
    private final Map<String, Long> uids = new HashMap<>();
    private final Set<String> doubled = new HashSet<>();
    private int mostIds = MOST_IDS;

    private ImapSearch(ImapConnection connection) {
        this.connection = connection;
    }

    /** Message-ID to UID of those that are there; the highest UID, where an id is there more than once. */
    static Found.Answered find(ImapConnection connection, ImapFolders folders, String name, List<String> messageIds)
            throws IOException, TransportException {
        if (!folders.exists(connection, name)) {
            return new Found.Answered(Map.of());
        }
        try {
            connection.examine(name);
            ImapSearch search = new ImapSearch(connection);
            search.search(messageIds);
            connection.leave();
            return new Found.Answered(search.uids, search.doubled);
        } catch (ProtocolException e) {
            throw ImapFolders.lostOrRefused(e);
        }
    }

    private void search(List<String> messageIds) throws IOException, TransportException {
        int start = 0;
        while (start < messageIds.size()) {
            int end = end(messageIds, start);
            Set<Long> hits = new TreeSet<>();
            ImapAnswer answer = ask(messageIds.subList(start, end), hits);
            if (answer.ok()) {
                assign(messageIds.subList(start, end), hits);
                start = end;
            } else if (end - start == 1 || ImapFaults.says(answer)) {
                throw ImapFaults.ofSearch(answer).thrown();
            } else {
                // Too long or too deep for this server: a single id is what every server has to understand.
                mostIds = (end - start) / 2;
            }
        }
    }

    private int end(List<String> messageIds, int start) {
        int end = start + 1;
        int octets = key(messageIds.get(start)).length();
        while (end < messageIds.size() && end - start < mostIds) {
            octets += " OR ".length() + key(messageIds.get(end)).length();
            if (octets > MOST_OCTETS) {
                break;
            }
            end++;
        }
        return end;
    }

    private ImapAnswer ask(List<String> messageIds, Set<Long> hits) throws IOException {
        return connection.ask("UID SEARCH " + any(messageIds), response -> {
            if (response instanceof IMAPResponse data && data.keyEquals("SEARCH")) {
                for (long uid = data.readLong(); uid > 0; uid = data.readLong()) {
                    hits.add(uid);
                }
            }
        });
    }

    /** RFC 3501 section 6.4.4: OR takes two keys; halves keep the depth at six. */
    private static String any(List<String> messageIds) {
        if (messageIds.size() == 1) {
            return key(messageIds.get(0));
        }
        int half = messageIds.size() / 2;
        return "OR " + any(messageIds.subList(0, half)) + " " + any(messageIds.subList(half, messageIds.size()));
    }

    private static String key(String messageId) {
        return "HEADER Message-ID \"" + messageId.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    private void assign(List<String> messageIds, Set<Long> hits) throws IOException, TransportException {
        if (messageIds.size() == 1) {
            hits.forEach(uid -> found(messageIds.get(0), uid));
        } else if (!hits.isEmpty()) {
            Set<Long> nameless = new HashSet<>(hits);
            readHeaders(messageIds, hits, nameless);
            if (!nameless.isEmpty()) {
                searchEach(messageIds);
            }
        }
    }

    private void readHeaders(List<String> messageIds, Set<Long> hits, Set<Long> nameless)
            throws IOException, TransportException {
        String set = UIDSet.toString(
                UIDSet.createUIDSets(hits.stream().mapToLong(Long::longValue).toArray()));
        ImapAnswer answer =
                connection.ask("UID FETCH " + set + " (UID BODY.PEEK[HEADER.FIELDS (MESSAGE-ID)])", response -> {
                    if (response instanceof FetchResponse data) {
                        UID uid = data.getItem(UID.class);
                        BODY header = data.getItem(BODY.class);
                        if (uid != null && header != null && named(messageIds, uid.uid, header)) {
                            nameless.remove(uid.uid);
                        }
                    }
                });
        if (!answer.ok()) {
            throw ImapFaults.ofSearch(answer).thrown();
        }
    }

    private boolean named(List<String> messageIds, long uid, BODY header) {
        if (header.getByteArray() == null) {
            return false;
        }
        String text = new String(header.getByteArrayInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        List<String> named = messageIds.stream().filter(text::contains).toList();
        named.forEach(messageId -> found(messageId, uid));
        return !named.isEmpty();
    }

    /** The server found an e-mail whose header does not tell what for. */
    private void searchEach(List<String> messageIds) throws IOException, TransportException {
        List<String> left = new ArrayList<>(messageIds);
        left.removeAll(uids.keySet());
        mostIds = 1;
        search(left);
    }

    /** An e-mail may be told twice, where one search did not tell which is which. */
    private void found(String messageId, long uid) {
        Long before = uids.get(messageId);
        if (before != null && before != uid) {
            doubled.add(messageId);
        }
        uids.merge(messageId, uid, Math::max);
    }
}
