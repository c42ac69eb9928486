package org.chatarchiver.msexchange.transport.graph;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The mailboxes that took e-mails last, each with the folder that did. Safe for use by many threads. */
final class FiledFolders {
    /** Some, since one of them may be deleted the next moment. */
    private static final int MOST = 3;

    private final Map<String, Folder> latest = new LinkedHashMap<>(4, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Folder> eldest) {
            return size() > MOST;
        }
    };

    record Folder(String mailbox, String name) {}

    synchronized void add(String mailbox, String folder) {
        latest.put(key(mailbox), new Folder(mailbox, folder));
    }

    synchronized List<Folder> beside(String mailbox) {
        List<Folder> others = new ArrayList<>(latest.values());
        others.removeIf(folder -> folder.mailbox().equalsIgnoreCase(mailbox));
        return others;
    }

    private static String key(String mailbox) {
        return mailbox.toLowerCase(Locale.ROOT);
    }
}
