package org.chatarchiver.ledger;

import java.sql.ResultSet;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What is asked of the ledger for alerts and gauges, every minute: nothing that grows with the messages archived. */
@Component
public class Conditions {
    private final JdbcClient jdbc;

    Conditions(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Open entries of one kind. */
    public record Entries(String connector, Channel channel, Reason reason, long number) {}

    /** Entries opened after a time, at {@code until} at the latest, that are open still. */
    public List<Entries> opened(Instant after, Instant until) {
        return jdbc.sql("""
                        select connector, channel, reason, count(*) as number from channel_entry
                        where closed is null and opened > ? and opened <= ? group by connector, channel, reason order by connector, channel, reason""")
                .params(Sql.at(after), Sql.at(until))
                .query((ResultSet row, int number) -> new Entries(
                        row.getString("connector"),
                        Channel.valueOf(row.getString("channel")),
                        Sql.reason(row),
                        row.getLong("number")))
                .list();
    }

    /** Open entries of a connector in a channel. */
    public record Open(String connector, Channel channel, long number) {}

    public List<Open> open() {
        return jdbc.sql(
                        "select connector, channel, count(*) as number from channel_entry where closed is null group by connector, channel")
                .query((ResultSet row, int number) -> new Open(
                        row.getString("connector"), Channel.valueOf(row.getString("channel")), row.getLong("number")))
                .list();
    }

    /** Runs, no dry ones and none that an administrator has cancelled, that ended in a state after a time, at {@code until} at the latest. */
    public List<Run> ended(Run.State state, Instant after, Instant until) {
        return jdbc.sql(
                        "select * from run where state = ? and not dry and reason is distinct from ? and finished > ? and finished <= ? order by finished, id")
                .params(state.name(), Reason.CANCELLED.name(), Sql.at(after), Sql.at(until))
                .query(Runs::row)
                .list();
    }

    /** Runs of a connector, no dry or cancelled ones, that have FAILED since the last one that was COMPLETE started. */
    public long failedSinceComplete(String connector) {
        return jdbc.sql("""
                        select count(*) from run where connector = ? and state = 'FAILED' and not dry and reason is distinct from ?
                            and id > coalesce((select max(id) from run where connector = ? and state = 'COMPLETE' and not dry), '')""")
                .params(connector, Reason.CANCELLED.name(), connector)
                .query(Long.class)
                .single();
    }

    /** When the last run of a connector, not a dry one, ended COMPLETE. */
    public Optional<Instant> lastComplete(String connector) {
        return time(
                "select max(finished) as at from run where connector = ? and state = 'COMPLETE' and not dry",
                connector);
    }

    /** When the first run of a connector, not a dry one, started. */
    public Optional<Instant> firstStart(String connector) {
        return time("select min(started) as at from run where connector = ? and not dry", connector);
    }

    /** When the oldest page that is not archived landed, or the page of an item that waits for its next try. */
    public Optional<Instant> oldestUnarchived(String connector) {
        return jdbc.sql("""
                        select min(at) as at from (
                            select min(p.landed) as at from page p left join run r on r.id = p.run
                            where p.state = 'LANDED' and r.connector = ? and not r.dry
                            union all
                            select min(p.landed) as at from (select distinct i.run, i.page from item i where i.retry_at < """ + Sql.NEVER + """
                            ) waiting left join page p on p.run = waiting.run and p.number = waiting.page left join run r on r.id = waiting.run
                            where r.connector = ?) unarchived""")
                .params(connector, connector)
                .query((ResultSet row, int number) -> Optional.ofNullable(Sql.at(row, "at")))
                .single();
    }

    /** Pages of a connector. */
    public record Unarchived(String connector, long number) {}

    /** Pages that have landed and are not archived, those of dry runs too, by connector. */
    public List<Unarchived> unarchived() {
        return jdbc.sql("""
                        select r.connector, count(*) as number from page p join run r on r.id = p.run
                        where p.state = 'LANDED' group by r.connector""")
                .query((ResultSet row, int number) -> new Unarchived(row.getString("connector"), row.getLong("number")))
                .list();
    }

    /** What the runs of a connector brought. */
    public enum Traffic {
        /** None of them had everything landed. */
        NO_RUN,
        NONE,
        SOME
    }

    /** What the runs whose window ended in (after, until] brought for the first time; back-fills and dry runs do not count. */
    public Traffic traffic(String connector, Instant after, Instant until) {
        return jdbc.sql("""
                        select count(*) as runs, count(case when exists (select 1 from item i where i.run = r.id)
                            or exists (select 1 from intent t where t.run = r.id) then 1 end) as busy from run r
                        where r.connector = ? and not r.dry and r.cause in ('SCHEDULE', 'MANUAL') and r.landed is not null
                            and r.window_to > ? and r.window_to <= ?""")
                .params(connector, Sql.at(after), Sql.at(until))
                .query((ResultSet row, int number) -> row.getLong("runs") == 0
                        ? Traffic.NO_RUN
                        : row.getLong("busy") == 0 ? Traffic.NONE : Traffic.SOME)
                .single();
    }

    private Optional<Instant> time(String query, String connector) {
        return jdbc.sql(query)
                .params(connector)
                .query((ResultSet row, int number) -> Optional.ofNullable(Sql.at(row, "at")))
                .single();
    }
}
