package org.chatarchiver.ledger;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Participants who got no copy since the address that the source carries for them could not be used. That is no failure and in none of
 * the counts: they may well be outside the organisation, which only a reader of the report can tell.
 */
@Component
public class NotServed {
    private static final int LONGEST = 1000;

    private final JdbcClient jdbc;
    private final JdbcTemplate batch;

    NotServed(JdbcClient jdbc, JdbcTemplate batch) {
        this.jdbc = jdbc;
        this.batch = batch;
    }

    /**
     * A participant in one message.
     *
     * @param message the id of its revision
     * @param person what the participant is the same person by
     * @param participant as the source gave it
     * @param detail one sentence, printable
     */
    public record Sighting(UUID message, String person, String participant, Reason reason, String detail) {}

    /**
     * A participant in a run.
     *
     * @param messages in how many
     */
    public record Participant(UUID id, String participant, Reason reason, String detail, long messages) {}

    /** Counts each participant once for a message of a run, however often it is told. */
    @Transactional
    public void add(String run, Collection<Sighting> sightings) {
        // In one order, so that two pages at work never wait for each other.
        List<Sighting> ordered = sightings.stream()
                .sorted(Comparator.comparing(one -> entry(run, one)))
                .toList();
        batch.batchUpdate(
                "insert into not_served (id, run, participant, reason, detail) values (?, ?, ?, ?, ?) on conflict do nothing",
                ordered.stream()
                        .map(one -> new Object[] {
                            entry(run, one),
                            run,
                            Sql.text(one.participant(), LONGEST),
                            one.reason().name(),
                            Sql.detail(one.detail())
                        })
                        .toList());
        batch.batchUpdate(
                "insert into not_served_message (run, message, person, entry) values (?, ?, ?, ?) on conflict do nothing",
                ordered.stream()
                        .map(one -> new Object[] {run, one.message(), digest(one.person()), entry(run, one)})
                        .toList());
    }

    /** How often it was so, by run and reason; nothing for a run that served all. */
    @Transactional(readOnly = true)
    public Map<String, Map<Reason, Long>> counts(Collection<String> runs) {
        Map<String, Map<Reason, Long>> counts = new HashMap<>();
        jdbc.sql("""
                        select e.run, e.reason, count(*) as number from unnest(cast(? as varchar array)) as wanted (wanted_run)
                            join not_served_message m on m.run = wanted.wanted_run join not_served e on e.id = m.entry
                        group by e.run, e.reason""").param(runs.toArray(String[]::new)).query((ResultSet row) -> {
            counts.computeIfAbsent(row.getString("run"), run -> new TreeMap<>())
                    .put(Sql.reason(row), row.getLong("number"));
        });
        return counts;
    }

    /**
     * The participants of a run, in an order that does not change.
     *
     * @param after the last one that is known already; null for none
     */
    @Transactional(readOnly = true)
    public List<Participant> list(String run, int limit, UUID after) {
        return jdbc.sql("""
                        select e.*, c.number from not_served e
                            join (select entry, count(*) as number from not_served_message where run = ? group by entry) c on c.entry = e.id
                        where e.run = ? and e.id > ? order by e.id limit ?""")
                .params(run, run, after == null ? new UUID(0, 0) : after, limit)
                .query((row, number) -> new Participant(
                        row.getObject("id", UUID.class),
                        row.getString("participant"),
                        Sql.reason(row),
                        row.getString("detail"),
                        row.getLong("number")))
                .list();
    }

    private static UUID entry(String run, Sighting one) {
        return digest(String.join("\n", run, one.person(), one.reason().name(), one.detail()));
    }

    private static UUID digest(String text) {
        return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8));
    }
}
