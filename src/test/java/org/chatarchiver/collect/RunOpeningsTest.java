package org.chatarchiver.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.chatarchiver.connector.LedgerOnH2;
import org.chatarchiver.ledger.Polls;
import org.chatarchiver.ledger.Run;
import org.chatarchiver.ledger.RunLeases;
import org.chatarchiver.ledger.Runs;
import org.chatarchiver.ledger.Watermarks;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

class RunOpeningsTest {
    private static final Instant FROM = Instant.parse("2026-11-18T00:00:00Z");

    private LedgerOnH2 ledger;
    private Leases leases;
    private RunOpenings openings;
    private Run run;

    @BeforeEach
    void open() {
        ledger = new LedgerOnH2();
        leases = new Leases(ledger.bean(RunLeases.class));
        openings = new RunOpenings(leases, ledger.bean(Watermarks.class));
        run = ledger.bean(Runs.class)
                .open("wechat", Run.Cause.SCHEDULE, false, FROM, FROM.plus(Duration.ofDays(1)))
                .orElseThrow();
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void aRunThatHasBegunHoldsItsLeaseAndItsWindowIsWhereTheChainBegins() {
        openings.opened(LedgerOnH2.connector("wechat"), run, new WindowQueue(List.of(), null, 0));
        assertThat(leases.keeps(run.id())).isTrue();
        assertThat(ledger.bean(Watermarks.class).of("wechat")).contains(FROM);
    }

    @Test
    void aRunThatCannotBeginKeepsNoLeaseSoThatItIsTakenUpOnceThatHasLapsed() {
        JdbcTemplate database = ledger.bean(JdbcTemplate.class);
        database.execute("alter table connector rename to connector_away");
        assertThatThrownBy(() -> openings.begin(run)).isInstanceOf(DataAccessException.class);
        database.execute("alter table connector_away rename to connector");

        assertThat(leases.polls(run.id())).isFalse();
        leases.renew();
        database.update("update connector set lease_until = current_timestamp - interval '1' hour");

        assertThat(ledger.bean(Polls.class).takeUp("wechat")).contains(run);
        openings.begin(run);
        assertThat(leases.keeps(run.id())).isTrue();
    }
}
