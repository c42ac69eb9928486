package org.chatarchiver.ledger;

import java.time.Instant;
import java.util.List;
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
     * The runs whose windows have a part in a period, dry ones left out, by connector and window.
     *
     * @param connector null for all
     */
    public List<String> runs(String connector, Instant from, Instant to, int most) {
        return jdbc.sql("""
                        select id from run where not dry and window_from < ? and window_to > ? and (? = '' or connector = ?)
                        order by connector, window_from, id limit ?""")
                .params(
                        Sql.at(to),
                        Sql.at(from),
                        connector == null ? "" : connector,
                        connector == null ? "" : connector,
                        most)
                .query(String.class)
                .list();
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
     * As {@link #runs}, each with its last verification.
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
}
