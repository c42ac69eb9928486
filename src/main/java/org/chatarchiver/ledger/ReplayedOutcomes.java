package org.chatarchiver.ledger;

import java.sql.ResultSet;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What items were before the replay that looks for them now: a report does not change while a replay is under way. */
@Component
class ReplayedOutcomes {
    private final JdbcClient jdbc;

    ReplayedOutcomes(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Puts back in each tally what replays have changed in the ledger's rows, whichever run they are of. */
    void putBack(Map<String, Tally> tallies, String[] runs) {
        if (runs.length == 0 || none()) {
            return;
        }
        jdbc.sql("""
                        select i.run, i.state, i.reason, k.was, k.was_reason, count(*) as number
                        from replay r join replay_item k on k.run = r.run join item i on i.message = k.message and i.target = k.target
                        where r.finished is null and k.was is not null and i.run = any(?) group by i.run, i.state, i.reason, k.was, k.was_reason
                        union all
                        select m.run, case when i.state in ('IMPORTED', 'PARTIAL') then 'SKIPPED' else i.state end, i.reason, 'SKIPPED', null, count(*)
                        from replay r join replay_item k on k.run = r.run join item i on i.message = k.message and i.target = k.target
                            join met_again m on m.message = k.message and m.target = k.target
                        where r.finished is null and k.was is not null and m.run = any(?) group by m.run, i.state, i.reason""").param(runs).param(runs).query((ResultSet row) -> {
            Tally tally = tallies.get(row.getString("run"));
            long number = row.getLong("number");
            tally.add(row.getString("state"), Sql.reason(row), -number);
            String reason = row.getString("was_reason");
            tally.add(row.getString("was"), reason == null ? null : Reason.valueOf(reason), number);
        });
    }

    private boolean none() {
        return jdbc.sql("select count(*) from replay where finished is null")
                        .query(Long.class)
                        .single()
                == 0;
    }
}
