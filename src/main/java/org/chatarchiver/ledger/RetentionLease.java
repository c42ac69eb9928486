package org.chatarchiver.ledger;

import java.time.Duration;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Which process removes what is older than it is to be kept: one at a time, by the database's clock. Whoever decides what goes, and whoever
 * says that something is needed, locks it: either comes first.
 */
@Component
public class RetentionLease {
    static final Duration LEASE = Duration.ofMinutes(2);

    private static final String END = "current_timestamp + interval '" + LEASE.toSeconds() + "' second";

    private final JdbcClient jdbc;
    private final String worker = UUID.randomUUID().toString();

    RetentionLease(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Takes it, or keeps it for two more minutes; false if another process has it. */
    public boolean take() {
        return jdbc.sql(
                                "update retention set worker = ?, worker_until = " + END
                                        + " where id = 1 and (worker is null or worker = ? or worker_until < current_timestamp)")
                        .params(worker, worker)
                        .update()
                == 1;
    }

    /** Nothing if another process has it by now. */
    public void release() {
        jdbc.sql("update retention set worker = null, worker_until = null where id = 1 and worker = ?")
                .params(worker)
                .update();
    }

    /**
     * Until the caller's transaction ends nobody decides what goes.
     *
     * @return whether this process has the lease
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public boolean lock() {
        return jdbc.sql("select worker from retention where id = 1 for update").query(String.class).list().stream()
                .anyMatch(worker::equals);
    }
}
