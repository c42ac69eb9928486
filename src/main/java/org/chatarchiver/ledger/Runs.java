package org.chatarchiver.ledger;

import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiPredicate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Runs: opened behind the connector's lease, landed or failed by who holds it, ended when every outcome is final. */
@Component
public class Runs {
    /** A window is asked for so often before what is missing may be accepted. */
    public static final int ATTEMPTS = 3;

    private static final int LONGEST_NAME = 200;

    static final DateTimeFormatter ID =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final JdbcClient jdbc;
    private final RunLeases leases;
    private final FailedWindows failed;
    private final RunAudit audit;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    Runs(JdbcClient jdbc, RunLeases leases, FailedWindows failed, RunAudit audit, Clock clock) {
        this.jdbc = jdbc;
        this.leases = leases;
        this.failed = failed;
        this.audit = audit;
        this.clock = clock;
    }

    /** As {@link #open(Opening)}, for a window that is no part of a longer wish, into the folder that is known of the connector later. */
    @Transactional
    public Optional<Run> open(String connector, Run.Cause cause, boolean dry, Instant from, Instant to) {
        return open(new Opening(connector, null, cause, dry, from, to, null));
    }

    /**
     * Opens a run and takes the connector's lease; empty where another run holds it, or was interrupted and has not ended, and where the
     * connector is paused.
     */
    @Transactional
    public Optional<Run> open(Opening opening) {
        return open(opening, leases::take);
    }

