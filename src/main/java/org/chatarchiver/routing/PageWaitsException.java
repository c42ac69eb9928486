package org.chatarchiver.routing;

/** A page cannot be worked on to its end now: nothing has failed, the next sweep queues it again. */
public class PageWaitsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public PageWaitsException(String why) {
        super(why);
    }
}
