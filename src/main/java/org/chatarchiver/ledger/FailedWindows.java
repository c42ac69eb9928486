package org.chatarchiver.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The windows of polls that failed and have an entry in the source channel: asked for again by a requeue, closed when they have landed. */
@Component
public class FailedWindows {
    private final JdbcClient jdbc;
    private final Clock clock;

    FailedWindows(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * A window [from, to) that is to be asked for, since its entry was requeued.
     *
     * @param backfill whether it was a back-fill's
     * @param wishTo end of what is to be asked for behind it, too, because the back-fill ended there; the window's own end otherwise
     */
    public record Requeued(Instant from, Instant to, boolean backfill, Instant wishTo) {}

    private record Window(long entry, Instant started, Instant from, Instant to) {}

    /**
     * Each window once, oldest first.
     *
     * @param kept since when the source has everything still: a window that begins earlier is asked for once more, for what is left of it
     */
    public List<Requeued> requeued(String connector, Instant kept) {
        return jdbc.sql("""
                        select r.window_from, r.window_to, r.cause in ('BACKFILL', 'ADOPTED') as backfill, max(case
                            when r.wish_to > r.window_to and not exists (select 1 from run later where later.connector = r.connector
                                and later.cause = 'BACKFILL' and later.window_from = r.window_to and later.started > r.started)
                            then r.wish_to else r.window_to end) as wish_to
                        from channel_entry e join run r on r.id = e.run
                        where r.connector = ? and e.channel = 'SOURCE' and e.closed is null and e.requeued is not null and e.polled is null
                            and r.window_to > r.window_from and (e.reason <> ? or r.window_from >= ?)
                        group by r.window_from, r.window_to, r.cause in ('BACKFILL', 'ADOPTED') order by r.window_from, r.window_to""")
                .params(connector, Reason.SOURCE_EXPIRED.name(), Sql.at(kept))
                .query(FailedWindows::requeued)
                .list();
    }

    private static Requeued requeued(ResultSet row, int number) throws SQLException {
        return new Requeued(
                Sql.at(row, "window_from"),
                Sql.at(row, "window_to"),
                row.getBoolean("backfill"),
                Sql.at(row, "wish_to"));
    }

    /** A run asks for its window now, and for no other: entries that were requeued for it wait for what becomes of it. */
    void polled(Run run) {
        if (!run.dry()) {
            jdbc.sql("update channel_entry set polled = null where polled = ?")
                    .params(run.id())
                    .update();
            jdbc.sql("""
                            update channel_entry set polled = ? where channel = 'SOURCE' and closed is null and requeued is not null
                                and polled is null and run in (select id from run where connector = ? and window_from = ? and window_to = ?)""")
                    .params(run.id(), run.connector(), Sql.at(run.from()), Sql.at(run.to()))
                    .update();
        }
    }

    /**
     * The source no longer has all of the run's window: the entries that wait for it say so, in front of what they said before, such as where
     * a page lies that could not be read; and the route of their channel is told of it.
     *
     * @return whether there are any
     */
    public boolean expired(Run run, String detail) {
        return jdbc.sql("""
                        update channel_entry set reason = ?,
                                tell_at = case when reason = ? then tell_at else cast(? as timestamp with time zone) end,
                                detail = case when reason = ? then ? else left(? || coalesce(' Before that: ' || detail, ''), ?) end
                            where channel = 'SOURCE' and closed is null and run in (select id from run where connector = ? and window_from = ? and window_to = ?)""")
                        .params(
                                Reason.SOURCE_EXPIRED.name(),
                                Reason.SOURCE_EXPIRED.name(),
                                Sql.at(clock.instant()),
                                Reason.SOURCE_EXPIRED.name(),
                                Sql.detail(detail),
                                Sql.detail(detail),
                                Sql.LONGEST_DETAIL,
                                run.connector(),
                                Sql.at(run.from()),
                                Sql.at(run.to()))
                        .update()
                > 0;
    }

    /**
     * How many of the open entries have a window that begins before {@code kept}.
     *
     * @param ids empty for all
     * @param toldOnly only those that say so already, and are not asked for again
     */
    public int expired(List<Long> ids, Instant kept, boolean toldOnly) {
        Long[] wanted = ids.toArray(Long[]::new);
        return jdbc.sql("""
                        select count(*) from channel_entry e join run r on r.id = e.run where e.channel = 'SOURCE' and e.closed is null
                            and r.window_to > r.window_from and r.window_from < ? and (? or e.reason = ?) and (? = 0 or e.id = any(?))""")
                .params(Sql.at(kept), !toldOnly, Reason.SOURCE_EXPIRED.name(), wanted.length, wanted)
                .query(Integer.class)
                .single();
    }

    /** Closes the entries whose whole window has landed since they failed, in one run or in several. */
    @Transactional
    public void close(String connector) {
        List<Window> open = windows("""
                        select e.id, r.started, r.window_from, r.window_to from channel_entry e join run r on r.id = e.run
                        where r.connector = ? and e.channel = 'SOURCE' and e.closed is null and r.window_to > r.window_from""", connector);
        if (open.isEmpty()) {
            return;
        }
        List<Window> landed = windows("""
                        select 0 as id, started, window_from, window_to from run where connector = ? and not dry
                        and (fully_landed or accepted is not null) order by window_from""", connector);
        open.stream().filter(window -> covered(window, landed)).forEach(window -> jdbc.sql(
                        "update channel_entry set closed = ?, closed_by = 'landing' where id = ?")
                .params(Sql.at(clock.instant()), window.entry)
                .update());
    }

    /** @param landed by their beginning */
    private static boolean covered(Window window, List<Window> landed) {
        Instant reached = window.from;
        for (Window one : landed) {
            if (!one.started.isBefore(window.started) && !one.from.isAfter(reached) && one.to.isAfter(reached)) {
                reached = one.to;
            }
        }
        return !reached.isBefore(window.to);
    }

    private List<Window> windows(String sql, String connector) {
        return jdbc.sql(sql)
                .params(connector)
                .query((ResultSet row, int number) -> new Window(
                        row.getLong("id"),
                        Sql.at(row, "started"),
                        Sql.at(row, "window_from"),
                        Sql.at(row, "window_to")))
                .list();
    }
}
