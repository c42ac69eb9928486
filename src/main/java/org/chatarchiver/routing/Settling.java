package org.chatarchiver.routing;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.camel.Body;
import org.apache.camel.Variable;
import org.chatarchiver.ledger.Failure;
import org.chatarchiver.ledger.Item;
import org.chatarchiver.ledger.ItemState;
import org.chatarchiver.ledger.Items;
import org.chatarchiver.ledger.Items.Settled;
import org.chatarchiver.ledger.Reason;
import org.chatarchiver.msexchange.transport.Found;
import org.chatarchiver.msexchange.transport.Outcome;
import org.springframework.stereotype.Component;

/** Records what the destination answered, and says what of it is a failure. */
@Component("settling")
public class Settling {
    private final Items items;
    private final Patience patience;
    private final MeterRegistry metrics;

    Settling(Items items, Patience patience, MeterRegistry metrics) {
        this.items = items;
        this.patience = patience;
        this.metrics = metrics;
    }

    /** Settles what was in doubt and has been found, and gives what is left to send. */
    public MailboxBatch found(@Body Found answer, @Variable(Variables.BATCH) MailboxBatch batch) {
        List<Settled> settled = new ArrayList<>();
        List<MailboxBatch.Posting> left = new ArrayList<>();
        for (MailboxBatch.Posting posting : batch.postings()) {
            if (!posting.doubtful()) {
                left.add(posting);
            } else if (answer instanceof Found.Unclear unclear) {
                settled.add(patience.later(
                        posting.item(), Faults.reason(unclear.fault()), unclear.delay(), unclear.detail()));
            } else {
                Long uid = ((Found.Answered) answer).uids().get(posting.email().messageId());
                if (uid == null) {
                    left.add(posting);
                } else {
                    settled.add(delivered(posting, uid));
                }
            }
        }
        if (answer instanceof Found.Unclear unclear && unclear.fault().outage()) {
            items.postpone(settled);
            throw new OutageException(unclear.detail());
        }
        settle(batch, settled);
        return new MailboxBatch(batch.mailbox(), batch.folder(), left, false);
    }

    /** Settles a batch; failures are left to their channel, so that they become final there. */
    public List<Failure> settle(@Body List<Outcome> outcomes, @Variable(Variables.BATCH) MailboxBatch batch) {
        List<Settled> settled = new ArrayList<>();
        List<Failure> failures = new ArrayList<>();
        List<Settled> waiting = new ArrayList<>();
        String outage = null;
        for (int i = 0; i < outcomes.size(); i++) {
            MailboxBatch.Posting posting = batch.postings().get(i);
            Outcome outcome = outcomes.get(i);
            if (outcome instanceof Outcome.Delivered delivered) {
                settled.add(delivered(posting, delivered.uid()));
            } else if (outcome instanceof Outcome.Rejected rejected) {
                failures.add(failure(posting, Faults.reason(rejected.fault()), rejected.detail()));
            } else if (outcome instanceof Outcome.Retryable retryable) {
                Reason reason = Faults.reason(retryable.fault());
                if (retryable.fault().outage()) {
                    outage = retryable.detail();
                    waiting.add(patience.later(posting.item(), reason, retryable.delay(), retryable.detail()));
                } else if (retryable.fault().undecided()) {
                    waiting.add(patience.later(posting.item(), reason, retryable.delay(), retryable.detail()));
                } else if (patience.isOver(posting.item())) {
                    failures.add(failure(posting, reason, retryable.detail()));
                } else {
                    settled.add(patience.later(posting.item(), reason, retryable.delay(), retryable.detail()));
                }
            }
        }
        settle(batch, settled);
        if (!waiting.isEmpty()) {
            items.postpone(waiting);
        }
        if (outage != null) {
            throw new OutageException(outage);
        }
        return failures;
    }

    private void settle(MailboxBatch batch, List<Settled> settled) {
        if (settled.isEmpty()) {
            return;
        }
        items.settle(settled);
        String connector = batch.postings().get(0).parcel().work().connector().id();
        settled.forEach(one -> metrics.counter(
                        "archiver.items",
                        "connector",
                        connector,
                        "outcome",
                        one.state().name().toLowerCase(Locale.ROOT))
                .increment());
    }

    private static Settled delivered(MailboxBatch.Posting posting, long uid) {
        Reason partial = posting.parcel().partial();
        return new Settled(
                posting.item(), partial == null ? ItemState.IMPORTED : ItemState.PARTIAL, partial, null, uid, null);
    }

    private static Failure failure(MailboxBatch.Posting posting, Reason reason, String detail) {
        Item item = posting.item();
        return posting.parcel()
                .failure(posting.parcel().item(item.target(), ItemState.FAILING, item.rule(), reason, detail));
    }
}
