package org.chatarchiver.archive;

/** A page cannot be worked on to its end now: nothing has failed, and it is queued again, by the sweep at the latest. */
public class PageWaitsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean told;

    public PageWaitsException(String why) {
        this(why, false);
    }

    private PageWaitsException(String why, boolean told) {
        super(why);
        this.told = told;
    }

    /** For what keeps many pages waiting and stands in log, health and alerts already: one line a minute for each of them would hide it. */
    public static PageWaitsException told(String why) {
        return new PageWaitsException(why, true);
    }

    boolean isTold() {
        return told;
    }
}
