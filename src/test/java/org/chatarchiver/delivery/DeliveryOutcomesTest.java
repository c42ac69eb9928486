package org.chatarchiver.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.chatarchiver.ledger.Channels;
import org.chatarchiver.ledger.Failure;
import org.chatarchiver.ledger.Item;
import org.chatarchiver.ledger.ItemState;
import org.chatarchiver.ledger.Page;
import org.chatarchiver.ledger.Reason;
import org.chatarchiver.msexchange.transport.Fault;
import org.chatarchiver.msexchange.transport.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** One mailbox in trouble, from its first refusal to the end of the retries. */
class DeliveryOutcomesTest extends ItemInTrouble {
    @Test
    void anOutageBetweenTwoTriesTakesNothingOfAnItemsTime() {
        refused(Fault.QUOTA_EXCEEDED, Duration.ZERO);
        assertThatThrownBy(() -> refused(Fault.UNREACHABLE, Duration.ZERO)).isInstanceOf(OutageException.class);
        assertThat(metrics.get("archiver.destination.outages").counter().count())
                .isEqualTo(1);
        clock.pass(Duration.ofHours(3));

        assertThat(refused(Fault.QUOTA_EXCEEDED, Duration.ZERO)).isEmpty();

        assertThat(item().firstTry()).isEqualTo(clock.instant());
    }

