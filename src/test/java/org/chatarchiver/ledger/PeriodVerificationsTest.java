package org.chatarchiver.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.chatarchiver.ledger.PeriodVerifications.OfRun;

class PeriodVerificationsTest extends LedgerContract {
    private static final Instant START = Instant.parse("2026-11-01T00:00:00Z");
    private static final Instant END = hour(5);

    PeriodVerificationsTest(TestLedger ledger) {
        super(ledger);
    }

    @LedgerTest
    void theRunsOfAPeriodComeInPartsEachOnceAndItIsKnownUpToWhenSoManyReach() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            Run run = ledger.run(Run.Cause.SCHEDULE, hour(i), hour(i + 1));
            ids.add(run.id());
            ledger.runs.landed(run.id(), 0L);
        }
        PeriodVerifications periods = ledger.periods;

        List<OfRun> first = periods.of(null, START, END, null, 2);
        List<OfRun> second = periods.of(null, START, END, first.get(1), 2);
        List<OfRun> third = periods.of(TestLedger.CONNECTOR, START, END, second.get(1), 2);

        assertThat(first).extracting(OfRun::run).containsExactly(ids.get(0), ids.get(1));
        assertThat(second).extracting(OfRun::run).containsExactly(ids.get(2), ids.get(3));
        assertThat(third).extracting(OfRun::run).containsExactly(ids.get(4));
        assertThat(periods.of(null, START, END, third.get(0), 2)).isEmpty();
        assertThat(periods.count(null, START, END)).isEqualTo(5);
        assertThat(periods.count(TestLedger.CONNECTOR, hour(1), hour(3))).isEqualTo(2);
        assertThat(periods.count("none", START, END)).isZero();

        Instant reach = periods.reach(null, START, END, 2).orElseThrow();
        assertThat(reach).isEqualTo(hour(2));
        assertThat(periods.count(null, START, reach)).isEqualTo(2);
        assertThat(periods.reach(null, START, END, 5)).isEmpty();
        // All of them begin before that.
        assertThat(periods.reach(null, hour(4).plusSeconds(1), END, 0)).isEmpty();
    }

    private static Instant hour(int number) {
        return START.plus(Duration.ofHours(number));
    }
}
