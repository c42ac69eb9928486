package org.chatarchiver.collect;

/** The variables that the routes which collect carry along. */
public final class CollectVariables {
    /** {@link CollectionState}: what is being collected. */
    public static final String POLL = "poll";

    /** {@link CollectionState}: the same, with what the page just fetched says of itself. */
    public static final String FETCHED = "fetched";

    /** {@link AttachmentRef}: what is being fetched. */
    public static final String ATTACHMENT = "attachment";

    private CollectVariables() {}
}
