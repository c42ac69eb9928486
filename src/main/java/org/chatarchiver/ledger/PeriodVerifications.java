package org.chatarchiver.ledger;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.chatarchiver.ledger.Verifications.Verified;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The runs of a period, each with its last verification. */
@Component
public class PeriodVerifications {
    /** Before it: from, to, and twice the connector, as {@link #parameters} has them. */
    private static final String IN_PERIOD =
            " not r.dry and r.window_from < ? and r.window_to > ? and (? = '' or r.connector = ?) ";

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
        return of(connector, from, to, null, most);
    }

    /** As that, those behind one of them; null for the first. */
    public List<OfRun> of(String connector, Instant from, Instant to, OfRun after, int most) {
        List<Object> parameters = parameters(connector, from, to);
        parameters.addAll(
                after == null
                        ? List.of("", Sql.at(Instant.EPOCH), "")
                        : List.of(after.connector(), Sql.at(after.from()), after.run()));
        parameters.add(most);
        return jdbc.sql("""
                        select r.id as of_run, r.connector as of_connector, r.window_from, r.window_to, v.* from run r
                            left join verification v on v.run = r.id
                                and v.number = (select max(number) from verification l where l.run = r.id)
                            where""" + IN_PERIOD + """
                            and (r.connector, r.window_from, r.id) > (?, ?, ?)
                            order by r.connector, r.window_from, r.id limit ?""")
                .params(parameters)
                .query((row, number) -> new OfRun(
                        row.getString("of_run"),
                        row.getString("of_connector"),
                        Sql.at(row, "window_from"),
                        Sql.at(row, "window_to"),
                        row.getString("run") == null ? null : Verifications.row(row, number)))
                .list();
    }

    /** How many such runs there are. */
    public long count(String connector, Instant from, Instant to) {
        return jdbc.sql("select count(*) from run r where" + IN_PERIOD)
                .params(parameters(connector, from, to))
                .query(Long.class)
                .single();
    }

    /**
     * Up to when a period from the same time may reach to have no more of them than {@code most}. Empty where there is no such time, or
     * where there are no more.
     */
    public Optional<Instant> reach(String connector, Instant from, Instant to, int most) {
        List<Object> parameters = parameters(connector, from, to);
        parameters.add(most);
        return jdbc.sql("select r.window_from from run r where" + IN_PERIOD
                        + "order by r.window_from offset ? rows fetch next 1 row only")
                .params(parameters)
                .query((row, number) -> Sql.at(row, "window_from"))
                .optional()
                .filter(from::isBefore);
    }

    private static List<Object> parameters(String connector, Instant from, Instant to) {
        String only = connector == null ? "" : connector;
        return new ArrayList<>(List.of(Sql.at(to), Sql.at(from), only, only));
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
