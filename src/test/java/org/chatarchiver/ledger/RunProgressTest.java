package org.chatarchiver.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.chatarchiver.ledger.TestLedger.CONNECTOR;
import static org.chatarchiver.ledger.TestLedger.fresh;
import static org.chatarchiver.ledger.TestLedger.imported;
import static org.chatarchiver.ledger.TestLedger.revision;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.chatarchiver.ledger.RunProgress.Progress;

class RunProgressTest extends LedgerContract {
    RunProgressTest(TestLedger ledger) {
        super(ledger);
    }

    @LedgerTest
    void aRunIsAsFarAsItsPagesAndItemsAre() {
        Run run = ledger.run();
        assertThat(progress(run)).isEqualTo(new Progress(run, 0, 0, 0, 0, 0, 0, Map.of()));
        assertThat(progress(run).itemsKnown()).isZero();

        ledger.pages.done(ledger.delivered(run, 1, "m1", "m2"));
        Page second = ledger.page(run, 2, 100);
        Items.Fresh served = fresh(revision(second, "m3", 0), "anna@example.com", "bert@example.com");
        ledger.items.register(List.of(served));
        ledger.items.settle(List.of(imported(served.items().get(0))));
        ledger.failed(second, "m4", "cleo@example.com", Reason.QUOTA_EXCEEDED);

        assertThat(progress(run)).satisfies(now -> {
            assertThat(now.pagesLanded()).isEqualTo(2);
            assertThat(now.pagesDone()).isEqualTo(1);
            assertThat(now.itemsDone()).isEqualTo(4);
            assertThat(now.itemsPending()).isEqualTo(1);
            assertThat(now.itemsKnown())
                    .as("each unread message is an item at least")
                    .isEqualTo(now.messages());
        });
        ledger.items.settle(List.of(imported(served.items().get(1))));
    }

    @LedgerTest
    void ofNoRunThereIsNone() {
        assertThat(ledger.progress.of("none")).isEmpty();
    }

    @LedgerTest
    void whatWasArchivedLastIsOfTheLatestRunThatArchivedAnything() {
        assertThat(ledger.lastArchived.of(CONNECTOR)).isEmpty();
        Run first = ledger.run();
        ledger.delivered(first, 1, "m1");
        ledger.runs.landed(first.id(), 1L);
        ledger.clock.pass(Duration.ofHours(1));
        Run second = ledger.run();
        ledger.delivered(second, 1, "m2");
        ledger.clock.pass(Duration.ofMinutes(1));
        ledger.delivered(second, 2, "m3");
        Instant last = ledger.clock.instant();
        ledger.runs.landed(second.id(), 2L);
        ledger.clock.pass(Duration.ofHours(1));
        ledger.page(ledger.run(), 1, 0);

        assertThat(ledger.lastArchived.of(CONNECTOR)).hasValue(last);
        assertThat(ledger.lastArchived.of("whatsapp")).isEmpty();
    }

    private Progress progress(Run run) {
        return ledger.progress.of(run.id()).orElseThrow();
    }
}
