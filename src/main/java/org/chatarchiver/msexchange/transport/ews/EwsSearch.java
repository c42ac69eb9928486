package org.chatarchiver.msexchange.transport.ews;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.chatarchiver.msexchange.transport.Fault;
import org.chatarchiver.msexchange.transport.Found;
import org.chatarchiver.msexchange.transport.TransportError;
import org.chatarchiver.msexchange.transport.TransportException;

/** Looks for items by their Message-ID. */
final class EwsSearch {
    /** Of Message-IDs; Exchange takes at most 255 nodes of a restriction, and each takes three. */
    static final int MOST_IN_ONE = 50;

    /** Items that one answer may hold; the same Message-ID may be there several times. */
    static final int PAGE = 500;

    private static final int MOST_PAGES = 20;

    private EwsSearch() {}

    /**
     * Those of the Message-IDs that are in the folder.
     *
     * @throws TransportException where that could not be told for all of them
     */
    static Found.Answered find(EwsSession session, EwsFolders folders, String folder, List<String> messageIds)
            throws TransportException, EwsLostException {
        Map<String, Integer> found = new HashMap<>();
        String id = folders.find(session, folder);
        for (int from = 0; id != null && from < messageIds.size(); from += MOST_IN_ONE) {
            List<String> part = messageIds.subList(from, Math.min(from + MOST_IN_ONE, messageIds.size()));
            if (!find(session, id, part, found)) {
                // Its user has removed the folder; one of the same name may have taken its place.
                folders.forget(session, folder);
                String other = folders.find(session, folder);
                if (other != null && !find(session, other, part, found)) {
                    throw TransportError.passing(Fault.UNAVAILABLE, "the folder is found, yet cannot be searched")
                            .thrown();
                }
                id = other;
            }
        }
        found.keySet().retainAll(messageIds);
        return new Found.Answered(
                found.keySet().stream().collect(Collectors.toMap(there -> there, there -> 0L)),
                found.keySet().stream().filter(there -> found.get(there) > 1).collect(Collectors.toSet()));
    }

    /** Whether the folder was there. */
    private static boolean find(
            EwsSession session, String folderId, List<String> messageIds, Map<String, Integer> found)
            throws TransportException, EwsLostException {
        int offset = 0;
        for (int page = 0; page < MOST_PAGES; page++) {
            EwsMessage answer = session.ask(EwsRequest.findItems(folderId, messageIds, offset))
                    .only();
            if (EwsFaults.folderGone(answer)) {
                return false;
            }
            if (!answer.success()) {
                throw session.error(answer).thrown();
            }
            answer.messageIds().forEach(messageId -> found.merge(messageId, 1, Integer::sum));
            offset += answer.messageIds().size();
            if (answer.last() || found.keySet().containsAll(messageIds)) {
                return true;
            }
        }
        throw TransportError.passing(Fault.UNAVAILABLE, "the search had no end").thrown();
    }
}
