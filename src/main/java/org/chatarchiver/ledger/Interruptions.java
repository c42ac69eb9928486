package org.chatarchiver.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcUtils;
import org.springframework.jdbc.support.MetaDataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Ends the runs whose poll nobody goes on with: FAILED with {@code RUN_INTERRUPTED} and, unless dry, an entry of the source channel, both
 * in one transaction. What they landed is archived, their window is asked for again.
 */
@Component
public class Interruptions {
    private static final String POLLS = "r.state = 'RUNNING' and r.landed is null";

    private final JdbcClient jdbc;
    private final Channels channels;
    private final DataSource database;
    private final Clock clock;

    Interruptions(JdbcClient jdbc, Channels channels, DataSource database, Clock clock) {
        this.jdbc = jdbc;
        this.channels = channels;
        this.database = database;
        this.clock = clock;
    }

    private record Polling(String run, String connector, boolean dry) {}

    /** Ends every run whose lease has lapsed or gone to another. */
    @Transactional
    public List<Failure> endLapsed() {
        return end(jdbc.sql("select r.id, r.connector, r.dry from run r left join connector c on c.lease_run = r.id"
                        + " and c.lease_until >= current_timestamp where c.id is null and " + POLLS)
                .query(Interruptions::row)
                .list());
    }

    /** Ends the runs of a connector that poll without its lease. */
    @Transactional
    public List<Failure> endOf(String connector) {
        return end(jdbc.sql("select r.id, r.connector, r.dry from run r where r.connector = ? and " + POLLS
                        + " and not exists (select 1 from connector c where c.lease_run = r.id)")
                .params(connector)
                .query(Interruptions::row)
                .list());
    }

    /** Ends a run of this process, which is about to stop, and gives its lease back. */
    @Transactional
    public Optional<Failure> stop(String run) {
        release(run);
        return end(jdbc.sql("select r.id, r.connector, r.dry from run r where r.id = ? and " + POLLS)
                        .params(run)
                        .query(Interruptions::row)
                        .list())
                .stream()
                .findFirst();
    }

    /**
     * At start, ends every run that polls, if the database is an embedded one: no other process has it open, so that whoever polled is
     * dead, however fresh the lease.
     */
    @Transactional
    public List<Failure> endOfDeadProcess() {
        if (!embedded()) {
            return List.of();
        }
        List<Polling> polling = jdbc.sql("select r.id, r.connector, r.dry from run r where " + POLLS)
                .query(Interruptions::row)
                .list();
        polling.forEach(run -> release(run.run));
        return end(polling);
    }

    /** Whether no other process can have the database open. */
    boolean embedded() {
        try {
            String url = JdbcUtils.extractDatabaseMetaData(database, metadata -> metadata.getURL())
                    .toLowerCase(Locale.ROOT);
            return url.startsWith("jdbc:h2:")
                    && !url.contains(":tcp:")
                    && !url.contains(":ssl:")
                    && !url.contains("auto_server");
        } catch (MetaDataAccessException e) {
            throw new IllegalStateException("The ledger's database does not say where it is", e);
        }
    }

    private void release(String run) {
        jdbc.sql("update connector set lease_run = null, lease_until = null where lease_run = ?")
                .params(run)
                .update();
    }

    private List<Failure> end(List<Polling> polling) {
        return polling.stream().flatMap(run -> end(run).stream()).toList();
    }

    private Optional<Failure> end(Polling run) {
        String detail = "The archiver stopped while it polled; the window is asked for again.";
        int ended = jdbc.sql(
                        "update run set state = 'FAILED', finished = ?, reason = ?, detail = ? where id = ? and state = 'RUNNING' and landed is null")
                .params(Sql.at(clock.instant()), Reason.RUN_INTERRUPTED.name(), detail, run.run)
                .update();
        if (ended == 0 || run.dry) {
            return Optional.empty();
        }
        Failure failure = Failure.ofPoll(run.connector, run.run, Reason.RUN_INTERRUPTED, detail);
        channels.record(failure);
        return Optional.of(failure);
    }

    private static Polling row(ResultSet row, int number) throws SQLException {
        return new Polling(row.getString("id"), row.getString("connector"), row.getBoolean("dry"));
    }
}
