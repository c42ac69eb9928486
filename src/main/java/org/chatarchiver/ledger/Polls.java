package org.chatarchiver.ledger;

import java.sql.ResultSet;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Runs while they poll: what they wait for, taken up again where the archiver that polled has ended, cancelled. */
@Component
public class Polls {
    private static final int LONGEST_NAME = 200;

    private final JdbcClient jdbc;
    private final Runs runs;
    private final RunLeases leases;
    private final RunAudit audit;
    private final Clock clock;

    Polls(JdbcClient jdbc, Runs runs, RunLeases leases, RunAudit audit, Clock clock) {
        this.jdbc = jdbc;
        this.runs = runs;
        this.leases = leases;
        this.audit = audit;
        this.clock = clock;
    }

    /** Takes the lease of the connector for its interrupted run, which nobody polls any more; empty where there is none, and while it is paused. */
    @Transactional
    public Optional<Run> takeUp(String connector) {
        return leases.takeInterrupted(connector).flatMap(runs::find);
    }

    /**
     * Ends a poll by an administrator's wish; what has landed is archived. Who polls keeps the lease until it notices.
     *
     * @param why for the audit log; empty where it is not said
     * @return false, and nothing changed, where the run does not poll
     */
    @Transactional
    public boolean cancel(String run, String administrator, String why) {
        boolean cancelled = jdbc.sql(
                                "update run set state = 'FAILED', finished = ?, reason = ?, detail = ? where id = ? and state = 'RUNNING' and landed is null")
                        .params(
                                Sql.at(clock.instant()),
                                Reason.CANCELLED.name(),
                                "Cancelled by " + Sql.text(administrator, LONGEST_NAME) + ".",
                                run)
                        .update()
                == 1;
        if (cancelled) {
            audit.cancelled(runs.find(run).orElseThrow(), administrator, why);
        }
        return cancelled;
    }

    /**
     * The source may have dropped some of the window: whatever lands, the run ends INCOMPLETE.
     *
     * @param detail one sentence
     * @return false, and nothing changed, where the run does not poll
     */
    public boolean expired(String run, String detail) {
        return jdbc.sql("update run set reason = ?, detail = ? where id = ? and state = 'RUNNING' and landed is null")
                        .params(Reason.SOURCE_EXPIRED.name(), Sql.detail(detail), run)
                        .update()
                == 1;
    }

    /**
     * Notes that the poll waits before it asks the source again.
     *
     * @param until null where it waits no longer
     * @param what one sentence; null where it waits no longer
     */
    public void waits(String run, Instant until, String what) {
        jdbc.sql("update run set waits_until = ?, waits_for = ? where id = ?")
                .params(Arrays.asList(Sql.at(until), Sql.detail(what), run))
                .update();
    }

    /** End of the whole back-fill that the run is a part of; the end of its own window for any other run. */
    public Instant wishTo(Run run) {
        return jdbc.sql("select coalesce(wish_to, window_to) as wish_to from run where id = ?")
                .params(run.id())
                .query((ResultSet row, int number) -> Sql.at(row, "wish_to"))
                .single();
    }
}
