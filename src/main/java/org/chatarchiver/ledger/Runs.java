package org.chatarchiver.ledger;

import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Runs and the lease that keeps a connector to one of them at a time. */
@Component
public class Runs {
    /** A holder renews far more often; one that does not is dead. */
    public static final Duration LEASE = Duration.ofMinutes(2);

    static final DateTimeFormatter ID =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS'Z'").withZone(ZoneOffset.UTC);

    private final JdbcClient jdbc;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    Runs(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Opens a run and takes the connector's lease; empty where another run holds it. */
    @Transactional
    public Optional<Run> open(String connector, Run.Cause cause, boolean dry, Instant from, Instant to) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        byte[] salt = new byte[3];
        random.nextBytes(salt);
        String id = ID.format(now) + "-" + HexFormat.of().formatHex(salt) + (dry ? Run.DRY : "");
        register(connector);
        int leased = jdbc.sql(
                        "update connector set lease_run = ?, lease_until = ? where id = ? and (lease_run is null or lease_until < ?)")
                .params(id, Sql.at(now.plus(LEASE)), connector, Sql.at(now))
                .update();
        if (leased == 0) {
            return Optional.empty();
        }
        interrupted(connector, now);
        // What the database keeps of a time, so that a run is the same when it is found again.
        Instant first = from.truncatedTo(ChronoUnit.MICROS);
        Instant end = to.truncatedTo(ChronoUnit.MICROS);
        Run run = new Run(id, connector, cause, dry, first, end, Run.State.RUNNING, now, null, null, null, null, null);
        jdbc.sql(
                        "insert into run (id, connector, cause, dry, window_from, window_to, state, started) values (?, ?, ?, ?, ?, ?, ?, ?)")
                .params(
                        id,
                        connector,
                        cause.name(),
                        dry,
                        Sql.at(first),
                        Sql.at(end),
                        run.state().name(),
                        Sql.at(now))
                .update();
        return Optional.of(run);
    }

    /** A run that lost its lease while it polled was killed: what it landed is archived, its window is asked for again. */
    private void interrupted(String connector, Instant now) {
        jdbc.sql(
                        "update run set state = 'FAILED', finished = ?, reason = ?, detail = ? where connector = ? and state = 'RUNNING' and landed is null")
                .params(
                        Sql.at(now),
                        Reason.RUN_INTERRUPTED.name(),
                        "The archiver stopped while it polled; the window is asked for again.",
                        connector)
                .update();
    }

    private void register(String connector) {
        jdbc.sql("insert into connector (id) values (?) on conflict do nothing")
                .params(connector)
                .update();
    }

    /** Keeps the lease of a run that still polls; false if another run has taken it. */
    public boolean renew(String run) {
        return jdbc.sql("update connector set lease_until = ? where lease_run = ?")
                        .params(Sql.at(clock.instant().plus(LEASE)), run)
                        .update()
                == 1;
    }

    private void release(String run) {
        jdbc.sql("update connector set lease_run = null, lease_until = null where lease_run = ?")
                .params(run)
                .update();
    }

    /** The source has given everything: the next run of the connector may start although delivery goes on. */
    @Transactional
    public void landed(String run, Long totalCount) {
        jdbc.sql("update run set landed = ?, total_count = ? where id = ? and state = 'RUNNING'")
                .params(Sql.at(clock.instant()), totalCount, run)
                .update();
        release(run);
    }

    /** The poll ended by an error; pages that landed before are archived all the same. */
    @Transactional
    public void failed(String run, Reason reason, String detail) {
        jdbc.sql(
                        "update run set state = 'FAILED', finished = ?, reason = ?, detail = ? where id = ? and state = 'RUNNING'")
                .params(Sql.at(clock.instant()), reason.name(), Sql.detail(detail), run)
                .update();
        release(run);
    }

    /** Ends a run whose every outcome is final; does nothing to one that has ended. */
    boolean finished(String run, Run.State state, Reason reason, String detail) {
        return jdbc.sql(
                                "update run set state = ?, finished = ?, reason = ?, detail = ? where id = ? and state = 'RUNNING'")
                        .params(state.name(), Sql.at(clock.instant()), Sql.name(reason), Sql.detail(detail), run)
                        .update()
                == 1;
    }

    public Optional<Run> find(String run) {
        return jdbc.sql("select * from run where id = ?")
                .params(run)
                .query(Runs::row)
                .optional();
    }

    /** Newest first; those older than {@code after}, an id, if it is not empty. */
    public List<Run> list(String connector, int limit, String after) {
        // In SQL a null would be equal to nothing, and the list empty.
        Objects.requireNonNull(after, "after: give the empty string for the newest runs");
        return jdbc.sql("select * from run where connector = ? and (? = '' or id < ?) order by id desc limit ?")
                .params(connector, after, after, limit)
                .query(Runs::row)
                .list();
    }

    /** Runs whose poll has ended and whose outcomes may all be final. */
    public List<String> unfinished() {
        return jdbc.sql("select id from run where state = 'RUNNING' and landed is not null order by id")
                .query(String.class)
                .list();
    }

    static Run row(ResultSet row, int number) throws SQLException {
        return new Run(
                row.getString("id"),
                row.getString("connector"),
                Run.Cause.valueOf(row.getString("cause")),
                row.getBoolean("dry"),
                Sql.at(row, "window_from"),
                Sql.at(row, "window_to"),
                Run.State.valueOf(row.getString("state")),
                Sql.at(row, "started"),
                Sql.at(row, "landed"),
                Sql.at(row, "finished"),
                row.getObject("total_count", Long.class),
                Sql.reason(row),
                row.getString("detail"));
    }
}
