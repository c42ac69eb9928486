package org.chatarchiver.collect;

import org.chatarchiver.ledger.Run;

/** What came of a wish to start a run. */
public sealed interface Started {
    record Running(Run run) implements Started {}

    /** Another run of the connector polls. */
    record Busy(String sentence) implements Started {}

    /** Nothing is collected for the connector until it is resumed. */
    record Paused(String sentence) implements Started {}

    record UnknownConnector(String sentence) implements Started {}

    /** The window makes no sense. */
    record Refused(String sentence) implements Started {}
}
