package org.chatarchiver.mapping;

/** Tells the {@link Mapper} which mailboxes exist. */
public interface MailboxDirectory {

    /**
     * @param mailbox a syntactically valid address in lower case
     * @return never null; errors of the destination are answers, not exceptions
     */
    MailboxAnswer lookup(String mailbox);

    /** As {@link #lookup}, but an answer remembered from before is not used: for a requeue after mending something. */
    MailboxAnswer lookupAgain(String mailbox);
}
