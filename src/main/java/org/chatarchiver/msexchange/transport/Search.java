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
        Map<String, Long> find() throws TroubleException;
    }

    private Search() {}

    public static Found find(Attempt attempt) {
        try {
            return new Found.Answered(again(attempt));
        } catch (TroubleException e) {
            Trouble trouble = e.trouble().lostConnection() ? e.trouble().cutTwice() : e.trouble();
            return new Found.Unclear(trouble.fault(), trouble.delay(), trouble.detail());
        }
    }

    private static Map<String, Long> again(Attempt attempt) throws TroubleException {
        try {
            return attempt.find();
        } catch (TroubleException e) {
            if (!e.trouble().lostConnection()) {
                throw e;
            }
            return attempt.find();
        }
    }
}
