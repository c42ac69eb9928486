package org.chatarchiver.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.chatarchiver.connector.LedgerOnH2;
import org.chatarchiver.ledger.PageLeases;
import org.chatarchiver.ledger.Run;
import org.chatarchiver.ledger.RunLeases;
import org.chatarchiver.ledger.Runs;
import org.chatarchiver.ledger.TaskLeases;
import org.chatarchiver.ledger.Watermarks;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

class LeaseRenewalTest {
    private static final Instant FROM = Instant.parse("2026-11-01T00:00:00Z");

    private final AtomicInteger failures = new AtomicInteger();
    private LedgerOnH2 ledger;
    private LeaseRenewal renewal;
    private JdbcTemplate database;

    @BeforeEach
    void open() {
        ledger = new LedgerOnH2();
        database = ledger.bean(JdbcTemplate.class);
        Leases leases = new Leases(ledger.bean(RunLeases.class)) {
            @Override
            public void renew() {
                if (failures.getAndDecrement() > 0) {
                    throw new StackOverflowError("as it happens");
                }
                super.renew();
            }
        };
        Run run = ledger.bean(Runs.class)
                .open("wechat", Run.Cause.SCHEDULE, false, FROM, FROM.plus(Duration.ofDays(1)))
                .orElseThrow();
        new RunOpenings(leases, ledger.bean(Watermarks.class))
                .opened(LedgerOnH2.connector("wechat"), run, new WindowQueue(List.of(), null, 0));
        renewal = new LeaseRenewal(
                leases, ledger.bean(PageLeases.class), ledger.bean(TaskLeases.class), Duration.ofMillis(10));
        renewal.start();
    }

    @AfterEach
    void close() {
        if (renewal.isRunning()) {
            renewal.stop();
        }
        ledger.close();
    }

    @Test
    void whatIsInWorkHereKeepsItsLeaseWithoutAnyRoute() {
        age();
        await().until(this::fresh);
    }

    @Test
    void whateverIsThrownDoesNotEndIt() {
        failures.set(3);
        await().until(() -> failures.get() < 0);

        age();
        await().until(this::fresh);
    }

    @Test
    void onceItHasEndedNothingIsRenewed() {
        renewal.stop();
        age();
        assertThat(renewal.isRunning()).isFalse();
        await().during(Duration.ofMillis(100)).until(() -> !fresh());
    }

    private void age() {
        database.update("update connector set lease_until = current_timestamp + interval '1' second");
    }

    private boolean fresh() {
        return database.queryForObject(
                        "select count(*) from connector where lease_until > current_timestamp + interval '1' minute",
                        Long.class)
                == 1;
    }
}
