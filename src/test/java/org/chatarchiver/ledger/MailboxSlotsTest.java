package org.chatarchiver.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.simple.JdbcClient;

class MailboxSlotsTest extends LedgerContract {
    private static final MailboxSlots.Slot OF_ANN = new MailboxSlots.Slot("ann@example.com", 0);
    private static final String ANN = "ann@example.com";
    private static final String BEN = "ben@example.com";
    private static final Duration A_WHILE = Duration.ofSeconds(10);

    final MailboxSlots one;
    final MailboxSlots other;

    MailboxSlotsTest(TestLedger ledger) {
        super(ledger);
        one = slots();
        other = slots();
    }

    private MailboxSlots slots() {
        JdbcClient jdbc = JdbcClient.create(ledger.jdbc);
        return new MailboxSlots(
                jdbc,
                ledger.jdbc.getDataSource(),
                new Archivers(jdbc, ledger.runLeases),
                new LeaseProperties(Duration.ofMinutes(2)));
    }

    private static int number(MailboxSlots slots, String mailbox, int most) {
        return slots.take(mailbox, most, A_WHILE).slot();
    }

    @LedgerTest(Database.H2)
    void anEmbeddedLedgerNeedsNone() {
        assertThat(one.isShared()).isFalse();
    }

    @LedgerTest(Database.POSTGRESQL)
    void aLedgerThatOthersMayShareNeedsThem() {
        assertThat(one.isShared()).isTrue();
    }

    @LedgerTest(Database.POSTGRESQL)
    void aMailboxHasSoManyOverAllArchivers() {
        assertThat(List.of(number(one, ANN, 3), number(other, ANN, 3), number(one, ANN, 3)))
                .containsExactlyInAnyOrder(0, 1, 2);
        assertThat(other.take(ANN, 3, A_WHILE)).isEqualTo(new MailboxSlots.Taken(-1, false, Duration.ZERO));
        assertThat(number(other, BEN, 3)).isNotNegative();
    }

    @LedgerTest(Database.POSTGRESQL)
    void manyThatAskAtOnceNeverGetMore() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        List<Callable<Integer>> asks = IntStream.range(0, 64)
                .<Callable<Integer>>mapToObj(i -> () -> number(i % 2 == 0 ? one : other, ANN, 4))
                .toList();
        List<Integer> taken = new ArrayList<>();
        for (Future<Integer> answer : threads.invokeAll(asks)) {
            taken.add(answer.get());
        }
        threads.shutdown();

        assertThat(taken).filteredOn(slot -> slot >= 0).hasSize(4).doesNotHaveDuplicates();
    }

    @LedgerTest(Database.POSTGRESQL)
    void whatIsGivenBackIsFreeAndNobodyGivesBackWhatAnotherHas() {
        MailboxSlots.Slot slot = new MailboxSlots.Slot(ANN, number(one, ANN, 1));
        other.release(List.of(slot));
        assertThat(number(other, ANN, 1)).isNegative();

        one.release(List.of(slot));

        assertThat(number(other, ANN, 1)).isZero();
    }

    @LedgerTest(Database.POSTGRESQL)
    void thoseOfADeadArchiverEndWithItsLease() {
        number(one, ANN, 1);
        lapse();
        assertThat(number(other, ANN, 1)).isZero();
        assertThat(one.renew(List.of(OF_ANN))).isEmpty();
        assertThat(other.renew(List.of(OF_ANN))).containsExactly(OF_ANN);
    }

    @LedgerTest(Database.POSTGRESQL)
    void whatIsRenewedStays() {
        number(one, ANN, 1);
        lapse();
        assertThat(one.renew(List.of(OF_ANN))).containsExactly(OF_ANN);
        assertThat(number(other, ANN, 1)).isNegative();
    }

    @LedgerTest(Database.POSTGRESQL)
    void oneThatItsArchiverKnowsNothingOfAnyMoreEndsWithItsLease() {
        number(one, ANN, 1);
        number(one, BEN, 1);
        lapse();
        MailboxSlots.Slot ofBen = new MailboxSlots.Slot(BEN, 0);
        assertThat(one.renew(List.of(ofBen))).containsExactly(ofBen);
        assertThat(number(other, ANN, 1)).isZero();
        assertThat(number(other, BEN, 1)).isNegative();
    }

    @LedgerTest(Database.POSTGRESQL)
    void thoseWhoHaveThemAreToldThatOneIsWanted() {
        number(one, ANN, 1);
        assertThat(one.notices(List.of(ANN))).isEmpty();

        number(other, ANN, 1);

        assertThat(one.notices(List.of(ANN, BEN)))
                .containsExactly(new MailboxSlots.Notice(ANN, Duration.ZERO, true, true));
    }

    @LedgerTest(Database.POSTGRESQL)
    void aPauseThatAServerAsksForCountsForAllArchiversAndTheLongestOfThem() {
        one.throttled(ANN, Duration.ofSeconds(60));
        one.throttled(ANN, Duration.ofSeconds(5));

        MailboxSlots.Taken taken = other.take(ANN, 3, A_WHILE);

        assertThat(taken.slot()).isEqualTo(-1);
        assertThat(taken.throttled()).isBetween(Duration.ofSeconds(50), Duration.ofSeconds(60));
        assertThat(other.notices(List.of(ANN))).singleElement().satisfies(notice -> {
            assertThat(notice.throttled()).isBetween(Duration.ofSeconds(50), Duration.ofSeconds(60));
            assertThat(notice.wanted()).isFalse();
        });
        assertThat(number(other, BEN, 3)).isNotNegative();
    }

    @LedgerTest(Database.POSTGRESQL)
    void whatIsOverCountsNoMoreAndGoes() {
        one.throttled(ANN, Duration.ofMillis(1));
        number(one, BEN, 1);
        number(other, BEN, 1);
        ledger.jdbc.update("update mailbox_notice set throttled_until = current_timestamp - interval '1' second,"
                + " wanted_until = current_timestamp - interval '1' second");

        assertThat(number(other, ANN, 1)).isZero();
        one.renew(List.of());

        assertThat(ledger.jdbc.queryForObject("select count(*) from mailbox_notice", Long.class))
                .isZero();
    }

    private void lapse() {
        ledger.jdbc.update("update mailbox_slot set lease_until = current_timestamp - interval '1' second");
    }
}
