package org.chatarchiver.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;

class QueuedPagesTest extends LedgerContract {
    private static final Duration TIME = Duration.ofMinutes(2);

    QueuedPagesTest(TestLedger ledger) {
        super(ledger);
    }

    @LedgerTest
    void aPageThatStandsInTheQueueIsNotQueuedAgainUntilItWasTakenOut() {
        Page page = ledger.page(ledger.run(), 1, 1);
        assertThat(due()).containsExactly(page);
        assertThat(ledger.queued.claim(page.reference(), TIME)).isTrue();

        assertThat(due()).isEmpty();
        assertThat(ledger.queued.claim(page.reference(), TIME)).isFalse();

        ledger.queued.release(page.reference());
        assertThat(due()).containsExactly(page);
        assertThat(ledger.queued.claim(page.reference(), TIME)).isTrue();
    }

    @LedgerTest
    void aPageThatTheQueueHasLostIsQueuedAgainOnceItsTimeIsOver() {
        Page page = ledger.page(ledger.run(), 1, 1);
        ledger.queued.claim(page.reference(), TIME);
        ledger.jdbc.update("update page set queued_until = current_timestamp - interval '1' second");

        assertThat(due()).containsExactly(page);
        assertThat(ledger.queued.claim(page.reference(), TIME)).isTrue();
    }

    @LedgerTest
    void aPageInSomebodysWorkIsNotQueuedUntilItsLeaseIsOver() {
        Page page = ledger.page(ledger.run(), 1, 1);
        ledger.pageLeases.take(page);
        assertThat(due()).isEmpty();

        ledger.jdbc.update("update page set worker_until = current_timestamp - interval '1' second");
        assertThat(due()).containsExactly(page);
    }

    @LedgerTest
    void theSameGoesForAPageWithAnItemWhoseNextTryIsDue() {
        Page page = ledger.page(ledger.run(), 1, 1);
        ledger.failed(page, "m1", "ann@example.com", Reason.QUOTA_EXCEEDED);
        ledger.pages.done(page);
        ledger.channels.requeue(Channel.UNDELIVERABLE, List.of(), "ada");
        assertThat(due()).containsExactly(page);

        ledger.queued.claim(page.reference(), TIME);
        assertThat(due()).isEmpty();
    }

    @LedgerTest
    void whatIsNoPageIsNotQueued() {
        ledger.run();
        for (String text : List.of("", "/", "nonsense", "r1/1", "r1/-1", "r1/99999999999", "\u0000/1")) {
            assertThat(ledger.queued.claim(text, TIME)).as(text).isFalse();
            assertThat(ledger.pages.find(text)).as(text).isEmpty();
        }
    }

    private List<Page> due() {
        return ledger.pages.due(10, List.of(TestLedger.CONNECTOR));
    }
}
