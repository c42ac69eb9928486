package org.chatarchiver.msexchange.transport;

import java.io.InterruptedIOException;
import java.time.Duration;

/**
 * What a refusal or failure means for whoever waits for the result.
 *
 * @param passing whether trying again can help
 * @param delay when to try again; zero where nobody knows, or trying again is no use
 * @param asked whether the delay is the server's own word
 */
public record TransportError(Fault fault, boolean passing, Duration delay, boolean asked, String detail) {
    /** By then a server has done what it was still doing. */
    public static final Duration DELAY = Duration.ofSeconds(30);

    private static final Duration CUT_TWICE = Duration.ofSeconds(1);

    public static TransportError passing(Fault fault, String detail) {
        return passing(fault, DELAY, detail);
    }

    public static TransportError passing(Fault fault, Duration delay, String detail) {
        return new TransportError(fault, true, delay, false, Text.excerpt(detail));
    }

    /** Nothing speaks against trying again at once. */
    public static TransportError soon(Fault fault, String detail) {
        return passing(fault, Duration.ZERO, detail);
    }

    /** Nothing was answered: a connection that is cut can be made anew, one that is silent costs a time-out again. */
    public static TransportError unanswered(Fault fault, Exception e, String detail) {
        return silent(e) ? passing(fault, detail) : soon(fault, detail);
    }

    /** The time-outs of sockets are of this kind, and those of HTTP calls. */
    private static boolean silent(Throwable e) {
        return e != null && (e instanceof InterruptedIOException || silent(e.getCause()));
    }

    public static TransportError asked(Fault fault, Duration delay, String detail) {
        return new TransportError(fault, true, delay, true, Text.excerpt(detail));
    }

    public static TransportError lasting(Fault fault, String detail) {
        return new TransportError(fault, false, Duration.ZERO, false, Text.excerpt(detail));
    }

    /** The same, of another reach. */
    public TransportError as(Fault other) {
        return new TransportError(other, passing, delay, asked, detail);
    }

    /** Whether a new connection may do. */
    boolean lostConnection() {
        return fault == Fault.UNAVAILABLE && passing && delay.isZero();
    }

    /** Two connections in a row were cut while something was asked: that tells nothing of the mailbox, and is soon asked again. */
    TransportError cutTwice() {
        return passing(Fault.LOST, CUT_TWICE, detail);
    }

    /** The outcome for an e-mail that is known not to be in the folder. */
    Outcome outcome() {
        return passing ? new Outcome.Retryable(fault, delay, false, detail) : new Outcome.Rejected(fault, detail);
    }

    public TransportException thrown() {
        return new TransportException(this);
    }
}
