package org.chatarchiver.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.chatarchiver.MovableClock;
import org.chatarchiver.ledger.LedgerBeans;
import org.chatarchiver.ledger.MailboxSlots;
import org.chatarchiver.msexchange.transport.Fault;
import org.chatarchiver.msexchange.transport.Slots;
import org.chatarchiver.msexchange.transport.TransportError;
import org.chatarchiver.msexchange.transport.TransportException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** Archivers that share a ledger in PostgreSQL, of which each could have all connections of a mailbox for itself. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SharedSlotsTest {
    private static final String ANN = "ann@example.com";
    private static final String BEN = "ben@example.com";
    private static final int MOST = 2;
    private static final Duration TURN = Duration.ofSeconds(3);
    private static final Duration SOON = Duration.ofSeconds(20);

    private final List<AnnotationConfigApplicationContext> ledgers = new ArrayList<>();
    private EmbeddedPostgres postgres;
    private JdbcTemplate database;
    private SharedSlots one;
    private SharedSlots other;

    @BeforeAll
    void start() throws IOException {
        postgres = EmbeddedPostgres.start();
        database = new JdbcTemplate(postgres.getPostgresDatabase());
    }

    @BeforeEach
    void open() {
        one = archiver(postgres.getPostgresDatabase());
        other = archiver(postgres.getPostgresDatabase());
        database.update("delete from mailbox_slot");
        database.update("delete from mailbox_notice");
    }

    private SharedSlots archiver(DataSource database) {
        AnnotationConfigApplicationContext ledger = LedgerBeans.on(database, new MovableClock("2026-11-20T10:00:00Z"));
        ledgers.add(ledger);
        return new SharedSlots(ledger.getBean(MailboxSlots.class), TURN);
    }

    @AfterEach
    void close() {
        one.close();
        other.close();
        ledgers.forEach(AnnotationConfigApplicationContext::close);
        ledgers.clear();
    }

    @AfterAll
    void stop() throws IOException {
        postgres.close();
    }

    @Test
    void togetherTheyNeverHaveMoreThanAMailboxMayHave() throws TransportException {
        one.take(ANN, MOST);
        other.take(ANN, MOST);

        TransportError error = refused(one, ANN);

        assertThat(error.fault()).isEqualTo(Fault.BUSY);
        assertThat(error.delay()).isBetween(Duration.ofSeconds(2), Duration.ofSeconds(4));
        // Not sat out by the thread: that is for pauses that the server asks for.
        assertThat(error.asked()).isFalse();
        assertThat(other.take(BEN, MOST).isLapsed()).isFalse();
    }

    @Test
    void oneThatHasEndedIsUsedAgainWithoutAStatement() throws TransportException {
        int[] connections = {0};
        SharedSlots counting = archiver(new DelegatingDataSource(postgres.getPostgresDatabase()) {
            @Override
            public java.sql.Connection getConnection() throws java.sql.SQLException {
                if (!Thread.currentThread().getName().startsWith("mailbox-slots")) {
                    connections[0]++;
                }
                return super.getConnection();
            }
        });
        counting.take(ANN, MOST).close();
        int before = connections[0];

        for (int i = 0; i < 100; i++) {
            counting.take(ANN, MOST).close();
        }

        assertThat(connections[0]).isEqualTo(before);
        counting.close();
    }

    @Test
    void whoWaitsForOneIsNoticedAndGetsItSoonAfterItsEnd() throws TransportException {
        Slots.Slot first = one.take(ANN, 1);
        assertThat(refused(other, ANN, 1).fault()).isEqualTo(Fault.BUSY);

        await().atMost(SOON).until(first::isWanted);
        first.close();

        await().atMost(SOON).until(() -> taken(other, ANN));
        assertThat(refused(one, ANN, 1).fault()).isEqualTo(Fault.BUSY);
    }

    @Test
    void whoWaitsWithoutAnyGetsOneAlthoughTheOthersAreUsedAgainAndAgain() throws TransportException {
        Slots.Slot connection = one.take(ANN, MOST);
        Slots.Slot[] requests = {one.take(ANN, MOST)};
        assertThat(connection.isDue()).isFalse();

        await().pollInterval(Duration.ofMillis(50)).atMost(SOON).until(() -> {
            // As fast as can be: the one that has ended is taken again before the other archiver can have it.
            if (!requests[0].isDue()) {
                requests[0].close();
                requests[0] = one.take(ANN, MOST);
            }
            return !taken(other, ANN, MOST) && (connection.isDue() || requests[0].isDue());
        });
        Slots.Slot due = connection.isDue() ? connection : requests[0];
        Slots.Slot kept = connection.isDue() ? requests[0] : connection;
        due.close();

        assertThat(refused(one, ANN).toString()).contains("its turn");
        await().atMost(SOON).until(() -> taken(other, ANN, MOST));
        assertThat(kept.isDue()).as("one for each turn").isFalse();
        kept.close();
        assertThat(one.take(ANN, MOST)).isSameAs(kept);
    }

    @Test
    void whoHasOneHasToWaitForAnother() throws TransportException {
        Slots.Slot first = one.take(ANN, MOST);
        assertThat(taken(other, ANN, MOST)).isTrue();

        assertThat(taken(other, ANN, MOST)).isFalse();

        await().atMost(SOON).until(first::isWanted);
        await().during(TURN.plusSeconds(2)).atMost(SOON).until(() -> !first.isDue());
    }

    @Test
    void whatEndsInAnOutageOfTheLedgerIsGivenBackBehindIt() throws TransportException {
        AtomicBoolean out = new AtomicBoolean();
        AtomicInteger refused = new AtomicInteger();
        SharedSlots cutOff = archiver(new DelegatingDataSource(postgres.getPostgresDatabase()) {
            @Override
            public java.sql.Connection getConnection() throws java.sql.SQLException {
                if (out.get()) {
                    refused.incrementAndGet();
                    throw new java.sql.SQLTransientConnectionException("The database is down");
                }
                return super.getConnection();
            }
        });
        Slots.Slot first = cutOff.take(ANN, MOST);
        Slots.Slot second = cutOff.take(ANN, MOST);
        out.set(true);
        first.close();
        second.close();
        await().atMost(SOON).until(() -> refused.get() >= 2);

        out.set(false);

        await().atMost(SOON).until(() -> takes(other) && takes(other));
        cutOff.close();
    }

    private static boolean takes(SharedSlots archiver) {
        try {
            archiver.take(ANN, MOST);
            return true;
        } catch (TransportException e) {
            return false;
        }
    }

    @Test
    void aPauseThatAServerAsksForCountsForTheOthers() throws TransportException {
        Slots.Slot before = other.take(ANN, MOST);

        one.throttle(ANN, Duration.ofSeconds(60));

        await().atMost(SOON).until(() -> isThrottled(other, ANN));
        TransportError error = refused(one, ANN);
        assertThat(error.fault()).isEqualTo(Fault.THROTTLED);
        assertThat(error.delay()).isBetween(Duration.ofSeconds(40), Duration.ofSeconds(60));
        assertThat(isThrottled(one, ANN)).isTrue();
        assertThat(isThrottled(one, BEN)).isFalse();
        assertThat(before.isLapsed()).isFalse();
    }

    @Test
    void anArchiverThatStopsLeavesNone() throws TransportException {
        one.take(ANN, 1);
        assertThat(taken(other, ANN)).isFalse();

        one.close();

        assertThat(taken(other, ANN)).isTrue();
    }

    private static TransportError refused(SharedSlots slots, String mailbox) {
        return refused(slots, mailbox, MOST);
    }

    private static TransportError refused(SharedSlots slots, String mailbox, int most) {
        return assertThrows(TransportException.class, () -> slots.take(mailbox, most))
                .error();
    }

    private static boolean taken(SharedSlots slots, String mailbox) {
        return taken(slots, mailbox, 1);
    }

    private static boolean taken(SharedSlots slots, String mailbox, int most) {
        try {
            slots.take(mailbox, most);
            return true;
        } catch (TransportException busy) {
            return false;
        }
    }

    private static boolean isThrottled(SharedSlots slots, String mailbox) {
        try {
            slots.refuseThrottled(mailbox);
            return false;
        } catch (TransportException throttled) {
            return true;
        }
    }
}
