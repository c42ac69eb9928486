package org.chatarchiver.ledger;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.JdbcTemplate;

/** Writes failures and their entries, inside the caller's transaction; some statements for all of them, however many they are. */
final class FailureRows {
    private final JdbcTemplate jdbc;
    private final ItemTotals totals;
    private final Arrivals arrivals;
    private final Intents intents;
    private final Instant now;

    FailureRows(JdbcTemplate jdbc, ItemTotals totals, Arrivals arrivals, Intents intents, Instant now) {
        this.jdbc = jdbc;
        this.totals = totals;
        this.arrivals = arrivals;
        this.intents = intents;
        this.now = now;
    }

    void write(List<Failure> failures) {
        List<Failure> entries = new ArrayList<>(
                failures.stream().filter(failure -> failure.item() == null).toList());
        // Every page takes its locks in the same order, else two that share messages could wait for each other.
        List<Failure> items = failures.stream()
                .filter(failure -> failure.item() != null)
                .sorted(Comparator.comparing(failure -> ItemKey.of(failure.item())))
                .toList();
        if (!items.isEmpty()) {
            List<Revision> revisions = items.stream()
                    .map(Failure::revision)
                    .distinct()
                    .sorted(Comparator.comparing(Revision::id))
                    .toList();
            Set<String> runs = items.stream().map(Failure::run).collect(Collectors.toSet());
            items.forEach(failure -> runs.add(failure.item().run()));
            intents.ensure(items.stream().map(Failure::item).toList());
            // Outside of what is measured, since a revision without an item counts nothing: behind it the rows are
            // there to be locked.
            RevisionRows.name(jdbc, revisions);
            entries.addAll(arrivals.around(
                    runs, revisions.stream().map(Arrivals.Source::of).toList(), () -> fail(items)));
        }
        enter(entries);
    }

    /** Those whose item is not delivered. */
    private List<Failure> fail(List<Failure> failures) {
        int[] inserted = jdbc.batchUpdate(
                """
                insert into item (message, target, run, page, state, reason, detail, attempts, updated)
                values (?, ?, ?, ?, 'FAILED', ?, ?, 0, ?) on conflict do nothing""",
                failures.stream()
                        .map(failure -> new Object[] {
                            failure.item().message(),
                            failure.item().target(),
                            failure.item().run(),
                            failure.item().page(),
                            failure.reason().name(),
                            Sql.detail(failure.detail()),
                            Sql.at(now)
                        })
                        .toList());
        totals.inserted(failures.stream().map(Failure::asFailed).toList(), inserted);
        return totals.around(
                failures.stream().map(failure -> ItemKey.of(failure.item())).toList(), () -> failAll(failures));
    }

    private List<Failure> failAll(List<Failure> failures) {
        jdbc.batchUpdate(
                """
                insert into met_again (run, message, target)
                select r.id, i.message, i.target from run r, item i
                where r.id = ? and i.message = ? and i.target = ? and i.run <> r.id on conflict do nothing""",
                failures.stream()
                        .map(failure -> new Object[] {
                            failure.run(),
                            failure.item().message(),
                            failure.item().target()
                        })
                        .toList());
        int[] failed = jdbc.batchUpdate(
                """
                update item set state = 'FAILED', reason = ?, detail = ?, retry_at = null, attempts = attempts + 1, updated = ?
                where message = ? and target = ? and state not in ('IMPORTED', 'PARTIAL')""",
                failures.stream()
                        .map(failure -> new Object[] {
                            failure.reason().name(),
                            Sql.detail(failure.detail()),
                            Sql.at(now),
                            failure.item().message(),
                            failure.item().target()
                        })
                        .toList());
        List<Failure> entries = new ArrayList<>();
        for (int i = 0; i < failed.length; i++) {
            if (failed[i] > 0) {
                entries.add(failures.get(i));
            }
        }
        return entries;
    }

    /**
     * What is new in a channel, or is there for another reason or again, is told to its route; the same once more is not, and what an
     * administrator has closed stays closed with it, unless the item was delivered meanwhile.
     */
    private void enter(List<Failure> failures) {
        jdbc.batchUpdate("""
                insert into channel_entry (subject, channel, connector, run, page, position, source_id, owner, message, target, reason, detail, path, opened, tell_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing""", failures.stream().map(this::columns).toList());
        jdbc.batchUpdate(
                """
                update channel_entry set
                    tell_at = case when closed is null and channel = ? and reason = ? then tell_at else cast(? as timestamp with time zone) end,
                    tell_failed = case when closed is null and channel = ? and reason = ? then tell_failed else 0 end,
                    channel = ?, reason = ?, detail = ?,
                    opened = case when closed is null then opened else cast(? as timestamp with time zone) end, closed = null, closed_by = null, decision = null
                    where subject = ? and (decision is null or closed_by = 'delivery' or channel <> ? or reason <> ?)""",
                failures.stream()
                        .map(failure -> {
                            String channel = failure.channel().name();
                            String reason = failure.reason().name();
                            return new Object[] {
                                channel,
                                reason,
                                Sql.at(now),
                                channel,
                                reason,
                                channel,
                                reason,
                                Sql.detail(failure.detail()),
                                Sql.at(now),
                                failure.subject(),
                                channel,
                                reason
                            };
                        })
                        .toList());
    }

    private Object[] columns(Failure failure) {
        Revision revision = failure.revision();
        Item item = failure.item();
        return new Object[] {
            failure.subject(),
            failure.channel().name(),
            failure.connector(),
            item == null ? failure.run() : item.run(),
            item == null ? failure.page() : (Integer) item.page(),
            failure.position(),
            revision == null ? "" : revision.messageId(),
            failure.owner(),
            item == null ? null : item.message(),
            item == null ? null : item.target(),
            failure.reason().name(),
            Sql.detail(failure.detail()),
            failure.path(),
            Sql.at(now),
            Sql.at(now)
        };
    }
}
