package org.chatarchiver.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.chatarchiver.channel.ChannelPace;
import org.chatarchiver.channel.ErrorChannelRecorder;
import org.chatarchiver.ledger.Channel;
import org.chatarchiver.ledger.Channels;
import org.chatarchiver.ledger.Failure;
import org.chatarchiver.ledger.Item;
import org.chatarchiver.msexchange.transport.Fault;
import org.chatarchiver.msexchange.transport.Outcome;
import org.junit.jupiter.api.BeforeEach;

/** The item of one message whose deliveries the destination answers as a test says, one after the other. */
abstract class ItemInTrouble extends OutcomesBed {
    @BeforeEach
    void anItemIsAboutToBeSent() {
        sending("m1");
        pages.done(page);
    }

    List<Failure> refused(Fault fault, Duration delay) {
        return settle(new Outcome.Retryable(fault, delay, false, "NO " + fault));
    }

    /** As when the page is taken up: what the ledger knows is recorded as being sent, then the destination answers. */
    List<Failure> settle(Outcome outcome) {
        MailboxBatch batch = again("m1", false);
        items.restate(List.of(((Sent) batch.postings().get(0).message()).sending()));
        List<Failure> failures = settling.settle(List.of(outcome), batch);
        pages.done(page);
        return failures;
    }

    void enter(List<Failure> failures) {
        ErrorChannelRecorder book =
                new ErrorChannelRecorder(ledger.bean(Channels.class), new ChannelPace(clock), metrics);
        assertThat(failures).extracting(Failure::channel).containsOnly(Channel.UNDELIVERABLE);
        book.enter(failures);
    }

    Item item() {
        return item("m1");
    }

    List<Channels.Entry> entries() {
        return ledger.bean(Channels.class).list(Channel.UNDELIVERABLE, 10, 0);
    }
}
