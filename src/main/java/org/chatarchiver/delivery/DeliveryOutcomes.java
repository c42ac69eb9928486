package org.chatarchiver.delivery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.camel.Body;
import org.apache.camel.Variable;
import org.chatarchiver.ledger.Failure;
import org.chatarchiver.ledger.Item;
import org.chatarchiver.ledger.ItemState;
import org.chatarchiver.ledger.Items;
import org.chatarchiver.ledger.Items.Settled;
import org.chatarchiver.ledger.Reason;
import org.chatarchiver.ledger.Replays;
import org.chatarchiver.message.Printable;
import org.chatarchiver.msexchange.transport.Fault;
import org.chatarchiver.msexchange.transport.Found;
import org.chatarchiver.msexchange.transport.Outcome;
import org.springframework.stereotype.Component;

/** Records what the destination answered, and says what of it is a failure. */
@Component("deliveryOutcomes")
public class DeliveryOutcomes {
    private static final String UNCLEAR =
            "It is unclear whether it was delivered: the mailbox could not be searched for it. A requeue looks for it before it is sent. ";

    /** What costs a time-out, or comes with a pause that the mailbox asks for. */
    private static final Set<Fault> SLOW = EnumSet.of(Fault.UNAVAILABLE, Fault.THROTTLED, Fault.LOGIN_REFUSED);

    private final Items items;
    private final RetrySchedule retrySchedule;
    private final MailboxBackoff backoff;
    private final Outages outages;
    private final Replays replays;
    private final DeliveryMeters meters;

    DeliveryOutcomes(
            Items items,
            RetrySchedule retrySchedule,
            MailboxBackoff backoff,
            Outages outages,
            Replays replays,
            DeliveryMeters meters) {
        this.items = items;
        this.replays = replays;
        this.retrySchedule = retrySchedule;
        this.backoff = backoff;
        this.outages = outages;
        this.meters = meters;
    }

    /**
     * Settles what was in doubt and has been found, and gives what is left to send: nothing while that is unclear, since it would meet the
     * same trouble.
     *
     * @throws OutageException if the destination as a whole is what could not be asked
     */
    public MailboxBatch found(@Body Found answer, @Variable(DeliveryVariables.DOUBTFUL) MailboxBatch batch) {
        return answer instanceof Found.Unclear unclear
                ? unclear(unclear, batch)
                : answered((Found.Answered) answer, batch);
    }

    private MailboxBatch answered(Found.Answered answer, MailboxBatch batch) {
        List<Settled> settled = new ArrayList<>();
        List<MailboxBatch.Posting> left = new ArrayList<>();
        for (MailboxBatch.Posting posting : batch.postings()) {
            Long uid = posting.doubtful() ? answer.uids().get(posting.email().messageId()) : null;
            if (uid == null) {
                left.add(posting);
            } else {
                settled.add(delivered(posting, uid));
            }
        }
        settle(batch, settled);
        return batch.left(left, List.of());
    }

    private MailboxBatch unclear(Found.Unclear answer, MailboxBatch batch) {
        List<Settled> settled = new ArrayList<>();
        List<Settled> waiting = new ArrayList<>();
        List<Failure> failures = new ArrayList<>();
        Reason reason = FaultReasons.reason(answer.fault());
        boolean outage = answer.fault().outage();
        boolean counts = !outage && !answer.fault().undecided();
        for (MailboxBatch.Posting posting : batch.postings()) {
            Settled later = outage
                    ? retrySchedule.afterOutage(posting.item(), reason, answer.detail())
                    : retrySchedule.later(posting.item(), reason, answer.delay(), answer.detail());
            if (SLOW.contains(answer.fault())) {
                backoff.rest(batch.mailbox(), later);
            }
            if (!outage && posting.doubtful() && isOver(posting.item(), answer.fault(), answer.delay())) {
                failures.add(failure(posting, reason, UNCLEAR + answer.detail()));
            } else if (!counts || !posting.doubtful()) {
                waiting.add(later);
            } else {
                settled.add(later);
            }
        }
        settle(batch, settled);
        postpone(batch, waiting, outage);
        suspect(batch, answer.fault(), answer.detail());
        if (outage) {
            throw outage(batch, answer.detail());
        }
        return batch.left(List.of(), failures);
    }

    /** Notes what has been looked for and is not there, before it is sent. */
    public MailboxBatch noteMissing(@Body MailboxBatch left) {
        List<Item> missing = left.postings().stream()
                .filter(MailboxBatch.Posting::doubtful)
                .map(MailboxBatch.Posting::item)
                .toList();
        if (!missing.isEmpty()) {
            replays.missing(missing);
        }
        return left;
    }

