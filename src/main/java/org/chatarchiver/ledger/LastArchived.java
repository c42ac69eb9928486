package org.chatarchiver.ledger;

import java.sql.ResultSet;
import java.time.Instant;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** When an item of a connector was last archived, as far as its latest runs tell. Costs the same however much there is. */
@Component
public class LastArchived {
    private static final int LATEST_RUNS = 200;

    private final JdbcClient jdbc;

    LastArchived(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Of the latest run that archived anything, the last page with anything archived; empty where none of the latest runs did. */
    public Optional<Instant> of(String connector) {
        return page(connector).flatMap(page -> jdbc.sql(
                        "select max(updated) as last from item where run = ? and page = ? and state in ('IMPORTED', 'PARTIAL')")
                .params(page.run(), page.number())
                .query((ResultSet row, int number) -> Optional.ofNullable(Sql.at(row, "last")))
                .single());
    }

    private record PageOfRun(String run, int number) {}

    private Optional<PageOfRun> page(String connector) {
        return jdbc.sql("""
                        select r.id from (select id from run where connector = ? and not dry order by id desc limit ?) r
                        where exists (select 1 from run_total t where t.run = r.id and t.outcome in ('IMPORTED', 'PARTIAL') and t.number > 0)
                            or exists (select 1 from run_change c where c.run = r.id and c.outcome in ('IMPORTED', 'PARTIAL') and c.number > 0)
                        order by r.id desc limit 1""")
                .params(connector, LATEST_RUNS)
                .query(String.class)
                .optional()
                .flatMap(run -> jdbc.sql(
                                "select page from item where run = ? and state in ('IMPORTED', 'PARTIAL') order by run desc, page desc limit 1")
                        .params(run)
                        .query(Integer.class)
                        .optional()
                        .map(page -> new PageOfRun(run, page)));
    }
}
