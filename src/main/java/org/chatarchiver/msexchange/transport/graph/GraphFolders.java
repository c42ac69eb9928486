package org.chatarchiver.msexchange.transport.graph;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.chatarchiver.msexchange.transport.Fault;
import org.chatarchiver.msexchange.transport.FolderNames;
import org.chatarchiver.msexchange.transport.TransportError;
import org.chatarchiver.msexchange.transport.TransportException;

/** The ids of folders at the top level of mailboxes. Safe for use by many threads. */
final class GraphFolders {
    /**
     * An id stays good when the user renames the folder or throws it into the deleted items, and e-mails would follow it there: so a name
     * is looked up again before long.
     */
    private static final Duration KNOWN_FOR = Duration.ofMinutes(1);

    private static final int LONGEST_NAME = 255;
    private static final int MOST_KNOWN = 100_000;

    private final GraphRequests requests;
    private final Cache<String, String> known;

    GraphFolders(GraphRequests requests, LongSupplier nanoTime) {
        this.requests = requests;
        known = Caffeine.newBuilder()
                .maximumSize(MOST_KNOWN)
                .expireAfterWrite(KNOWN_FOR)
                .ticker(nanoTime::getAsLong)
                .build();
    }

    /** Why no folder can have this name; null where one can. */
    static TransportError objection(String folder) {
        if (folder.length() > LONGEST_NAME) {
            return TransportError.lasting(
                    Fault.FOLDER_REFUSED,
                    "a folder's name has at most " + LONGEST_NAME + " characters, not " + folder.length() + ": "
                            + folder);
        }
        return FolderNames.objection(folder);
    }

    /** The folder's id; it is made unless it is there. */
    String ensure(GraphCall call, String mailbox, String name) throws IOException, TransportException {
        String before = known.getIfPresent(key(mailbox, name));
        if (before != null) {
            return before;
        }
        String id = find(call, mailbox, name);
        return id == null ? create(call, mailbox, name) : id;
    }

    /** The folder's id as it is now; null where it does not exist. */
    String find(GraphCall call, String mailbox, String name) throws IOException, TransportException {
        List<JsonNode> folders = call.askAll(requests.folders(mailbox, name));
        String found = null;
        for (JsonNode folder : folders) {
            // Exchange compares names without regard to case, so a second one cannot be made beside it.
            boolean same = folder.path("displayName").asText().equalsIgnoreCase(name);
            boolean search = folder.path("@odata.type").asText().endsWith("mailSearchFolder");
            if (same && !search) {
                found = folder.path("id").asText();
            }
        }
        return found == null ? null : remember(mailbox, name, found);
    }

    private String create(GraphCall call, String mailbox, String name) throws IOException, TransportException {
        GraphAnswer answer = call.send(requests.createFolder(mailbox, name));
        if (answer.ok() && !answer.body().path("id").asText().isEmpty()) {
            return remember(mailbox, name, answer.body().path("id").asText());
        }
        if (answer.ok() || answer.status() == GraphAnswer.CONFLICT) {
            // Another thread or program was faster.
            String id = find(call, mailbox, name);
            if (id != null) {
                return id;
            }
        }
        throw GraphFaults.ofFolder(answer).thrown();
    }

    /** Asks for a folder that is there: a conflict says that it could be made. */
    void mayMake(GraphCall call, String mailbox, String name) throws IOException, TransportException {
        GraphAnswer answer = call.send(requests.createFolder(mailbox, name));
        if (!answer.ok() && answer.status() != GraphAnswer.CONFLICT) {
            throw GraphFaults.ofFolder(answer).thrown();
        }
    }

    private String remember(String mailbox, String name, String id) {
        known.put(key(mailbox, name), id);
        return id;
    }

    void forget(String mailbox, String name) {
        known.invalidate(key(mailbox, name));
    }

    private static String key(String mailbox, String name) {
        return mailbox.toLowerCase(Locale.ROOT) + '\n' + name;
    }
}
