package org.chatarchiver.routing;

import java.util.Set;

/** The variables that routes may carry along; they do not cross the page queue. */
public final class Variables {
    /** {@link Poll}: what is being collected. */
    public static final String POLL = "poll";

    /** {@link Poll}: the same, with what the page just fetched says of itself. */
    public static final String FETCHED = "fetched";

    /** {@link org.chatarchiver.ledger.Run}: the interrupted one that goes on. */
    public static final String RUN = "run";

    /** {@link AttachmentRef}: what is being fetched. */
    public static final String ATTACHMENT = "attachment";

    /** {@link MailboxSearch}: for which the destination is being asked. */
    public static final String SEARCH = "search";

    /** {@link Parcel}: the message being made into an e-mail. */
    public static final String PARCEL = "parcel";

    /** {@link MailboxBatch}: what is being appended. */
    public static final String BATCH = "batch";

    /** {@link MailboxBatch}: what is looked for, since it may be there already. */
    public static final String DOUBTFUL = "doubtful";

    /** {@link Alert}: what the operators are being told. */
    public static final String ALERT = "alert";

    /** {@link org.chatarchiver.mapping.RowReader}: of the mapping file whose rows are being read. */
    public static final String TEXT = "text";

    /** A text, set by an operator's hook: why it refuses what it was shown; {@code false} before. */
    public static final String REFUSE = "refuse";

    static final Set<String> ALL =
            Set.of(POLL, FETCHED, RUN, ATTACHMENT, SEARCH, PARCEL, BATCH, DOUBTFUL, ALERT, TEXT, REFUSE);

    private Variables() {}
}
