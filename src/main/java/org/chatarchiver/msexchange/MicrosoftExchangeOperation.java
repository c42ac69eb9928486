package org.chatarchiver.msexchange;

/** What an endpoint does with a mailbox. */
public enum MicrosoftExchangeOperation {
    /**
     * Files the e-mails of a {@code Batch}, or a body that is one e-mail in the mailbox and folder of the options or headers; the body becomes
     * a {@code List<Outcome>} in the same order.
     */
    append,
    /** Looks for the e-mails of a {@code Lookup}; the body becomes a {@code Found}. */
    find,
    /** Tells what is in a folder by headers, for a {@code Listing}, a part at a time; the body becomes a {@code Listed}. */
    list,
    /** Tells whether the mailbox of that address exists; the body becomes an {@code Existence}. */
    exists
}
