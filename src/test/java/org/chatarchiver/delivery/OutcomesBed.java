package org.chatarchiver.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.chatarchiver.MovableClock;
import org.chatarchiver.alert.Alarms;
import org.chatarchiver.connector.LedgerOnH2;
import org.chatarchiver.ledger.Failure;
import org.chatarchiver.ledger.Item;
import org.chatarchiver.ledger.ItemState;
import org.chatarchiver.ledger.Items;
import org.chatarchiver.ledger.Page;
import org.chatarchiver.ledger.Pages;
import org.chatarchiver.ledger.Reason;
import org.chatarchiver.ledger.Replays;
import org.chatarchiver.ledger.Revision;
import org.chatarchiver.ledger.Run;
import org.chatarchiver.ledger.Runs;
import org.chatarchiver.msexchange.transport.Email;
import org.chatarchiver.msexchange.transport.Fence;
import org.junit.jupiter.api.AfterEach;

/** Messages of one page for one mailbox: on the real ledger, at a time that the test sets, with the destination's answers made up. */
abstract class OutcomesBed {
    static final String MAILBOX = "ann@example.com";
    static final String FOLDER = "WeChat Archiver";

    final MovableClock clock = new MovableClock("2026-11-20T10:00:00Z");
    final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    final Alarms alarms = new Alarms();
    final Outages outages = DestinationOutages.of("", alarms, metrics, clock);
    final LedgerOnH2 ledger = new LedgerOnH2(clock);
    final Items items = ledger.bean(Items.class);
    final Pages pages = ledger.bean(Pages.class);
    final MailboxBackoff backoff;
    final DeliveryOutcomes settling;
    final Page page;

    OutcomesBed() {
        RetrySchedule retrySchedule = new RetrySchedule(DeliverySettings.shipped(), clock);
        backoff = new MailboxBackoff(items, retrySchedule, outages, clock);
        settling = new DeliveryOutcomes(
                items, retrySchedule, backoff, outages, ledger.bean(Replays.class), new DeliveryMeters(metrics));
        Instant now = clock.instant();
        Run run = ledger.bean(Runs.class)
                .open("wechat", Run.Cause.MANUAL, false, now.minus(Duration.ofDays(1)), now)
                .orElseThrow();
        page = new Page(run.id(), 1, "wechat/2026/11/19/" + run.id() + "/1.json.gz", "a".repeat(64), 1, 2, now);
        pages.landed(page);
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    /** A whole message of that page. */
    record Sent(Page page, Revision revision) implements SentMessage {
        Item sending() {
            return item(ItemState.SENDING, null, null);
        }

        private Item item(ItemState state, Reason reason, String sentence) {
            return new Item(
                    revision.id(), MAILBOX, page.run(), page.number(), state, "FILE", reason, sentence, 0, null, null);
        }

        @Override
        public String connector() {
            return revision.connector();
        }

        @Override
        public Reason partial() {
            return null;
        }

        @Override
        public Failure failure(Item item, Reason reason, String sentence) {
            return new Failure(
                    connector(),
                    page.run(),
                    revision,
                    item(ItemState.FAILING, reason, sentence),
                    revision.owner(),
                    revision.position(),
                    reason,
                    sentence,
                    page.path());
        }
    }

    /** Recorded as being sent, and in doubt. */
    MailboxBatch sending(String... ids) {
        List<MailboxBatch.Posting> postings = new ArrayList<>();
        for (String id : ids) {
            Sent message = new Sent(
                    page, Revision.of("wechat", id, "d".repeat(64), 0, page, postings.size(), "+447700900123", "", ""));
            Item item = message.sending();
            assertThat(items.register(List.of(new Items.Fresh(message.revision(), List.of(item)))))
                    .isTrue();
            postings.add(posting(message, item, true));
        }
        return new MailboxBatch(MAILBOX, FOLDER, postings, true, Fence.OPEN);
    }

    /** As the ledger knows it when its page is taken up. */
    MailboxBatch again(String id, boolean doubtful) {
        Items.Known known = known(id);
        Item item = known.items().get(0);
        return new MailboxBatch(
                MAILBOX,
                FOLDER,
                List.of(posting(new Sent(page, known.revision()), item, doubtful)),
                doubtful,
                Fence.OPEN);
    }

    private MailboxBatch.Posting posting(Sent message, Item item, boolean doubtful) {
        Email email = new Email(
                "<" + message.revision().sourceId() + "@chat-archiver.invalid>", clock.instant(), new byte[] {'x'});
        return new MailboxBatch.Posting(message, item, email, doubtful);
    }

    Item item(String id) {
        return known(id).items().get(0);
    }

    private Items.Known known(String id) {
        return items.recall("wechat", List.of(id)).get(id).get(0);
    }
}
