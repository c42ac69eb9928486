package org.chatarchiver.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** How far each connector has got: the end of the gap-free chain of fully landed windows. */
@Component
public class Watermarks {
    private final JdbcClient jdbc;

    Watermarks(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public Optional<Instant> of(String connector) {
        return time(connector, "watermark");
    }

    /** When the schedule last started a run; empty before the first time. */
    public Optional<Instant> lastScheduled(String connector) {
        return time(connector, "last_scheduled");
    }

    /** The schedule has been seen to: nothing is owed by it any more, and it counts from this time. */
    public void scheduled(String connector, Instant fired) {
        jdbc.sql("insert into connector (id) values (?) on conflict do nothing")
                .params(connector)
                .update();
        jdbc.sql("update connector set last_scheduled = ?, owed = false where id = ?")
                .params(Sql.at(fired), connector)
                .update();
    }

    /**
     * A time of the schedule passed unused: a run is owed, also where the schedule is changed until that can be opened.
     *
     * @param last when the schedule last started a run, as the one who missed the next time has read it: nothing is owed where a run was
     *     started since
     */
    public void owe(String connector, Instant last) {
        jdbc.sql("update connector set owed = true where id = ? and last_scheduled = ? and not owed")
                .params(connector, Sql.at(last))
                .update();
    }

    /** The connectors of whose schedules a run is owed. */
    public Set<String> owed() {
        return new HashSet<>(jdbc.sql("select id from connector where owed")
                .query(String.class)
                .list());
    }

    /**
     * Since when the times of a schedule count.
     *
     * @param schedule Quartz cron, UTC, as the connector's file said last
     * @param last when it last started a run, or began to count
     */
    public record Counted(String connector, String schedule, Instant last) {}

    /** Of each connector that is neither paused nor polled, and is owed nothing. */
    public List<Counted> counted() {
        return jdbc.sql("""
                        select id, schedule, last_scheduled from connector c where schedule is not null and last_scheduled is not null
                        and not owed and paused_at is null
                        and not exists (select 1 from run r where r.connector = c.id and r.state = 'RUNNING' and r.landed is null)""")
                .query((ResultSet row, int number) ->
                        new Counted(row.getString("id"), row.getString("schedule"), Sql.at(row, "last_scheduled")))
                .list();
    }

    /** When the newest run of a connector had polled all; empty where there is none. */
    public Optional<Instant> lastPolled(String connector) {
        return jdbc.sql("select landed from run where connector = ? and landed is not null order by id desc limit 1")
                .params(connector)
                .query((ResultSet row, int number) -> Sql.at(row, "landed"))
                .optional();
    }

    /** Where the chain begins, set once by the first run that may move it: what a run that fails leaves out is asked for again. */
    public void begin(String connector, Instant from) {
        jdbc.sql("update connector set watermark = ? where id = ? and watermark is null")
                .params(Sql.at(from), connector)
                .update();
    }

    /** Takes back a beginning that a wrong clock has set; nothing once a window has landed. */
    public void forget(String connector, Instant from) {
        jdbc.sql(
                        "update connector set watermark = null where id = ? and watermark = ? and not exists (select 1 from run where connector = ? and landed is not null)")
                .params(connector, Sql.at(from), connector)
                .update();
    }

    /**
     * Moves on to {@code to} if [from, to) joins the chain, and on over the windows that had landed behind the gap which it closes; never
     * back, never over a gap.
     */
    @Transactional
    void advance(String connector, Instant from, Instant to) {
        Optional<Instant> end = Optional.of(to);
        Instant start = from;
        while (end.isPresent() && move(connector, start, end.get())) {
            start = end.get();
            end = reached(connector, start);
        }
    }

    private boolean move(String connector, Instant from, Instant to) {
        return jdbc.sql(
                                "update connector set watermark = ? where id = ? and (watermark is null or (watermark >= ? and watermark < ?))")
                        .params(Sql.at(to), connector, Sql.at(from), Sql.at(to))
                        .update()
                == 1;
    }

    /** How far the windows that hold this instant, and may move the watermark, reach; empty if none goes beyond it. */
    private Optional<Instant> reached(String connector, Instant from) {
        return jdbc.sql("""
                        select max(window_to) as reached from run where connector = ? and not dry and cause in ('SCHEDULE', 'MANUAL')
                        and (fully_landed or accepted is not null) and window_from <= ? and window_to > ?""")
                .params(connector, Sql.at(from), Sql.at(from))
                .query((ResultSet row, int number) -> nullable(row, "reached"))
                .single();
    }

    private Optional<Instant> time(String connector, String column) {
        return jdbc.sql("select watermark, last_scheduled from connector where id = ?")
                .params(connector)
                .query((ResultSet row, int number) -> nullable(row, column))
                .optional()
                .flatMap(found -> found);
    }

    private static Optional<Instant> nullable(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(Sql.at(row, column));
    }
}
