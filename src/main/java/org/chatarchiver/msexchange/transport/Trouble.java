package org.chatarchiver.msexchange.transport;

import java.time.Duration;

/**
 * What a refusal or failure means for whoever waits for the result.
 *
 * @param passing whether trying again can help
 * @param delay when to try again at the earliest; zero where trying again is no use
 */
record Trouble(Fault fault, boolean passing, Duration delay, String detail) {
    static final Duration DELAY = Duration.ofSeconds(30);

    static Trouble passing(Fault fault, String detail) {
        return new Trouble(fault, true, DELAY, Text.excerpt(detail));
    }

    static Trouble passing(Fault fault, Duration delay, String detail) {
        return new Trouble(fault, true, delay, Text.excerpt(detail));
    }

    static Trouble lasting(Fault fault, String detail) {
        return new Trouble(fault, false, Duration.ZERO, Text.excerpt(detail));
    }

    /** The outcome for an e-mail that is known not to be in the folder. */
    Outcome outcome() {
        return passing ? new Outcome.Retryable(fault, delay, false, detail) : new Outcome.Rejected(fault, detail);
    }

    TroubleException thrown() {
        return new TroubleException(this);
    }
}
