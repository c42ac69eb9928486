package org.chatarchiver.ledger;

import java.sql.ResultSet;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What the connectors' files said last, whether they are still there or not. */
@Component
public class KnownConnectors {
    private final JdbcClient jdbc;

    KnownConnectors(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param schedule Quartz cron, UTC */
    public record Known(String id, String network, String schedule, String folder) {}

    /** Empty for one that has never run. */
    public Optional<Known> find(String connector) {
        return jdbc.sql("select id, network, schedule, folder from connector where id = ? and network is not null")
                .params(connector)
                .query(Known.class)
                .optional();
    }

    /** Keeps what a connector's file says now; runs of which no folder is known stay with the one that was in force until now. */
    @Transactional
    public void remember(Known known) {
        jdbc.sql("insert into connector (id) values (?) on conflict do nothing")
                .params(known.id())
                .update();
        keepFolder(known);
        jdbc.sql("update connector set network = ?, schedule = ?, folder = ? where id = ?")
                .params(known.network(), known.schedule(), known.folder(), known.id())
                .update();
    }

    private void keepFolder(Known now) {
        Optional<String> former = jdbc.sql("select folder from connector where id = ? and folder is not null")
                .params(now.id())
                .query(String.class)
                .optional();
        if (!former.equals(Optional.of(now.folder()))) {
            jdbc.sql("update run set folder = ? where connector = ? and folder is null")
                    .params(former.orElse(now.folder()), now.id())
                    .update();
        }
    }

    /**
     * What is left to do for a connector, which comes to nothing while that does not run.
     *
     * @param items that wait for their next try
     * @param pages that have landed and are not archived yet
     * @param runs whose windows are not collected yet
     */
    public record Work(String connector, long items, long pages, long runs) {
        /** As the end of a sentence. */
        public String words() {
            return items + " of its items wait for their next try, " + pages + " of its pages are not archived, and "
                    + runs + " of its runs are not collected to their ends";
        }
    }

    /** For each connector that has any, whether it runs or not. */
    public List<Work> work() {
        return jdbc.sql("""
                        select r.connector, sum(w.items) as items, sum(w.pages) as pages, sum(w.runs) as runs from (
                            select run, count(*) as items, 0 as pages, 0 as runs from item where retry_at < """ + Sql.NEVER + """
                                and state = 'RETRY' group by run
                            union all
                            select run, 0 as items, count(*) as pages, 0 as runs from page where state = 'LANDED' group by run
                            union all
                            select id as run, 0 as items, 0 as pages, 1 as runs from run where state = 'RUNNING' and landed is null
                        ) w left join run r on r.id = w.run where not r.dry group by r.connector order by r.connector""")
                .query((ResultSet row, int number) -> new Work(
                        row.getString("connector"), row.getLong("items"), row.getLong("pages"), row.getLong("runs")))
                .list();
    }
}
