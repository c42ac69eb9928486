package org.chatarchiver.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The windows of a connector that were asked for, as far as they decide what is asked for next. Dry runs count for nothing. */
@Component
public class AskedWindows {
    private final JdbcClient jdbc;

    AskedWindows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A window [from, to). */
    public record Asked(Instant from, Instant to) {}

    /**
     * A window that landed, but never with all that the source says it has, and that nobody has accepted.
     *
     * @param backfill whether it was a back-fill's
     * @param attempts how often it has landed so
     */
    public record Lacking(Instant from, Instant to, boolean backfill, int attempts) {}

    /** Windows that landed and end behind {@code after}, whether all of them or not; oldest first. Back-fills are no part of the chain. */
    public List<Asked> landed(String connector, Instant after) {
        return jdbc.sql("""
                        select distinct window_from, window_to from run where connector = ? and not dry and cause in ('SCHEDULE', 'MANUAL')
                        and landed is not null and window_to > ? order by window_from, window_to""")
                .params(connector, Sql.at(after))
                .query(AskedWindows::asked)
                .list();
    }

    /** Where the window of a back-fill begins that polls or was interrupted; empty for none. */
    public Optional<Instant> backfilling(String connector) {
        return jdbc.sql(
                        "select window_from from run where connector = ? and not dry and cause = 'BACKFILL' and state = 'RUNNING' and landed is null order by window_from limit 1")
                .params(connector)
                .query((ResultSet row, int number) -> Sql.at(row, "window_from"))
                .optional();
    }

    /** @param since windows that begin earlier are left out: the source has dropped what they lack */
    public List<Lacking> lacking(String connector, Instant since) {
        return jdbc.sql("""
                        select window_from, window_to, backfill, count(*) as attempts from (
                            select window_from, window_to, cause = 'BACKFILL' as backfill,
                                case when fully_landed or accepted is not null then 1 else 0 end as mended
                            from run where connector = ? and not dry and cause <> 'ADOPTED' and landed is not null and window_from >= ?) asked
                        group by window_from, window_to, backfill having sum(mended) = 0 order by window_from, window_to""")
                .params(connector, Sql.at(since))
                .query((ResultSet row, int number) -> new Lacking(
                        Sql.at(row, "window_from"),
                        Sql.at(row, "window_to"),
                        row.getBoolean("backfill"),
                        row.getInt("attempts")))
                .list();
    }

    private static Asked asked(ResultSet row, int number) throws SQLException {
        return new Asked(Sql.at(row, "window_from"), Sql.at(row, "window_to"));
    }
}
