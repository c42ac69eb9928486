package org.chatarchiver.ledger;

import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What one archiver at a time does, of those that work with a ledger. A task that is taken stays so until it is released, or until its
 * archiver has been dead for {@link #LEASE}; by the database's clock. The embedded ledger is open in one process alone, and asked nothing.
 */
@Component
public class TaskLeases {
    /** A holder renews far more often; one that does not is dead. */
    public static final Duration LEASE = Duration.ofMinutes(2);

    private static final String END = "current_timestamp + interval '" + LEASE.toSeconds() + "' second";

    private final JdbcClient jdbc;
    private final RunLeases runLeases;
    private final Archivers archivers;
    /** Only these are kept: one that could not be given back ends with its lease. */
    private final Set<String> held = ConcurrentHashMap.newKeySet();

    TaskLeases(JdbcClient jdbc, RunLeases runLeases, Archivers archivers) {
        this.jdbc = jdbc;
        this.runLeases = runLeases;
        this.archivers = archivers;
    }

    /**
     * Takes a task, or keeps it; false where another archiver has it.
     *
     * @param task at most 60 characters
     */
    public boolean take(String task) {
        if (runLeases.embedded()) {
            return true;
        }
        boolean kept = jdbc.sql("update task_lease set holder = ?, holder_name = ?, lease_until = " + END
                                + " where task = ? and (holder = ? or lease_until < current_timestamp)")
                        .params(archivers.worker(), archivers.name(), task, archivers.worker())
                        .update()
                == 1;
        boolean taken = kept
                || jdbc.sql("insert into task_lease (task, holder, holder_name, lease_until) values (?, ?, ?, " + END
                                        + ") on conflict do nothing")
                                .params(task, archivers.worker(), archivers.name())
                                .update()
                        == 1;
        if (taken) {
            held.add(task);
        } else {
            held.remove(task);
        }
        return taken;
    }

    /** Keeps all that this archiver has taken. */
    public void renew() {
        if (!runLeases.embedded()) {
            jdbc.sql("update task_lease set lease_until = " + END + " where holder = ? and task = any(?)")
                    .params(archivers.worker(), held.toArray(String[]::new))
                    .update();
            jdbc.sql("delete from task_lease where lease_until < current_timestamp - interval '1' day")
                    .update();
        }
    }

    /** Gives a task back; nothing where another archiver has it. */
    public void release(String task) {
        held.remove(task);
        if (!runLeases.embedded()) {
            jdbc.sql("delete from task_lease where task = ? and holder = ?")
                    .params(task, archivers.worker())
                    .update();
        }
    }

    /** What people call the archiver that has a task; empty where none has. */
    public Optional<String> holder(String task) {
        return jdbc.sql("select holder_name from task_lease where task = ? and lease_until >= current_timestamp")
                .params(task)
                .query(String.class)
                .optional();
    }

    /** Nobody waits for one that is stopped. */
    @PreDestroy
    void releaseAll() {
        if (!runLeases.embedded()) {
            jdbc.sql("delete from task_lease where holder = ?")
                    .params(archivers.worker())
                    .update();
        }
    }
}
