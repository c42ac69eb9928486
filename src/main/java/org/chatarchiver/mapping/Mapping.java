package org.chatarchiver.mapping;

import java.util.List;

/** What came of mapping one message. */
public sealed interface Mapping {

    /**
     * What each participant came to; of a message mapped for the first time at least one of the first three lists has an element. The order depends
     * on the message alone.
     *
     * @param postponed participants whose mailbox is in trouble; the others do not wait for it
     * @param unserved participants whose address could not be used, which is no failure
     */
    record Mapped(List<Target> targets, List<Unmapped> failures, List<Postponed> postponed, List<Unserved> unserved)
            implements Mapping {
        public Mapped {
            unserved = List.copyOf(unserved);
            targets = List.copyOf(targets);
            failures = List.copyOf(failures);
            postponed = List.copyOf(postponed);
        }
    }

    /**
     * The destination as a whole cannot be asked: the message is mapped again later, nothing is recorded.
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
