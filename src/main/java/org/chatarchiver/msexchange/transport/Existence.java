package org.chatarchiver.msexchange.transport;

import java.time.Duration;

/** Whether a mailbox exists: the answer of {@code microsoft-exchange:exists}. */
public sealed interface Existence {
    /** It was opened. */
    record Present() implements Existence {}

    /** The destination works, accepts our credentials and has no such mailbox for us. */
    record Missing(String detail) implements Existence {}

    /**
     * It could not be told.
     *
     * @param delay when to ask again; zero where nobody said
     */
    record Unknown(Fault fault, Duration delay, String detail) implements Existence {}
}
