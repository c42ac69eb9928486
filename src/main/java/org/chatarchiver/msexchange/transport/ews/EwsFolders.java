package org.chatarchiver.msexchange.transport.ews;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.chatarchiver.msexchange.transport.Fault;
import org.chatarchiver.msexchange.transport.FolderNames;
import org.chatarchiver.msexchange.transport.TransportError;
import org.chatarchiver.msexchange.transport.TransportException;

/**
 * The ids of the folders that are known to be there, by mailbox and name. Exchange keeps the id of a folder that its user renames or
 * moves into the deleted items, so a name is looked up again now and then.
 */
final class EwsFolders {
    private static final int LONGEST = 255;

    private final Cache<Key, String> known;

    private record Key(String mailbox, String folder) {}

    /** @param memory how long an id is taken for that of the name */
    EwsFolders(Duration memory) {
        known = Caffeine.newBuilder().expireAfterWrite(memory).build();
    }

    /** Why no folder can have this name; null where one can. */
    static TransportError objection(String folder) {
        TransportError objection = FolderNames.objection(folder);
        if (objection != null) {
            return objection;
        }
        if (folder.length() > LONGEST) {
            return TransportError.lasting(
                    Fault.FOLDER_REFUSED,
                    "a folder's name has at most 255 characters, this one has " + folder.length());
        }
        return folder.chars().anyMatch(c -> c >= 0xFFFE)
                ? TransportError.lasting(Fault.FOLDER_REFUSED, "a folder's name cannot hold U+FFFE and U+FFFF")
                : null;
    }

    /** The folder's id, or null where there is no such folder. */
    String find(EwsSession session, String folder) throws TransportException, EwsLostException {
        Key key = key(session, folder);
        String last = known.getIfPresent(key);
        if (last != null) {
            return last;
        }
        String id = named(session.require(EwsRequest.findFolder(folder)).folders(), folder);
        remember(key, id);
        return id;
    }

    /** The folder's id; the folder is made unless it is there. */
    String ensure(EwsSession session, String folder) throws TransportException, EwsLostException {
        String id = find(session, folder);
        return id == null ? create(session, folder) : id;
    }

    private String create(EwsSession session, String folder) throws TransportException, EwsLostException {
        EwsMessage made = session.ask(EwsRequest.createFolder(folder)).only();
        String id = made.success() && !made.folders().isEmpty()
                ? made.folders().get(0).id()
                // Somebody else was faster.
                : made.code().equals("ErrorFolderExists") ? find(session, folder) : null;
        if (id == null) {
            throw EwsFaults.ofFolder(made, session.down()).thrown();
        }
        remember(key(session, folder), id);
        return id;
    }

    void forget(EwsSession session, String folder) {
        known.invalidate(key(session, folder));
    }

    private void remember(Key key, String id) {
        if (id == null) {
            known.invalidate(key);
        } else {
            known.put(key, id);
        }
    }

    private static Key key(EwsSession session, String folder) {
        return new Key(session.mailbox().toLowerCase(Locale.ROOT), folder);
    }

    /** Exchange compares names without regard to case, and so has one folder at most; the exact one is preferred all the same. */
    private static String named(List<EwsMessage.Folder> folders, String name) {
        return folders.stream()
                .filter(folder -> folder.name().equals(name))
                .findFirst()
                .or(() -> folders.stream()
                        .filter(folder -> folder.name().equalsIgnoreCase(name))
                        .findFirst())
                .map(EwsMessage.Folder::id)
                .orElse(null);
    }
}
