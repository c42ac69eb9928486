package org.chatarchiver.ledger;

import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** Names an item. In the order in which every transaction locks items, so that two never wait for each other. */
record ItemKey(UUID message, String target) implements Comparable<ItemKey> {
    static ItemKey of(Item item) {
        return new ItemKey(item.message(), item.target());
    }

    static List<ItemKey> of(Collection<Item> items) {
        return items.stream().map(ItemKey::of).toList();
    }

    @Override
    public int compareTo(ItemKey other) {
        int byMessage = message.compareTo(other.message);
        return byMessage == 0 ? target.compareTo(other.target) : byMessage;
    }
}