    /**
     * Settles a batch; failures are left to their channel, so that they become final there.
     *
     * @throws OutageException if the destination as a whole is out, once everything else is settled
     */
    public List<Failure> settle(@Body List<Outcome> outcomes, @Variable(DeliveryVariables.BATCH) MailboxBatch batch) {
        List<Settled> settled = new ArrayList<>();
        List<Failure> failures = new ArrayList<>();
        List<Settled> waiting = new ArrayList<>();
        String outage = null;
        for (int i = 0; i < outcomes.size(); i++) {
            MailboxBatch.Posting posting = batch.postings().get(i);
            Outcome outcome = outcomes.get(i);
            if (outcome instanceof Outcome.Delivered delivered) {
                outages.delivered(batch.mailbox());
                settled.add(delivered(posting, delivered.uid()));
            } else if (outcome instanceof Outcome.Rejected rejected) {
                outages.understood();
                failures.add(failure(posting, FaultReasons.reason(rejected.fault()), sentence(rejected, batch)));
            } else if (outcome instanceof Outcome.Retryable retryable) {
                Fault fault = retryable.fault();
                Reason reason = FaultReasons.reason(fault);
                // What is in doubt waits until the server must have settled, outage or not.
                Settled later = fault.outage() && !retryable.inDoubt()
                        ? retrySchedule.afterOutage(posting.item(), reason, retryable.detail())
                        : retrySchedule.later(posting.item(), reason, retryable.delay(), retryable.detail());
                if (fault.outage()) {
                    outage = retryable.detail();
                    waiting.add(later);
                } else if (isOver(posting.item(), fault, retryable.delay())) {
                    String doubt = retryable.inDoubt() ? UNCLEAR : "";
                    failures.add(failure(posting, reason, doubt + retryable.detail()));
                } else if (isNoTry(fault)) {
                    waiting.add(later);
                } else {
                    settled.add(later);
                }
                if (SLOW.contains(fault)) {
                    backoff.rest(batch.mailbox(), later);
                }
                suspect(batch, fault, retryable.detail());
            }
        }
        settle(batch, settled);
        postpone(batch, waiting, outage != null);
        if (outage != null) {
            throw outage(batch, outage);
        }
        return failures;
    }

    private static boolean isNoTry(Fault fault) {
        return fault.undecided() || fault == Fault.BUSY;
    }

    /** An item that is begun at the destination stands there in its user's sight: neither may it be tried again without an end. */
    private boolean isOver(Item item, Fault fault, Duration asked) {
        return isNoTry(fault)
                ? retrySchedule.isTooLong(item)
                : retrySchedule.isOver(item) || retrySchedule.outlasts(item, asked);
    }

    private void suspect(MailboxBatch batch, Fault fault, String why) {
        if (fault.undecided()) {
            outages.suspect(batch.mailbox(), why);
        }
    }

    private static String sentence(Outcome.Rejected rejected, MailboxBatch batch) {
        return rejected.fault() == Fault.PERMISSION_DENIED
                ? "The archiver may not write into the folder '" + Printable.of(batch.folder()) + "' of "
                        + Printable.of(batch.mailbox()) + "; give it the right to, and requeue. The answer was: "
                        + rejected.detail()
                : rejected.detail();
    }

    private OutageException outage(MailboxBatch batch, String why) {
        outages.begin(batch.mailbox(), why);
        return OutageException.noted(why);
    }

    private void settle(MailboxBatch batch, List<Settled> settled) {
        if (settled.isEmpty()) {
            return;
        }
        items.settle(settled);
        meters.settled(connector(batch), settled);
    }

    private void postpone(MailboxBatch batch, List<Settled> waiting, boolean outage) {
        items.postpone(waiting, outage);
        if (!waiting.isEmpty()) {
            meters.putOff(connector(batch), waiting);
        }
    }

    private static String connector(MailboxBatch batch) {
        return batch.postings().get(0).message().connector();
    }

    private static Settled delivered(MailboxBatch.Posting posting, long uid) {
        Reason partial = posting.message().partial();
        return new Settled(
                posting.item(), partial == null ? ItemState.IMPORTED : ItemState.PARTIAL, partial, null, uid, null);
    }

    private static Failure failure(MailboxBatch.Posting posting, Reason reason, String detail) {
        return posting.message().failure(posting.item(), reason, detail);
    }
}
