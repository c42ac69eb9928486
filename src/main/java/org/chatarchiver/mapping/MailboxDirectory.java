package org.chatarchiver.mapping;

/** Knows which mailboxes exist. Implementations are safe for use by many threads. */
public interface MailboxDirectory {

    /**
     * @param mailbox a syntactically valid address in lower case
     * @return never null; errors of the destination are answers, not exceptions
     */
    Existence lookup(String mailbox);

    /** As {@link #lookup}, but an answer remembered from before is not used: for a requeue after mending something. */
    default Existence lookupAgain(String mailbox) {
        return lookup(mailbox);
    }
}
