package org.chatarchiver.msexchange.transport;

import java.time.Instant;
import java.util.Objects;

/**
 * A question what is in a folder, by e-mails' headers alone: the body of {@code microsoft-exchange:list}. It is answered in parts.
 *
 * @param from of the e-mails' times; some from before, or behind {@code until}, may be told too
 * @param behind where the last part ended, as it was told; null for the first
 */
public record Listing(String mailbox, String folder, Instant from, Instant until, String behind) {
    public Listing {
        Objects.requireNonNull(mailbox, "mailbox");
        Objects.requireNonNull(folder, "folder");
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(until, "until");
    }
}
