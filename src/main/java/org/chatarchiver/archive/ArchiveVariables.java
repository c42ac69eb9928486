package org.chatarchiver.archive;

/** The variables that the routes which archive carry along; they do not cross the page queue. */
public final class ArchiveVariables {
    /** {@link MailboxSearch}: for which the destination is being asked. */
    public static final String SEARCH = "search";

    /** {@link FittedMessage}: the message being made into an e-mail. */
    public static final String MESSAGE = "message";

    /** A text, set by an operator's hook: why it refuses what it was shown; {@code false} before. */
    public static final String REFUSE = "refuse";

    private ArchiveVariables() {}
}
