package org.chatarchiver.delivery;

/** The variables that the routes which deliver carry along. */
public final class DeliveryVariables {
    /** {@link MailboxBatch}: what is being appended. */
    public static final String BATCH = "batch";

    /** {@link MailboxBatch}: what is looked for, since it may be there already. */
    public static final String DOUBTFUL = "doubtful";

    private DeliveryVariables() {}
}
