package org.chatarchiver.ledger;

import java.nio.charset.StandardCharsets;
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
    private final RunTotals totals;

    NotServed(JdbcClient jdbc, JdbcTemplate batch, RunTotals totals) {
        this.jdbc = jdbc;
        this.batch = batch;
        this.totals = totals;
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
                "insert into not_served (id, run, participant, reason, detail, messages) values (?, ?, ?, ?, ?, 0) on conflict do nothing",
                ordered.stream()
                        .map(one -> new Object[] {
                            entry(run, one),
                            run,
                            Sql.text(one.participant(), LONGEST),
                            one.reason().name(),
                            Sql.detail(one.detail())
                        })
                        .toList());
        int[] told = batch.batchUpdate(
                "insert into not_served_message (run, message, person, entry) values (?, ?, ?, ?) on conflict do nothing",
                ordered.stream()
                        .map(one -> new Object[] {run, one.message(), digest(one.person()), entry(run, one)})
                        .toList());
        count(run, ordered, told);
    }

    private void count(String run, List<Sighting> sightings, int[] told) {
        TotalChanges changes = new TotalChanges();
        Map<UUID, Long> messages = new TreeMap<>();
        for (int i = 0; i < told.length; i++) {
            if (Sql.isInserted(told[i])) {
                Sighting one = sightings.get(i);
                changes.add(run, Counted.NOT_SERVED, one.reason().name(), 1);
                messages.merge(entry(run, one), 1L, Long::sum);
            }
        }
        batch.batchUpdate(
                "update not_served set messages = messages + ? where id = ?",
                messages.entrySet().stream()
                        .map(entry -> new Object[] {entry.getValue(), entry.getKey()})
                        .toList());
        totals.write(changes);
    }

    /** How often it was so, by run and reason; nothing for a run that served all. */
    @Transactional(readOnly = true)
    public Map<String, Map<Reason, Long>> counts(Collection<String> runs) {
        Map<String, Map<Reason, Long>> counts = new HashMap<>();
        totals.of(List.copyOf(runs)).forEach((run, tally) -> {
            if (!tally.notServed.isEmpty()) {
                counts.put(run, tally.notServed);
            }
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
        return jdbc.sql("select * from not_served where run = ? and id > ? order by id limit ?")
                .params(run, after == null ? new UUID(0, 0) : after, limit)
                .query((row, number) -> new Participant(
                        row.getObject("id", UUID.class),
                        row.getString("participant"),
                        Sql.reason(row),
                        row.getString("detail"),
                        row.getLong("messages")))
                .list();
    }

    private static UUID entry(String run, Sighting one) {
        return digest(String.join("\n", run, one.person(), one.reason().name(), one.detail()));
    }

    private static UUID digest(String text) {
        return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8));
    }
}
