package org.chatarchiver.archive;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.chatarchiver.MovableClock;
import org.chatarchiver.alert.Alarms;
import org.chatarchiver.connector.Connector;
import org.chatarchiver.connector.Connectors;
import org.chatarchiver.connector.LedgerOnH2;
import org.chatarchiver.delivery.DestinationOutages;
import org.chatarchiver.delivery.Outages;
import org.chatarchiver.ledger.Item;
import org.chatarchiver.ledger.ItemState;
import org.chatarchiver.ledger.Items;
import org.chatarchiver.ledger.Page;
import org.chatarchiver.ledger.Pages;
import org.chatarchiver.ledger.Reason;
import org.chatarchiver.ledger.Revision;
import org.chatarchiver.ledger.Run;
import org.chatarchiver.ledger.Runs;
import org.chatarchiver.msexchange.transport.Existence;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When a page is taken up for its next tries: on the real ledger, at a time that the test sets. */
class NextTriesTest {
    private static final String ANN = "ann@example.com";
    private static final Connector WECHAT =
            new Connector("wechat", "WeChat Archiver", "WECHAT", "WeChat Archiver", "0 15 2 * * ?", "ops", "", true);

    private final MovableClock clock = new MovableClock("2026-11-20T10:00:00Z");
    private final LedgerOnH2 ledger = new LedgerOnH2(clock);
    private final Connectors connectors = new Connectors();
    private final Outages outages = DestinationOutages.of("", new Alarms(), new SimpleMeterRegistry(), clock);
    private final NextTries nextTries = new NextTries(pages(), connectors, outages, clock);
    private Run run;
    private int pageNumber;

    @BeforeEach
    void aRun() {
        connectors.replace(Map.of("wechat", WECHAT), List.of());
        run = ledger.bean(Runs.class)
                .open("wechat", Run.Cause.MANUAL, false, clock.instant().minusSeconds(60), clock.instant())
                .orElseThrow();
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void aPageIsDueAtTheMomentOfItsNextTryAndNotBefore() {
        String one = waiting(Duration.ofSeconds(1));
        String two = waiting(Duration.ofSeconds(3));

        clock.pass(Duration.ofMillis(999));
        assertThat(nextTries.due()).isEmpty();
        clock.pass(Duration.ofMillis(1));
        assertThat(nextTries.due()).containsExactly(one);
        clock.pass(Duration.ofSeconds(2));
        assertThat(nextTries.due()).containsExactly(two);
    }

    @Test
    void anEarlierTryThatComesLaterIsNotMissed() {
        waiting(Duration.ofMinutes(5));
        assertThat(nextTries.due()).isEmpty();
        String soon = waiting(Duration.ofSeconds(1));

        clock.pass(Duration.ofSeconds(1));
        assertThat(nextTries.due()).containsExactly(soon);
    }

    @Test
    void whatWaitedBeforeTheStartIsDueToo() {
        Page page = page();
        wait(page, Duration.ofSeconds(1));
        pages().done(page);

        clock.pass(Duration.ofSeconds(1));
        assertThat(nextTries.due()).containsExactly(page.reference());
    }

    @Test
    void aPageThatIsInWorkIsDueOnceItHasEnded() {
        Page page = page();
        wait(page, Duration.ofSeconds(1));
        clock.pass(Duration.ofSeconds(5));
        assertThat(nextTries.due()).isEmpty();

        pages().done(page);
        nextTries.ended();
        assertThat(nextTries.due()).containsExactly(page.reference());
    }

    @Test
    void aPageThatWasLetPassSinceItsWorkHadNotQuiteEndedIsDueTwoSecondsLater() {
        String page = waiting(Duration.ofSeconds(1));
        clock.pass(Duration.ofSeconds(1));
        assertThat(nextTries.due()).containsExactly(page);
        nextTries.taken(page);

        clock.pass(Duration.ofMillis(1999));
        assertThat(nextTries.due()).isEmpty();
        clock.pass(Duration.ofMillis(1));
        assertThat(nextTries.due()).containsExactly(page);
    }

    @Test
    void aPageThatStillIsInTheQueueIsNotQueuedAgainForAMinute() {
        String page = waiting(Duration.ofSeconds(1));
        clock.pass(Duration.ofSeconds(1));
        assertThat(nextTries.due()).containsExactly(page);

        nextTries.ended();
        clock.pass(Duration.ofSeconds(59));
        assertThat(nextTries.due()).isEmpty();
        nextTries.ended();
        clock.pass(Duration.ofSeconds(1));
        assertThat(nextTries.due()).as("the queue has lost it").containsExactly(page);
    }

    @Test
    void aMailboxThatIsAlwaysThrottledForASecondHasItsPageReadEveryTwoSecondsAtMost() {
        Page page = page();
        wait(page, Duration.ofSeconds(1));
        pages().done(page);
        int taken = 0;
        Instant end = clock.instant().plus(Duration.ofMinutes(1));
        while (clock.instant().isBefore(end)) {
            clock.pass(Duration.ofMillis(250));
            for (String reference : nextTries.due()) {
                nextTries.taken(reference);
                postpone(Duration.ofSeconds(1));
                nextTries.ended();
                taken++;
            }
        }

        assertThat(taken).isBetween(25, 30);
    }

    @Test
    void nothingIsDueInAnOutageAndAllOfItAtItsEnd() {
        String waiting = waiting(Duration.ofSeconds(1));
        outages.begin(ANN, "no answer");
        nextTries.brokenOff("run/7");
        clock.pass(Duration.ofMinutes(1));
        assertThat(nextTries.due()).isEmpty();

        outages.answered(new Existence.Present());
        assertThat(nextTries.due()).containsExactlyInAnyOrder("run/7", waiting);
        assertThat(nextTries.due()).isEmpty();
    }

    /** A page that is done but for an item in its wait. */
    private String waiting(Duration pause) {
        Page page = page();
        wait(page, pause);
        pages().done(page);
        nextTries.ended();
        return page.reference();
    }

    private Page page() {
        pageNumber++;
        String path = "wechat/2026/11/20/" + run.id() + "/0000" + pageNumber + ".json.gz";
        Page page = new Page(run.id(), pageNumber, path, "a".repeat(64), 1, 1, clock.instant());
        pages().landed(page);
        return page;
    }

    private void wait(Page page, Duration pause) {
        Revision revision = Revision.of("wechat", "m" + page.number(), "d".repeat(64), 0, page, 0, "", "", "");
        Item item = new Item(
                revision.id(), ANN, run.id(), page.number(), ItemState.SENDING, "FILE", null, null, 0, null, null);
        assertThat(items().register(List.of(new Items.Fresh(revision, List.of(item)))))
                .isTrue();
        items().settle(List.of(later(item, pause)));
    }

    private void postpone(Duration pause) {
        items().settle(List.of(later(
                items().recall("wechat", List.of("m1")).get("m1").get(0).items().get(0), pause)));
    }

    private Items.Settled later(Item item, Duration pause) {
        return new Items.Settled(
                item,
                ItemState.RETRY,
                Reason.THROTTLED,
                "slower",
                0,
                clock.instant().plus(pause));
    }

    private Items items() {
        return ledger.bean(Items.class);
    }

    private Pages pages() {
        return ledger.bean(Pages.class);
    }
}
