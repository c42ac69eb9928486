package org.chatarchiver.ledger;

import java.time.Instant;
import java.util.UUID;

/**
 * One message in one revision for one mailbox, or a failure that has no mailbox.
 *
 * @param target its mailbox, or the participant of a failure that has none, as {@link ItemTarget} has them
 * @param run the run that first met the message; its report counts the item
 * @param rule which mapping rule won; null for a failure
 * @param reason why it failed, waits or is partial; else null
 * @param retryAt when it may be tried again; only in state RETRY
 */
public record Item(
        UUID message,
        String target,
        String run,
        int page,
        ItemState state,
        String rule,
        Reason reason,
        String detail,
        int attempts,
        Instant firstTry,
        Instant retryAt) {

    /** The same in its channel. */
    Item failed(Reason why) {
        return new Item(message, target, run, page, ItemState.FAILED, rule, why, detail, attempts, firstTry, null);
    }

    /** Its address; null where there is none. */
    public String mailbox() {
        return ItemTarget.address(target);
    }

    public boolean hasMailbox() {
        return ItemTarget.isMailbox(target);
    }

    public boolean isOf(Page page) {
        return run.equals(page.run()) && this.page == page.number();
    }
}
