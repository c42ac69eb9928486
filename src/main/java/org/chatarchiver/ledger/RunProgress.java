package org.chatarchiver.ledger;

import java.sql.ResultSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** How far a run is, at the cost of its pages' number and of none of its items'. */
@Component
public class RunProgress {
    private final JdbcClient jdbc;
    private final Runs runs;
    private final RunTotals totals;

    RunProgress(JdbcClient jdbc, Runs runs, RunTotals totals) {
        this.jdbc = jdbc;
        this.runs = runs;
        this.totals = totals;
    }

    /**
     * @param pagesLanded so far
     * @param pagesDone that have been worked through, whatever a replay takes up again
     * @param messages in the pages that have landed
     * @param itemsDone with a final outcome, failed ones included
     * @param itemsPending without one, as far as they are known
     * @param itemsWaiting those of the pending that wait for their next try
     * @param waitingByReason why they wait
     */
    public record Progress(
            Run run,
            int pagesLanded,
            int pagesDone,
            long messages,
            long itemsDone,
            long itemsPending,
            long itemsWaiting,
            Map<Reason, Long> waitingByReason) {
        /** Items that are known to come out of what has landed, at least: what is not read yet counts one for each message. */
        public long itemsKnown() {
            return Math.max(itemsDone + itemsPending, messages);
        }
    }

    @Transactional(readOnly = true)
    public Optional<Progress> of(String id) {
        return runs.find(id).map(this::of);
    }

    private Progress of(Run run) {
        Tally tally = totals.of(List.of(run.id())).get(run.id());
        long failed = tally.failed.values().stream().mapToLong(Long::longValue).sum();
        return jdbc.sql("""
                        select count(*) as landed, sum(case when state <> 'LANDED' or replayed.number > 0 then 1 else 0 end) as done, sum(messages) as messages
                        from page, (select count(*) as number from replay where run = ? and finished is null) replayed where run = ?""")
                .params(run.id(), run.id())
                .query((ResultSet row, int number) -> new Progress(
                        run,
                        row.getInt("landed"),
                        row.getInt("done"),
                        row.getLong("messages"),
                        tally.imported + tally.partial + tally.skipped + failed,
                        tally.pending,
                        tally.waiting,
                        tally.waitingByReason))
                .single();
    }
}
