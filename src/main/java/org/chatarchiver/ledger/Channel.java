package org.chatarchiver.ledger;

import java.util.Locale;

/** A dedicated place for one kind of error (product.md 11). */
public enum Channel {
    /** A poll failed. */
    SOURCE,
    /** An element of a page cannot be understood. */
    MALFORMED,
    /** An owner, or a participant of the mapping file, has no mailbox. */
    UNMAPPED,
    /** The text alone, or the finished e-mail, is over its limit. */
    OVERSIZE,
    /** Refused by the destination for good, or retries ran out. */
    UNDELIVERABLE;

    /** The name in routes, the API and metrics. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
