package org.chatarchiver.routing;

/** The destination as a whole cannot be used now: nothing has failed, the page is taken up again later. */
public class OutageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public OutageException(String why) {
        super(why);
    }
}
