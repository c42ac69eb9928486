package org.chatarchiver.collect;

import org.chatarchiver.ledger.RunReport;

/** What came of a wish to cancel a run. */
public sealed interface Cancellation {
    record Done(RunReport report) implements Cancellation {}

    record UnknownRun() implements Cancellation {}

    /** It does not poll. */
    record Refused(String sentence) implements Cancellation {}
}
