package org.chatarchiver.archive;

import java.util.ArrayList;
import java.util.List;
import org.chatarchiver.ledger.Item;
import org.chatarchiver.ledger.Items;
import org.chatarchiver.mapping.Unserved;

/**
 * The items of a message that are taken up in the page at hand, by what becomes of them.
 *
 * @param send to be delivered
 * @param failing on their way to a channel
 * @param replaced failures that a requeue has resolved, or participants who waited and are mapped now
 * @param waiting in their wait, such as participants who are not mapped yet, since their mailbox is in trouble
 * @param unserved participants whose address could not be used, told as the message is first mapped
 */
record MappedItems(
        List<Item> send, List<Item> failing, List<Replaced> replaced, List<Waiting> waiting, List<Unserved> unserved) {
    /**
     * An item in its wait.
     *
     * @param counts whether this was a try, and its patience runs
     */
    record Waiting(Items.Settled settled, boolean counts) {}

    /**
     * A failure that is no more.
     *
     * @param by the target of the item that one capture's owner came to instead; null where all items of the first capture stand for it
     */
    record Replaced(Item failure, String by) {
        static Replaced ofFirst(Item failure) {
            return new Replaced(failure, null);
        }
    }

    static MappedItems failing(List<Item> failing) {
        return new MappedItems(List.of(), failing, List.of(), List.of(), List.of());
    }

    /** None is sent after all: each fails or waits. */
    MappedItems unsent(List<Item> fail, List<Waiting> wait) {
        return new MappedItems(List.of(), both(failing, fail), replaced, both(waiting, wait), unserved);
    }

    private static <T> List<T> both(List<T> one, List<T> other) {
        List<T> all = new ArrayList<>(one);
        all.addAll(other);
        return all;
    }

    /** Those that are put on their way here, or fail or wait. */
    List<Item> open() {
        List<Item> open = both(send, failing);
        waiting.forEach(one -> open.add(one.settled().item()));
        return open;
    }
}
