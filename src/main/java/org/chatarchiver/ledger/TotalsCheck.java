package org.chatarchiver.ledger;

import java.sql.ResultSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/** Holds the totals that are kept of a run against the rows that they are of, all of which it reads: for a large run that takes a while. */
@Component
public class TotalsCheck {
    /**
     * Both sides in one statement, and that and {@link Intents} in one snapshot, so that they agree while the run is in work: H2 takes one
     * of all tables only where it is asked for SERIALIZABLE. The rows are counted from the run's side, and the totals changed from the
     * items': neither uses the other's way.
     */
    private static final String BOTH = """
            select 1 as kept, t.outcome, t.reason, sum(t.number) as number from (
                select outcome, reason, number from run_total where run = :run
                union all select outcome, reason, number from run_change where run = :run) t group by t.outcome, t.reason
            union all
            select 0 as kept, outcome, reason, count(*) as number from (
                select case when state in ('SENDING', 'FAILING') then 'PENDING' when met and state in ('IMPORTED', 'PARTIAL') then 'SKIPPED' else state end as outcome,
                    case when state in ('SENDING', 'FAILING', 'IMPORTED') or (met and state = 'PARTIAL') then '' else coalesce(reason, '') end as reason
                from (ITEMS) standing
            ) counted group by outcome, reason
            union all
            select 0 as kept, 'ARRIVED', '', count(*) from (
                select case when m.source_id = '' then cast(m.id as varchar(36)) else m.source_id end as source, coalesce(m.owner_key, '') as owner
                    from item i join message m on m.id = i.message and m.run = i.run where i.run = :run
                union select case when m.source_id = '' then cast(m.id as varchar(36)) else m.source_id end, coalesce(m.owner_key, '')
                    from met_again a join message m on m.id = a.message and m.run = a.run where a.run = :run
                union select m.source_id, c.owner from capture c join message m on m.id = c.message
                    join item i on i.message = c.message and i.target = c.target where c.run = :run
                union select case when m.source_id = '' then cast(m.id as varchar(36)) else m.source_id end, a.owner
                    from capture_met_again a join message m on m.id = a.message
                    where a.run = :run and exists (select 1 from item i where i.message = a.message)) met
            union all
            select 0 as kept, 'NOT_SERVED', e.reason, count(*) from not_served_message m join not_served e on e.id = m.entry
                where m.run = :run group by e.reason
            union all
            select 0 as kept, case when d.outcome = 'MESSAGES' then 'ARRIVED' else d.outcome end, d.reason, sum(d.number)
                from dry_count d where d.run = :run group by d.outcome, d.reason""".replace(
                    "ITEMS",
                    ItemTotals.standing(
                            true,
                            " from item i where i.run = :run",
                            " from met_again m join item i on i.message = m.message and i.target = m.target where m.run = :run"));

    /** What is counted from rows that retention removes: these may be fewer, and never more. */
    private static final Set<Counted> REMOVED = Set.of(Counted.SKIPPED, Counted.ARRIVED, Counted.NOT_SERVED);

    private final JdbcClient jdbc;
    private final Intents intents;

    TotalsCheck(JdbcClient jdbc, Intents intents) {
        this.jdbc = jdbc;
        this.intents = intents;
    }

    /**
     * A total that is not what the rows say.
     *
     * @param outcome what is counted, such as {@code IMPORTED} or {@code ARRIVED}
     * @param reason null for none
     * @param kept what the reports say
     * @param counted what the rows say
     */
    public record Difference(String outcome, Reason reason, long kept, long counted) {}

    private record Key(Counted outcome, String reason) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            int byOutcome = outcome.compareTo(other.outcome);
            return byOutcome == 0 ? reason.compareTo(other.reason) : byOutcome;
        }
    }

    private static void counted(Map<Key, long[]> sides, Counted outcome, long number) {
        sides.computeIfAbsent(new Key(outcome, ""), none -> new long[2])[0] += number;
    }

    /** Those of a run; empty where all agree, or there is no such run. */
    @Transactional(readOnly = true, isolation = Isolation.SERIALIZABLE)
    public List<Difference> of(String run) {
        Map<Key, long[]> sides = new TreeMap<>();
        Intents.Unwritten unwritten = intents.unwritten(run);
        counted(sides, Counted.PENDING, unwritten.items());
        counted(sides, Counted.ARRIVED, unwritten.messages());
        jdbc.sql(BOTH).param("run", run).query((ResultSet row) -> {
            Key key = new Key(Counted.valueOf(row.getString("outcome")), row.getString("reason"));
            sides.computeIfAbsent(key, none -> new long[2])[row.getInt("kept")] += row.getLong("number");
        });
        boolean forgotten = isForgotten(run);
        return sides.entrySet().stream()
                .filter(side -> side.getValue()[0] != side.getValue()[1])
                .filter(side -> !forgotten
                        || !REMOVED.contains(side.getKey().outcome())
                        || side.getValue()[0] > side.getValue()[1])
                .map(side -> new Difference(
                        side.getKey().outcome().name(),
                        RunTotals.reason(side.getKey().reason()),
                        side.getValue()[1],
                        side.getValue()[0]))
                .toList();
    }

    /** Whether retention has removed some of them, or is at it. */
    private boolean isForgotten(String run) {
        return jdbc.sql("select count(*) from run_removal where run = ? and details is not null")
                        .params(run)
                        .query(Long.class)
                        .single()
                > 0;
    }
}
