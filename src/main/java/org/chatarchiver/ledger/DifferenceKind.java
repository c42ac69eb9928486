package org.chatarchiver.ledger;

/** In which way what is there is not what it should be. */
public enum DifferenceKind {
    /** The source has told of more or fewer messages than have arrived. */
    COUNT_DIFFERS,
    /** A landed page is not what it was when it landed. */
    PAGE_ALTERED,
    /** A page that has landed is no longer in the landing zone. */
    PAGE_GONE,
    /** A page lies in the folder of the run, and the ledger knows nothing of it. */
    PAGE_UNKNOWN,
    /** An element of a page has neither come to an item nor is it known from elsewhere. */
    ELEMENT_UNACCOUNTED,
    /** A total of the report is not what the rows of the ledger say. */
    TOTAL_DIFFERS,
    /** An e-mail is not in its folder, and nothing tells that it ever was. */
    MISSING,
    /** An e-mail is not in its folder, and was. */
    MOVED_OR_DELETED,
    /** An e-mail is in its folder more than once. */
    DOUBLED,
    /** An e-mail in the folder bears a Message-ID of our form, and the ledger knows nothing of it. */
    UNKNOWN_ITEM,
    /** A mailbox could not be searched: of its e-mails nothing is said. */
    MAILBOX_UNREACHABLE,
    /** The audit log is not as it was written. */
    AUDIT_BROKEN
}
