package org.chatarchiver.delivery;

/** The destination as a whole cannot be used now: nothing has failed, the page is taken up again later. */
public class OutageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean noted;

    /** An outage that nobody has noted yet. */
    public OutageException(String why) {
        this(why, false);
    }

    private OutageException(String why, boolean noted) {
        super(why);
        this.noted = noted;
    }

    /** For what stops because of an outage that {@link Outages} has, or had until just now. */
    public static OutageException noted(String why) {
        return new OutageException(why, true);
    }

    boolean isNoted() {
        return noted;
    }
}
