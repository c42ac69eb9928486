package org.chatarchiver.msexchange.transport;

/**
 * A question to a mailbox, which changes nothing and so may be repeated at once: where its connection is cut, it is asked again over
 * another, once. Cut twice, it is due in a second, and nothing is said of the mailbox.
 */
public final class Search {
    /** One question over one connection. */
    public interface Attempt<T> {
        T ask() throws TransportException;
    }

    private Search() {}

    public static Found find(Attempt<Found.Answered> attempt) {
        try {
            return again(attempt);
        } catch (TransportException e) {
            TransportError error = told(e);
            return new Found.Unclear(error.fault(), error.delay(), error.detail());
        }
    }

    public static Listed list(Attempt<Listed.Part> attempt) {
        try {
            return again(attempt);
        } catch (TransportException e) {
            TransportError error = told(e);
            return new Listed.Unclear(error.fault(), error.delay(), error.detail());
        }
    }

    private static TransportError told(TransportException e) {
        return e.error().lostConnection() ? e.error().cutTwice() : e.error();
    }

    private static <T> T again(Attempt<T> attempt) throws TransportException {
        try {
            return attempt.ask();
        } catch (TransportException e) {
            if (!e.error().lostConnection()) {
                throw e;
            }
            return attempt.ask();
        }
    }
}
