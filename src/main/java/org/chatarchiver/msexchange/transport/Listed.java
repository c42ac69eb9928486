package org.chatarchiver.msexchange.transport;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The answer to a {@link Listing}. */
public sealed interface Listed {
    /**
     * What is in the folder, in the server's order. What is filed or removed meanwhile may be told or not, and may move an e-mail that was
     * told at the end of a part to the beginning of the next.
     *
     * @param next where the next part begins; null where there is none, or no such folder
     */
    record Part(List<Header> emails, String next) implements Listed {
        public Part {
            emails = List.copyOf(emails);
        }
    }

    /**
     * An e-mail that is there.
     *
     * @param id by which the server tells it from others in its folder
     * @param messageId with its angle brackets; empty where it has none
     * @param received as the mailbox shows it; null where it is not known
     * @param sent its Date header; null where it is not known
     */
    record Header(String id, String messageId, Instant received, Instant sent) {}

    /**
     * It could not be told: ask again.
     *
     * @param delay when to ask again; zero where nobody said
     */
    record Unclear(Fault fault, Duration delay, String detail) implements Listed {}
}