    private Optional<Run> open(Opening opening, BiPredicate<String, String> lease) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        byte[] salt = new byte[3];
        random.nextBytes(salt);
        String id = ID.format(now) + "-" + HexFormat.of().formatHex(salt) + (opening.dry() ? Run.DRY : "");
        return lease.test(opening.connector(), id) ? Optional.of(insert(id, opening, now)) : Optional.empty();
    }

    private Run insert(String id, Opening opening, Instant now) {
        // What the database keeps of a time, so that a run is the same when it is found again.
        Instant from = opening.from().truncatedTo(ChronoUnit.MICROS);
        Instant to = opening.to().truncatedTo(ChronoUnit.MICROS);
        boolean dry = opening.dry();
        int attempt = dry ? 1 : 1 + tried(opening.connector(), opening.cause(), from, to);
        jdbc.sql(
                        "insert into run (id, connector, cause, dry, window_from, window_to, state, started, attempt, fully_landed, wish_to, folder) values (?, ?, ?, ?, ?, ?, 'RUNNING', ?, ?, false, ?, ?)")
                .params(Arrays.asList(
                        id,
                        opening.connector(),
                        opening.cause().name(),
                        dry,
                        Sql.at(from),
                        Sql.at(to),
                        Sql.at(now),
                        attempt,
                        Sql.at(opening.wishTo()),
                        opening.folder()))
                .update();
        Run run = asks(id);
        audit.opened(run, opening.by());
        return run;
    }

    private Run asks(String id) {
        Run run = find(id).orElseThrow();
        failed.polled(run);
        return run;
    }

    /** How often the window was asked for and landed without being all that the source has. */
    private int tried(String connector, Run.Cause cause, Instant from, Instant to) {
        return jdbc.sql(
                        "select count(*) from run where connector = ? and not dry and window_from = ? and window_to = ? and landed is not null and not fully_landed and cause <> 'ADOPTED' and (cause = 'BACKFILL') = ?")
                .params(connector, Sql.at(from), Sql.at(to), cause == Run.Cause.BACKFILL)
                .query(Integer.class)
                .single();
    }

    /** Gives a run that has landed nothing yet another window. */
    @Transactional
    public Run move(Run run, Instant from, Instant to) {
        jdbc.sql(
                        "update run set window_from = ?, window_to = ?, attempt = ?, reason = null, detail = null where id = ? and state = 'RUNNING'")
                .params(
                        Sql.at(from),
                        Sql.at(to),
                        run.dry() ? 1 : 1 + tried(run.connector(), run.cause(), from, to),
                        run.id())
                .update();
        return asks(run.id());
    }

    /** Keeps the lease of a run that still polls here; false if it has ended, or another process goes on with it. */
    public boolean renew(String run) {
        return leases.renew(run);
    }

    /**
     * The source has given everything: the next run of the connector may start although delivery goes on.
     *
     * @return false, and nothing changed, where the run was cancelled or another process has taken it up
     */
    @Transactional
    public boolean landed(String run, Long totalCount) {
        return leases.holds(run)
                && released(
                        run,
                        jdbc.sql("update run set landed = ?, total_count = ? where id = ? and state = 'RUNNING'")
                                .params(Sql.at(clock.instant()), totalCount, run)
                                .update());
    }

    /** As {@link #landed(String, Long)}; the lease goes straight to the next run, so that no other slips in between. */
    @Transactional
    public Optional<Run> landed(String run, Long totalCount, Opening next) {
        return landed(run, totalCount) ? open(next, leases::takeOn) : Optional.empty();
    }

    /**
     * The poll ended by an error; pages that landed before are archived all the same.
     *
     * @return false, and nothing changed, where the run was cancelled or another process has taken it up
     */
    @Transactional
    public boolean failed(String run, Reason reason, String detail) {
        return leases.holds(run)
                && released(
                        run,
                        jdbc.sql(
                                        "update run set state = 'FAILED', finished = ?, reason = ?, detail = ? where id = ? and state = 'RUNNING'")
                                .params(Sql.at(clock.instant()), reason.name(), Sql.detail(detail), run)
                                .update())
                && ended(run);
    }

    private boolean ended(String run) {
        audit.ended(find(run).orElseThrow());
        return true;
    }

    /** As {@link #failed(String, Reason, String)}; the lease goes straight to the next run, so that no other slips in between. */
    @Transactional
    public Optional<Run> failed(String run, Reason reason, String detail, Opening next) {
        return failed(run, reason, detail) ? open(next, leases::takeOn) : Optional.empty();
    }

    private boolean released(String run, int ended) {
        leases.release(run);
        return ended == 1;
    }

    /** Ends a run whose every outcome is final; does nothing to one that has ended. */
    boolean finished(String run, Run.State state, Reason reason, String detail) {
        return jdbc.sql(
                                        "update run set state = ?, finished = ?, reason = ?, detail = ? where id = ? and state = 'RUNNING'")
                                .params(
                                        state.name(),
                                        Sql.at(clock.instant()),
                                        Sql.name(reason),
                                        Sql.detail(detail),
                                        run)
                                .update()
                        == 1
                && ended(run);
    }

    /** Keeps whether the window of a run has landed with all that the source has of it; false if the run has not landed at all. */
    boolean fullyLanded(String run, boolean whole) {
        return jdbc.sql("update run set fully_landed = ? where id = ? and landed is not null")
                        .params(whole, run)
                        .update()
                == 1;
    }

    /** Records that an administrator takes an INCOMPLETE run as it is; false if it was accepted before or is not INCOMPLETE. */
    boolean accepted(String run, String administrator, String why) {
        boolean accepted = jdbc.sql(
                                "update run set accepted = ?, accepted_by = ? where id = ? and state = 'INCOMPLETE' and accepted is null")
                        .params(Sql.at(clock.instant()), Sql.text(administrator, LONGEST_NAME), run)
                        .update()
                == 1;
        if (accepted) {
            audit.accepted(find(run).orElseThrow(), administrator, why);
        }
        return accepted;
    }

    public Optional<Run> find(String run) {
        return jdbc.sql("select * from run where id = ?")
                .params(run)
                .query(Runs::row)
                .optional();
    }

    /** The folder into which a run's e-mails go, whatever its connector's is by now; empty for a run that was opened before that was kept. */
    public Optional<String> folder(String run) {
        return jdbc.sql("select folder from run where id = ? and folder is not null")
                .params(run)
                .query(String.class)
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

    private static Run.Wait wait(ResultSet row) throws SQLException {
        Instant until = Sql.at(row, "waits_until");
        return until == null ? null : new Run.Wait(until, row.getString("waits_for"));
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
                row.getString("detail"),
                row.getInt("attempt"),
                Sql.at(row, "accepted"),
                row.getString("accepted_by"),
                wait(row));
    }
}
