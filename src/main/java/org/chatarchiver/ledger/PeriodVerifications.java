package org.chatarchiver.ledger;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.chatarchiver.ledger.Verifications.Verified;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The runs of a period, each with its last verification. */
@Component
public class PeriodVerifications {
    private final JdbcClient jdbc;

    PeriodVerifications(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A run whose window has a part in the period.
     *
     * @param from start of its window
     * @param to end of its window, not in it
     * @param verified the last one; null where it was never verified
     */
    public record OfRun(String run, String connector, Instant from, Instant to, Verified verified) {}

    /**
     * The runs whose windows have a part in a period, dry ones left out, by connector and window.
     *
     * @param connector null for all
     */
    public List<OfRun> of(String connector, Instant from, Instant to, int most) {
        return jdbc.sql("""
                        select r.id as of_run, r.connector as of_connector, r.window_from, r.window_to, v.* from run r
                            left join verification v on v.run = r.id
                                and v.number = (select max(number) from verification l where l.run = r.id)
                            where not r.dry and r.window_from < ? and r.window_to > ? and (? = '' or r.connector = ?)
                            order by r.connector, r.window_from, r.id limit ?""")
                .params(
                        Sql.at(to),
                        Sql.at(from),
                        connector == null ? "" : connector,
                        connector == null ? "" : connector,
                        most)
                .query((row, number) -> new OfRun(
                        row.getString("of_run"),
                        row.getString("of_connector"),
                        Sql.at(row, "window_from"),
                        Sql.at(row, "window_to"),
                        row.getString("run") == null ? null : Verifications.row(row, number)))
                .list();
    }

    /** The mailboxes that such runs of a connector have delivered to. */
    public Set<String> delivered(String connector, Instant from, Instant to) {
        Set<String> mailboxes = new HashSet<>();
        jdbc.sql("""
                        select distinct i.target from run r join item i on i.run = r.id where not r.dry and r.connector = ?
                            and r.window_from < ? and r.window_to > ? and i.state in ('IMPORTED', 'PARTIAL')""")
                .params(connector, Sql.at(to), Sql.at(from))
                .query(String.class)
                .list()
                .forEach(target -> mailboxes.add(ItemTarget.address(target)));
        return mailboxes;
    }
}
