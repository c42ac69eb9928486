package org.chatarchiver.ledger;

import jakarta.annotation.PostConstruct;
import java.time.Duration;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Which process has a page in work: of several archivers with one ledger only one works on a page, and one that died loses its pages to
 * the others. Times are the database's, so that the archivers' clocks may differ.
 */
@Component("pageLeases")
public class PageLeases {
    /** Renewed far more often. */
    static final Duration LEASE = Duration.ofMinutes(2);

    private static final String END = "current_timestamp + interval '" + LEASE.toSeconds() + "' second";

    private final JdbcClient jdbc;
    private final RunLeases runLeases;
    private final String worker = UUID.randomUUID().toString();

    PageLeases(JdbcClient jdbc, RunLeases runLeases) {
        this.jdbc = jdbc;
        this.runLeases = runLeases;
    }

    /** No other process has an embedded ledger open: whoever worked on a page is dead. */
    @PostConstruct
    void takeOver() {
        if (runLeases.embedded()) {
            jdbc.sql("update page set worker = null, worker_until = null where worker is not null")
                    .update();
        }
    }

    /** Takes a page for this process, or keeps it; false if another one has it. */
    public boolean take(Page page) {
        return jdbc.sql(
                                "update page set worker = ?, worker_until = " + END
                                        + " where run = ? and number = ? and (worker is null or worker = ? or worker_until < current_timestamp)")
                        .params(worker, page.run(), page.number(), worker)
                        .update()
                == 1;
    }

    /** Keeps all pages that this process has in work. */
    public void renew() {
        jdbc.sql("update page set worker_until = " + END + " where worker = ?")
                .params(worker)
                .update();
    }

    /** Nothing if another process has it by now. */
    public void release(Page page) {
        jdbc.sql("update page set worker = null, worker_until = null where run = ? and number = ? and worker = ?")
                .params(page.run(), page.number(), worker)
                .update();
    }
}
