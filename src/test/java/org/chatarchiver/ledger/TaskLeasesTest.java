package org.chatarchiver.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

class TaskLeasesTest extends LedgerContract {
    private static final String TASK = "adoption";

    private final TaskLeases one;
    private final TaskLeases other;
    private final boolean shared;

    TaskLeasesTest(TestLedger ledger) {
        super(ledger);
        one = archiver();
        other = archiver();
        shared = !ledger.runLeases.embedded();
    }

    private TaskLeases archiver() {
        JdbcClient jdbc = JdbcClient.create(ledger.jdbc);
        return new TaskLeases(jdbc, ledger.runLeases, new Archivers(jdbc, ledger.runLeases));
    }

    @LedgerTest
    void ofTwoArchiversWithOneLedgerOneHasATaskAndIsNamed() {
        assertThat(one.take(TASK)).isTrue();
        assertThat(other.take(TASK)).isEqualTo(!shared);
        assertThat(one.take(TASK)).isTrue();
        assertThat(other.take("another")).isTrue();
        assertThat(other.holder(TASK).filter(name -> !name.isBlank()).isPresent())
                .isEqualTo(shared);
        assertThat(one.holder("none")).isEmpty();
    }

    @LedgerTest
    void aTaskThatIsReleasedIsFreeAndOnlyWhoHasItReleasesIt() {
        one.take(TASK);
        other.release(TASK);
        assertThat(other.take(TASK)).isEqualTo(!shared);

        one.release(TASK);
        assertThat(other.take(TASK)).isTrue();
        assertThat(one.take(TASK)).isEqualTo(!shared);

        other.releaseAll();
        assertThat(one.take(TASK)).isTrue();
    }

    @LedgerTest
    void aTaskOfADeadArchiverIsTakenByAnotherAndNotGivenBack() {
        one.take(TASK);
        lapse();
        assertThat(one.holder(TASK)).isEmpty();
        assertThat(other.take(TASK)).isTrue();
        one.renew();
        assertThat(one.take(TASK)).isEqualTo(!shared);
    }

    @LedgerTest
    void aRenewedLeaseHolds() {
        one.take(TASK);
        lapse();
        one.renew();
        assertThat(other.take(TASK)).isEqualTo(!shared);
    }

    @LedgerTest
    void oneThatWasGivenBackAndStandsThereStillEndsWithItsLease() {
        one.take(TASK);
        List<Map<String, Object>> row = ledger.jdbc.queryForList("select * from task_lease");
        one.release(TASK);
        row.forEach(lease -> ledger.jdbc.update(
                "insert into task_lease (task, holder, holder_name, lease_until) values (?, ?, ?, current_timestamp - interval '1' hour)",
                lease.get("task"),
                lease.get("holder"),
                lease.get("holder_name")));
        one.renew();
        assertThat(other.take(TASK)).isTrue();
    }

    private void lapse() {
        ledger.jdbc.update("update task_lease set lease_until = current_timestamp - interval '1' hour");
    }
}
