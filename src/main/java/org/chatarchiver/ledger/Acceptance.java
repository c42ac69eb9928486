package org.chatarchiver.ledger;

/** What came of a wish to accept that an INCOMPLETE run stays so. */
public sealed interface Acceptance {
    record Accepted(RunReport report) implements Acceptance {}

    record UnknownRun() implements Acceptance {}

    /** @param sentence why it cannot be accepted (yet) */
    record Refused(String sentence) implements Acceptance {}
}
