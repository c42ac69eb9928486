package org.chatarchiver.ledger;

import jakarta.annotation.PostConstruct;
import java.time.Duration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Which pages stand in the page queue, so that several archivers with one ledger queue none of them twice. What a queue has lost counts as
 * standing there for some time, and no longer. Times are the database's.
 */
@Component
public class QueuedPages {
    private static final String END = "current_timestamp + cast(? as bigint) * interval '1' second";

    private final JdbcClient jdbc;
    private final RunLeases runLeases;

    QueuedPages(JdbcClient jdbc, RunLeases runLeases) {
        this.jdbc = jdbc;
        this.runLeases = runLeases;
    }

    /** No other process has an embedded ledger open: what stood in a queue in memory is lost, and in a broker's it may stand twice. */
    @PostConstruct
    void forget() {
        if (runLeases.embedded()) {
            jdbc.sql("update page set queued_until = null where queued_until is not null")
                    .update();
        }
    }

    /**
     * Notes that a page is queued, before it is.
     *
     * @param time after which it is queued again unless it was taken out
     * @return false where it stands in the queue already, or there is no such page
     */
    public boolean claim(String reference, Duration time) {
        return PageReference.of(reference)
                .filter(page -> jdbc.sql(
                                        "update page set queued_until = " + END
                                                + " where run = ? and number = ? and (queued_until is null or queued_until < current_timestamp)")
                                .params(Math.max(1, time.toSeconds()), page.run(), page.number())
                                .update()
                        == 1)
                .isPresent();
    }

    /** Has a page left alone for some time, whether it stands in the queue or not. */
    public void putOff(String reference, Duration time) {
        PageReference.of(reference)
                .ifPresent(page -> jdbc.sql("update page set queued_until = " + END + " where run = ? and number = ?")
                        .params(time.toSeconds(), page.run(), page.number())
                        .update());
    }

    /** The page stands in the queue no longer, or has not come there. */
    public void release(String reference) {
        PageReference.of(reference).ifPresent(page -> jdbc.sql(
                        "update page set queued_until = null where run = ? and number = ? and queued_until is not null")
                .params(page.run(), page.number())
                .update());
    }
}
