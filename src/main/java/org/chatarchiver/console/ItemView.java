package org.chatarchiver.console;

import java.time.Instant;
import org.chatarchiver.ledger.Item;
import org.chatarchiver.ledger.Reason;
import org.chatarchiver.ledger.Waiting;

/**
 * An item that waits; never a message's text.
 *
 * @param position in the page, from 0
 * @param revision from 0
 * @param mailbox null where none is found yet
 * @param rule which mapping rule named the mailbox: MAPPING_FILE, EQUIVALENT_NUMBER or AUTOMATIC; null where none is found yet
 * @param reason why it waits; null where it was only asked for again
 * @param attempts so far
 * @param since first try; null before it
 * @param until next try, at the earliest
 */
record ItemView(
        String state,
        String connector,
        String run,
        int page,
        long position,
        String messageId,
        int revision,
        String owner,
        String mailbox,
        String rule,
        Reason reason,
        String detail,
        int attempts,
        Instant since,
        Instant until) {

    static ItemView of(Waiting.Entry entry) {
        Item item = entry.item();
        return new ItemView(
                ItemsController.WAITING,
                entry.connector(),
                item.run(),
                item.page(),
                entry.position(),
                entry.messageId(),
                entry.revision(),
                entry.owner(),
                item.hasMailbox() ? item.target() : null,
                item.rule(),
                item.reason(),
                item.detail(),
                item.attempts(),
                item.firstTry(),
                item.retryAt());
    }
}
