package org.chatarchiver.msexchange.transport;

import java.time.Duration;

/** What became of one e-mail. Details hold the destination's words, escaped and at most 200 characters, never the e-mail's. */
public sealed interface Outcome {
    /**
     * It is in the folder.
     *
     * @param uid its UID; 0 where the destination did not tell
     */
    record Delivered(long uid) implements Outcome {}

    /**
     * It may succeed later.
     *
     * @param delay when to try again; zero where nobody said
     * @param inDoubt the e-mail may be in the folder, now or within half a minute: look for it with {@code find} before it is sent again
     */
    record Retryable(Fault fault, Duration delay, boolean inDoubt, String detail) implements Outcome {}

    /** It is not in the folder, and trying again will not change that. */
    record Rejected(Fault fault, String detail) implements Outcome {}
}
