package org.chatarchiver.ledger;

/** What of a run is counted. */
enum Counted {
    /** Items on their way. */
    PENDING,
    /** Items that wait for their next try, by why. */
    RETRY,
    IMPORTED,
    /** Items without some of their attachments, by why. */
    PARTIAL,
    /** Items of other runs that were delivered before. */
    SKIPPED,
    /** Items in a channel, by why. */
    FAILED,
    /** Distinct captures; of a dry run its messages. */
    ARRIVED,
    /** Cases in which a participant's address could not be used, by why. */
    NOT_SERVED;

    /** As what an item counts. */
    static Counted of(ItemState state, boolean met) {
        return switch (state) {
            case SENDING, FAILING -> PENDING;
            case RETRY -> RETRY;
            case FAILED -> FAILED;
            case IMPORTED -> met ? SKIPPED : IMPORTED;
            case PARTIAL -> met ? SKIPPED : PARTIAL;
        };
    }

    /** Whether it is counted by reason. */
    boolean hasReason() {
        return this == RETRY || this == PARTIAL || this == FAILED || this == NOT_SERVED;
    }
}
