package org.chatarchiver.servers;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The mailboxes of {@link EwsStub}, their folders and items. Safe for use by many threads. */
public final class EwsMailboxes {
    static final String ROOT = "root";
    private static final String DELETED = "deleted";

    private final Map<String, Map<String, Folder>> mailboxes = new LinkedHashMap<>();
    private final Map<String, String> refused = new LinkedHashMap<>();
    private final Set<String> readOnly = new HashSet<>();
    private int ids;

    /**
     * An item as it was created.
     *
     * @param flags PidTagMessageFlags as given; null: not given, which makes a draft
     * @param received PidTagMessageDeliveryTime; null: not given
     * @param sent PidTagClientSubmitTime; null: not given
     */
    public record Item(
            String messageId,
            byte[] mime,
            String itemClass,
            Integer flags,
            Instant received,
            Instant sent,
            boolean read) {
        /** MSGFLAG_UNSENT is on unless it was said to be off, when the item was made. */
        public boolean draft() {
            return flags == null || (flags & 8) != 0;
        }
    }

    /** @param parent the id of the folder that it is in */
    record Folder(String id, String parent, String name, String folderClass, List<Item> items) {}

    /** Makes mailboxes; one that is there already stays as it is. */
    public synchronized void create(Collection<String> addresses) {
        addresses.forEach(address -> mailboxes.computeIfAbsent(key(address), key -> new LinkedHashMap<>()));
    }

    /** Removes a mailbox and its user. */
    public synchronized void remove(String address) {
        mailboxes.remove(key(address));
    }

    /** Whoever impersonates this address is told this code. */
    public synchronized void refuse(String address, String code) {
        refused.put(key(address), code);
    }

    /** Nothing may be filed into this mailbox. */
    public synchronized void denyWriting(String address) {
        readOnly.add(key(address));
    }

    synchronized boolean mayBeWritten(String address) {
        return !readOnly.contains(key(address));
    }

    /** From here on this address may be impersonated, and its mailbox written. */
    public synchronized void allow(String address) {
        readOnly.remove(key(address));
        refused.remove(key(address));
    }

    synchronized String refusal(String address) {
        return refused.get(key(address));
    }

    synchronized boolean exists(String address) {
        return mailboxes.containsKey(key(address));
    }

    /** The items of a folder at the top level, in the order in which they were filed; none where there is no such folder. */
    public synchronized List<Item> items(String address, String name) {
        return top(address, name).stream()
                .flatMap(folder -> folder.items().stream())
                .toList();
    }

    /** Whether there is such a folder at the top level. */
    public synchronized boolean has(String address, String name) {
        return !top(address, name).isEmpty();
    }

    /** The class of a folder at the top level. */
    public synchronized String folderClass(String address, String name) {
        return top(address, name).get(0).folderClass();
    }

    /** Removes a folder for good: its id is not known any more. */
    public synchronized void delete(String address, String name) {
        top(address, name).forEach(folder -> folders(address).remove(folder.id()));
    }

    /** Moves a folder as Outlook does when its user deletes it: its id stays. */
    public synchronized void moveToDeletedItems(String address, String name) {
        top(address, name)
                .forEach(folder -> put(
                        address,
                        new Folder(folder.id(), DELETED, folder.name(), folder.folderClass(), folder.items())));
    }

    /** Renames a folder: its id stays. */
    public synchronized void rename(String address, String name, String other) {
        top(address, name)
                .forEach(folder ->
                        put(address, new Folder(folder.id(), ROOT, other, folder.folderClass(), folder.items())));
    }

    synchronized List<Folder> top(String address, String name) {
        return folders(address).values().stream()
                .filter(folder -> folder.parent().equals(ROOT) && folder.name().equalsIgnoreCase(name))
                .toList();
    }

    synchronized Folder byId(String address, String id) {
        return folders(address).get(id);
    }

    /** Null where there is one of that name. */
    synchronized Folder make(String address, String name, String folderClass) {
        if (!top(address, name).isEmpty()) {
            return null;
        }
        Folder folder = new Folder("AAMk" + ids++ + "/" + key(address), ROOT, name, folderClass, new ArrayList<>());
        put(address, folder);
        return folder;
    }

    synchronized String add(Folder folder, Item item) {
        folder.items().add(item);
        return "AAMkItem" + ids++;
    }

    /**
     * Another item like the last of a folder.
     *
     * @param messageId null for the same
     */
    public synchronized void copyLast(String address, String name, String messageId) {
        List<Item> items = top(address, name).get(0).items();
        Item last = items.get(items.size() - 1);
        String id = messageId == null ? last.messageId() : messageId;
        items.add(new Item(id, last.mime(), last.itemClass(), last.flags(), last.received(), last.sent(), last.read()));
    }

    synchronized List<Item> snapshot(Folder folder) {
        return List.copyOf(folder.items());
    }

    private void put(String address, Folder folder) {
        folders(address).put(folder.id(), folder);
    }

    private Map<String, Folder> folders(String address) {
        return mailboxes.getOrDefault(key(address), new LinkedHashMap<>());
    }

    private static String key(String address) {
        return address.toLowerCase(Locale.ROOT);
    }
}
