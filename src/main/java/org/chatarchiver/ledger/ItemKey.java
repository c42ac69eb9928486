package org.chatarchiver.ledger;

import java.util.Collection;
import java.util.List;
import java.util.UUID;

/**
 * Names an item. In the order in which every transaction locks items, so that two never wait for each other: that in which both databases
 * sort messages, other than UUIDs in Java, so that one who reads items sorted can lock them part by part.
 */
record ItemKey(UUID message, String target) implements Comparable<ItemKey> {
    static ItemKey of(Item item) {
        return new ItemKey(item.message(), item.target());
    }

    static List<ItemKey> of(Collection<Item> items) {
        return items.stream().map(ItemKey::of).toList();
    }

    @Override
    public int compareTo(ItemKey other) {
        int byFirstHalf =
                Long.compareUnsigned(message.getMostSignificantBits(), other.message.getMostSignificantBits());
        int byMessage = byFirstHalf == 0
                ? Long.compareUnsigned(message.getLeastSignificantBits(), other.message.getLeastSignificantBits())
                : byFirstHalf;
        return byMessage == 0 ? target.compareTo(other.target) : byMessage;
    }
}
