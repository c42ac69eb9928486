package org.chatarchiver.ledger;

import jakarta.annotation.PostConstruct;
import java.sql.ResultSet;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Which entries the routes of their channels were told of. Each is told at least once: whoever claims some and dies leaves them to the
 * next. That an entry was delivered meanwhile does not count; one that an administrator has closed before is told no more.
 */
@Component
public class Tellings {
    private final JdbcClient jdbc;
    private final JdbcTemplate batch;
    private final RunLeases runLeases;
    private final Clock clock;

    Tellings(JdbcClient jdbc, JdbcTemplate batch, RunLeases runLeases, Clock clock) {
        this.jdbc = jdbc;
        this.batch = batch;
        this.runLeases = runLeases;
        this.clock = clock;
    }

    /**
     * No other process has an embedded ledger open: whoever claimed entries is dead. What waits for another try is due at once too, since
     * the route may have been mended.
     */
    @PostConstruct
    void takeOver() {
        if (runLeases.embedded()) {
            jdbc.sql("update channel_entry set tell_at = ? where tell_at > ? and tell_at < " + Sql.NEVER)
                    .params(now(), now())
                    .update();
        }
    }

    private record Claim(Channels.Entry entry, int failed, Object due) {}

    /** Entries of a channel that are due, the longest due first; for so long nobody else gets them. */
    @Transactional
    public List<Untold> claim(Channel channel, int limit, Duration lease) {
        Instant until = clock.instant().plus(lease).truncatedTo(ChronoUnit.MILLIS);
        List<Claim> due = jdbc.sql(Channels.ENTRIES
                        + "e.channel = ? and e.tell_at <= ? order by e.channel, e.tell_at, e.id limit ?")
                .params(channel.name(), now(), limit)
                .query((ResultSet row, int number) ->
                        new Claim(Channels.row(row, number), row.getInt("tell_failed"), Sql.at(Sql.at(row, "tell_at"))))
                .list();
        if (due.isEmpty()) {
            return List.of();
        }
        int[] claimed = batch.batchUpdate(
                "update channel_entry set tell_at = ? where id = ? and tell_at = ?",
                due.stream()
                        .map(one -> new Object[] {Sql.at(until), one.entry().id(), one.due()})
                        .toList());
        List<Untold> untold = new ArrayList<>();
        for (int i = 0; i < claimed.length; i++) {
            if (claimed[i] > 0) {
                untold.add(new Untold(due.get(i).entry(), due.get(i).failed(), until));
            }
        }
        return untold;
    }

    /** When an entry is told again; null for never, since it was told. */
    public record Next(Untold untold, int failed, Instant at) {}

    /** What came of claimed entries. One that another has claimed since, or that has failed in another way, is left to that. */
    @Transactional
    public void settle(List<Next> outcomes) {
        if (!outcomes.isEmpty()) {
            batch.batchUpdate(
                    "update channel_entry set tell_at = ?, tell_failed = ? where id = ? and tell_at = ?",
                    outcomes.stream()
                            .map(next -> new Object[] {
                                Sql.at(next.at()),
                                next.failed(),
                                next.untold().entry().id(),
                                Sql.at(next.untold().claimed())
                            })
                            .toList());
        }
    }

    /** Entries of a channel that its route was not told of yet, those among them that it failed with. */
    public record Number(Channel channel, long number) {}

    /** Of every channel, zeros included. */
    public List<Number> numbers() {
        return Arrays.stream(Channel.values())
                .map(channel -> new Number(
                        channel,
                        jdbc.sql("select count(*) from channel_entry where channel = ? and tell_at < " + Sql.NEVER)
                                .params(channel.name())
                                .query(Long.class)
                                .single()))
                .toList();
    }

    private Object now() {
        return Sql.at(clock.instant());
    }
}
