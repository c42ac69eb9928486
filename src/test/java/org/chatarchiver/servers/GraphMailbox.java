package org.chatarchiver.servers;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A mailbox of {@link GraphStub}, as its user sees it. Ids are of this mailbox, hard to guess and need encoding. */
public final class GraphMailbox {
    private final Map<String, String> folders = new LinkedHashMap<>();
    private final List<Item> items = new ArrayList<>();
    private final AtomicInteger ids = new AtomicInteger();

    /** A file of an item. */
    public record File(String id, String name, String contentType, byte[] content) {}

    /** An item, its extended properties by their ids. */
    public static final class Item {
        final String id;
        String folder;
        private final Map<String, Object> fields;
        private final Map<String, String> properties = new LinkedHashMap<>();
        private final List<File> files = new ArrayList<>();

        Item(String id, String folder, Map<String, Object> fields) {
            this.id = id;
            this.folder = folder;
            this.fields = fields;
        }

        /** A field of the JSON that it was created with. */
        public Object field(String name) {
            return fields.get(name);
        }

        public String messageId() {
            return (String) fields.get("internetMessageId");
        }

        public String property(String id) {
            return properties.get(id);
        }

        Map<String, String> properties() {
            return properties;
        }

        List<File> files() {
            return files;
        }

        public List<File> attachments() {
            return List.copyOf(files);
        }

        /** PidTagMessageFlags without mfUnsent; an item that is made without them is unsent. */
        public boolean draft() {
            String flags = properties.get("Integer 0x0E07");
            return flags == null || (Integer.parseInt(flags) & 8) != 0;
        }

        public boolean read() {
            return Boolean.TRUE.equals(fields.get("isRead"));
        }

        public Instant receivedAt() {
            return Instant.parse(properties.get("SystemTime 0x0E06"));
        }

        public byte[] original() {
            return files.stream()
                    .filter(file -> file.name().equals("message.eml"))
                    .findFirst()
                    .orElseThrow()
                    .content();
        }
    }

    String newId() {
        return "AAMkAD/" + Integer.toHexString(System.identityHashCode(this)) + "+" + ids.incrementAndGet() + "=";
    }

    /** Ids to names. */
    Map<String, String> folders() {
        return folders;
    }

    List<Item> items() {
        return items;
    }

    /** In the order of their creation; none where there is no such folder. */
    public synchronized List<Item> in(String folder) {
        return items.stream()
                .filter(item -> folder.equalsIgnoreCase(folders.get(item.folder)))
                .toList();
    }

    public synchronized List<String> folderNames() {
        return List.copyOf(folders.values());
    }

    /**
     * Another item like the first of a folder.
     *
     * @param messageId null for the same
     */
    public synchronized void copyFirst(String folder, String messageId) {
        Item first = in(folder).get(0);
        Map<String, Object> fields = new LinkedHashMap<>(first.fields);
        if (messageId != null) {
            fields.put("internetMessageId", messageId);
        }
        Item copy = new Item(newId(), first.folder, fields);
        copy.properties.putAll(first.properties);
        copy.files.addAll(first.files);
        items.add(copy);
    }

    /** With all that is in it, for good. */
    public synchronized void deleteFolder(String name) {
        items.removeIf(item -> name.equalsIgnoreCase(folders.get(item.folder)));
        folders.values().removeIf(name::equalsIgnoreCase);
    }

    public synchronized void renameFolder(String name, String other) {
        folders.replaceAll((id, current) -> current.equalsIgnoreCase(name) ? other : current);
    }

    public synchronized void makeFolder(String name) {
        folders.put(newId(), name);
    }
}