    @Test
    void anItemInTroubleIsTriedAgainWithGrowingPausesAndFailsOnlyAfterAQuarterOfAnHour() {
        Instant first = clock.instant();
        List<Duration> pauses = new ArrayList<>();
        List<Failure> failures = refused(Fault.FOLDER_REFUSED, Duration.ZERO);
        while (failures.isEmpty()) {
            Item waiting = item();
            assertThat(waiting.state()).isEqualTo(ItemState.RETRY);
            assertThat(waiting.reason()).isEqualTo(Reason.FOLDER_REFUSED);
            assertThat(waiting.attempts()).isEqualTo(pauses.size() + 1);
            assertThat(waiting.firstTry()).isEqualTo(first);
            assertThat(entries()).isEmpty();
            pauses.add(Duration.between(clock.instant(), waiting.retryAt()));
            isTakenUpAtItsTimeAndNotBefore(waiting);
            failures = refused(Fault.FOLDER_REFUSED, Duration.ZERO);
        }

        assertThat(pauses)
                .startsWith(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4), Duration.ofSeconds(8))
                .isSorted()
                .allSatisfy(pause -> assertThat(pause).isLessThanOrEqualTo(Duration.ofMinutes(4)));
        assertThat(Duration.between(first, clock.instant())).isBetween(Duration.ofMinutes(15), Duration.ofMinutes(20));
        enter(failures);
        assertThat(item().state()).isEqualTo(ItemState.FAILED);
        assertThat(entries()).singleElement().satisfies(entry -> {
            assertThat(entry.mailbox()).isEqualTo(MAILBOX);
            assertThat(entry.reason()).isEqualTo(Reason.FOLDER_REFUSED);
            assertThat(entry.detail()).isEqualTo("NO FOLDER_REFUSED");
        });
    }

    @Test
    void aFullMailboxIsTriedAgainAfterFiveMinutes() {
        refused(Fault.QUOTA_EXCEEDED, Duration.ZERO);

        assertThat(item().retryAt()).isEqualTo(clock.instant().plus(Duration.ofMinutes(5)));
    }

    @ParameterizedTest
    @CsvSource({"900, true", "901, false"})
    void patienceEndsBehindTheQuarterOfAnHour(int seconds, boolean waits) {
        refused(Fault.UNAVAILABLE, Duration.ZERO);
        clock.pass(Duration.ofSeconds(seconds));

        assertThat(refused(Fault.UNAVAILABLE, Duration.ZERO).isEmpty()).isEqualTo(waits);
        assertThat(item().state()).isEqualTo(waits ? ItemState.RETRY : ItemState.SENDING);
    }

    @Test
    void thePauseThatTheDestinationAsksForIsKeptToTheSecondHoweverOftenItAsks() {
        for (int seconds : new int[] {420, 1, 1, 3, 1}) {
            refused(Fault.THROTTLED, Duration.ofSeconds(seconds));
            assertThat(item().retryAt()).isEqualTo(clock.instant().plusSeconds(seconds));
            clock.set(item().retryAt());
        }
    }

    @Test
    void whatIsPutOffIsCountedByItsReason() {
        refused(Fault.THROTTLED, Duration.ofSeconds(10));
        refused(Fault.BUSY, Duration.ofSeconds(10));

        assertThat(retries("THROTTLED")).isEqualTo(1);
        assertThat(retries("DESTINATION_UNAVAILABLE")).isEqualTo(1);
    }

    private double retries(String reason) {
        return metrics.get("archiver.delivery.retries")
                .tags("connector", "wechat", "reason", reason)
                .counter()
                .count();
    }

    @Test
    void whatIsInDoubtWaitsUntilTheServerHasSettledAlsoInAnOutage() {
        Outcome doubt = new Outcome.Retryable(Fault.UNREACHABLE, Duration.ofSeconds(30), true, "no answer");
        assertThatThrownBy(() -> settle(doubt)).isInstanceOf(OutageException.class);

        assertThat(item().retryAt()).isEqualTo(clock.instant().plusSeconds(30));
    }

    /** Such as one that is begun in the mailbox, and whose attachments are too much for the time there is, again and again. */
    @ParameterizedTest
    @EnumSource(names = {"BUSY", "LOGIN_REFUSED"})
    void whatIsNoTryHasAnEntryWithinTheHourAndIsRequeuedByItself(Fault fault) {
        Instant first = clock.instant();
        List<Failure> failures = refused(fault, Duration.ZERO);
        int tries = 1;
        while (failures.isEmpty()) {
            assertThat(item().state()).isEqualTo(ItemState.RETRY);
            assertThat(item().attempts()).isZero();
            clock.set(item().retryAt());
            failures = refused(fault, Duration.ZERO);
            tries++;
        }

        assertThat(Duration.between(first, clock.instant())).isBetween(Duration.ofMinutes(50), Duration.ofMinutes(60));
        assertThat(tries).isLessThan(40);
        enter(failures);
        assertThat(entries()).extracting(Channels.Entry::reason).containsExactly(Reason.DESTINATION_UNAVAILABLE);
        assertThat(Reason.DESTINATION_UNAVAILABLE.canPass()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"3000, true", "3600, false"})
    void whatShallWaitForAnHourHasAnEntryMeanwhile(int seconds, boolean waits) {
        List<Failure> failures = refused(Fault.THROTTLED, Duration.ofSeconds(seconds));

        assertThat(failures.isEmpty()).isEqualTo(waits);
    }

    @Test
    void whatIsRefusedForGoodFailsAtOnce() {
        enter(settle(new Outcome.Rejected(Fault.REFUSED, "NO not this one")));

        assertThat(item().state()).isEqualTo(ItemState.FAILED);
        assertThat(entries())
                .extracting(Channels.Entry::reason, Channels.Entry::detail)
                .containsExactly(tuple(Reason.DESTINATION_REFUSED, "NO not this one"));
    }

    @Test
    void aDeliveryAfterSomeTriesEndsTheWait() {
        refused(Fault.UNAVAILABLE, Duration.ZERO);
        clock.set(item().retryAt());

        assertThat(settle(new Outcome.Delivered(7))).isEmpty();

        assertThat(item().state()).isEqualTo(ItemState.IMPORTED);
        assertThat(item().retryAt()).isNull();
        assertThat(entries()).isEmpty();
        assertThat(metrics.get("archiver.items")
                        .tag("outcome", "imported")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    private void isTakenUpAtItsTimeAndNotBefore(Item waiting) {
        clock.set(waiting.retryAt().minusMillis(1));
        assertThat(pages.due(10, List.of("wechat"))).isEmpty();
        assertThat(pages.state(page)).isEmpty();
        clock.set(waiting.retryAt());
        assertThat(pages.due(10, List.of("wechat"))).extracting(Page::reference).containsExactly(page.reference());
        assertThat(pages.state(page)).isPresent();
    }
}
