package org.chatarchiver.msexchange.transport;

import java.util.Map;

/**
 * A search for e-mails, which changes nothing and so may be repeated at once: where its connection is cut, it is asked again over
 * another, once. Cut twice, it is due in a second, and nothing is said of the mailbox.
 */
public final class Search {
    /** One search over one connection. */
    public interface Attempt {
        /** @return Message-ID to UID of those that are there, 0 where the destination tells no UIDs */
        Map<String, Long> find() throws TransportException;
    }

    private Search() {}

    public static Found find(Attempt attempt) {
        try {
            return new Found.Answered(again(attempt));
        } catch (TransportException e) {
            TransportError error = e.error().lostConnection() ? e.error().cutTwice() : e.error();
            return new Found.Unclear(error.fault(), error.delay(), error.detail());
        }
    }

    private static Map<String, Long> again(Attempt attempt) throws TransportException {
        try {
            return attempt.find();
        } catch (TransportException e) {
            if (!e.error().lostConnection()) {
                throw e;
            }
            return attempt.find();
        }
    }
}
