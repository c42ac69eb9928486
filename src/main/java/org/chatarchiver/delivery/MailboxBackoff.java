package org.chatarchiver.delivery;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Body;
import org.chatarchiver.ledger.Items;
import org.chatarchiver.ledger.Items.Settled;
import org.chatarchiver.ledger.Reason;
import org.springframework.stereotype.Component;

/**
 * Mailboxes that are left alone for a while because they have just been in trouble. Their further batches wait in the ledger without a
 * try: otherwise a page of many chunks would spend the time-outs of one stalled mailbox in each of them. Safe for many threads.
 */
@Component("mailboxBackoff")
public class MailboxBackoff {
    private static final int MANY = 1_000;

    private final Items items;
    private final RetrySchedule retrySchedule;
    private final Outages outages;
    private final Clock clock;
    private final Map<String, Rest> backoff = new ConcurrentHashMap<>();

    private record Rest(Instant end, Reason reason, String detail) {}

    MailboxBackoff(Items items, RetrySchedule retrySchedule, Outages outages, Clock clock) {
        this.items = items;
        this.retrySchedule = retrySchedule;
        this.outages = outages;
        this.clock = clock;
    }

    /** Leaves the mailbox of an item alone until its next try. */
    void rest(String mailbox, Settled later) {
        Instant now = clock.instant();
        if (backoff.size() >= MANY) {
            backoff.values().removeIf(rest -> !rest.end().isAfter(now));
        }
        backoff.merge(
                key(mailbox),
                new Rest(later.retryAt(), later.reason(), later.detail()),
                (one, other) -> one.end().isAfter(other.end()) ? one : other);
    }

    /** The batch as it is, or nothing left of it where its mailbox rests. */
    public MailboxBatch admit(@Body MailboxBatch batch) {
        Instant now = clock.instant();
        Rest rest = backoff.get(key(batch.mailbox()));
        if (rest == null || !rest.end().isAfter(now)) {
            rest = outages.putAside(batch.mailbox()).map(MailboxBackoff::aside).orElse(null);
        }
        if (rest == null) {
            return batch;
        }
        List<Settled> later = new ArrayList<>();
        for (MailboxBatch.Posting posting : batch.postings()) {
            later.add(retrySchedule.later(
                    posting.item(), rest.reason(), Duration.between(now, rest.end()), rest.detail()));
        }
        items.postpone(later, false);
        return batch.left(List.of(), List.of());
    }

    private static Rest aside(Instant end) {
        return new Rest(
                end,
                Reason.DESTINATION_UNAVAILABLE,
                "the destination refused this mailbox; others are tried before it");
    }

    private static String key(String mailbox) {
        return mailbox.toLowerCase(Locale.ROOT);
    }
}
