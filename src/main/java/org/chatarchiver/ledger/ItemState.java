package org.chatarchiver.ledger;

/** Where an item stands. */
public enum ItemState {
    /** Recorded before the append: after a crash it may or may not be in the mailbox. */
    SENDING,
    /** A failure that is on its way to its channel. */
    FAILING,
    /** Waits for its next time, or was requeued. */
    RETRY,
    IMPORTED,
    /** Delivered without some of its attachments. */
    PARTIAL,
    /** In a channel. */
    FAILED;

    public boolean isFinal() {
        return this == IMPORTED || this == PARTIAL || this == FAILED;
    }
}
