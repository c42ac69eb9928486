package org.chatarchiver.ledger;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcUtils;
import org.springframework.jdbc.support.MetaDataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The lease that keeps a connector to one polling run at a time, in one process. It counts by the database's clock, so that archivers
 * whose clocks differ, or one whose clock is set, never take a lease from a living run. A run whose lease nobody holds any more is
 * interrupted: nothing else of the connector begins before it has been taken up again.
 */
@Component
public class RunLeases {
    /** A holder renews far more often; one that does not is dead. */
    public static final Duration LEASE = Duration.ofMinutes(2);

    private static final String END = "current_timestamp + interval '" + LEASE.toSeconds() + "' second";
    private static final String FREE = " (lease_run is null or lease_until < current_timestamp)";
    private static final String NOT_PAUSED = " and paused_at is null";

    private final JdbcClient jdbc;
    private final DataSource database;
    private final String holder = UUID.randomUUID().toString();

    RunLeases(JdbcClient jdbc, DataSource database) {
        this.jdbc = jdbc;
        this.database = database;
    }

    /**
     * Takes the lease for a run that is to be opened; false where another one has it, or is interrupted and goes on soon, and where the
     * connector is paused.
     */
    boolean take(String connector, String run) {
        return take(connector, run, NOT_PAUSED);
    }

    /** As {@link #take} for the next window of a wish that has begun: it is kept as a run, which goes on when the pause has ended. */
    boolean takeOn(String connector, String run) {
        return take(connector, run, "");
    }

    private boolean take(String connector, String run, String condition) {
        jdbc.sql("insert into connector (id) values (?) on conflict do nothing")
                .params(connector)
                .update();
        return jdbc.sql(
                                "update connector set lease_run = ?, lease_holder = ?, lease_until = " + END
                                        + " where id = ? and" + FREE + condition
                                        + " and not exists (select 1 from run where run.connector = ? and state = 'RUNNING' and landed is null)")
                        .params(run, holder, connector, connector)
                        .update()
                == 1;
    }

    /** Takes the lease for the interrupted run of a connector that is not paused, if there is one. */
    @Transactional
    public Optional<String> takeInterrupted(String connector) {
        return jdbc
                .sql("select id from run where connector = ? and state = 'RUNNING' and landed is null order by id")
                .params(connector)
                .query(String.class)
                .list()
                .stream()
                .filter(run -> jdbc.sql(
                                        "update connector set lease_run = ?, lease_holder = ?, lease_until = " + END
                                                + " where id = ? and" + FREE + NOT_PAUSED
                                                + " and exists (select 1 from run where run.id = ? and state = 'RUNNING' and landed is null)")
                                .params(run, holder, connector, run)
                                .update()
                        == 1)
                .findFirst();
    }

    /** Keeps the lease of a run that still polls here; false if it has ended, or another process goes on with it. */
    public boolean renew(String run) {
        return jdbc.sql(
                                "update connector set lease_until = " + END
                                        + " where lease_run = ? and lease_holder = ?"
                                        + " and exists (select 1 from run where run.id = ? and state = 'RUNNING' and landed is null)")
                        .params(run, holder, run)
                        .update()
                == 1;
    }

    /** Whether the connector whose run has the lease is paused. */
    public boolean isPaused(String run) {
        return jdbc.sql("select count(*) from connector where lease_run = ? and paused_at is not null")
                        .params(run)
                        .query(Long.class)
                        .single()
                == 1;
    }

    /** Whether no other process has taken the lease, even if it has lapsed. */
    boolean holds(String run) {
        return jdbc.sql("select count(*) from connector where lease_run = ? and lease_holder = ?")
                        .params(run, holder)
                        .query(Long.class)
                        .single()
                == 1;
    }

    /** Gives the lease of a run back; nothing where another process holds it. */
    public void release(String run) {
        jdbc.sql(
                        "update connector set lease_run = null, lease_holder = null, lease_until = null where lease_run = ? and lease_holder = ?")
                .params(run, holder)
                .update();
    }

    /** At start: no other process has an embedded database open, so that whoever held a lease is dead, however fresh it is. */
    public void freeThoseOfADeadProcess() {
        if (embedded()) {
            jdbc.sql(
                            "update connector set lease_run = null, lease_holder = null, lease_until = null where lease_run is not null")
                    .update();
        }
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
}
