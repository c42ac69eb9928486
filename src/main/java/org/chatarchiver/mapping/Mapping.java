package org.chatarchiver.mapping;

import java.util.List;

/** What came of mapping one message. */
public sealed interface Mapping {

    /** Every participant has a definite answer; at least one of the two lists has an element. The order depends on the message alone. */
    record Mapped(List<Target> targets, List<Unmapped> failures) implements Mapping {
        public Mapped {
            targets = List.copyOf(targets);
            failures = List.copyOf(failures);
        }
    }

    /**
     * The destination gave no definite answer for one of the mailboxes: the message is mapped again later, nothing is recorded.
     *
     * @param why one sentence
     */
    record Outage(String why) implements Mapping {}

    /**
     * The connector's mapping file cannot be used and none was accepted before: its messages wait until the file is mended, because
     * the mailboxes of a message are recorded when it is first mapped. Other connectors are not concerned.
     *
     * @param why one sentence
     */
    record NotReady(String why) implements Mapping {}
}
