package org.chatarchiver.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.interceptor.TransactionAspectSupport;
import org.springframework.transaction.support.TransactionTemplate;

/** The outcome of every item. Each method takes a batch, and is one transaction or a part of one. */
@Component
public class Items {
    private final JdbcTemplate jdbc;
    private final Clock clock;
    private final ItemTotals totals;
    private final Arrivals arrivals;
    private final FreshRows rows;
    private final Intents intents;
    private final GroupCommit<Settled> settling;

    Items(
            JdbcTemplate jdbc,
            ItemTotals totals,
            Arrivals arrivals,
            Intents intents,
            Clock clock,
            PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.totals = totals;
        this.arrivals = arrivals;
        this.clock = clock;
        this.rows = new FreshRows(jdbc, totals, arrivals, intents, clock);
        this.intents = intents;
        TransactionTemplate transaction = new TransactionTemplate(transactions);
        Settlements settlements = new Settlements(jdbc, totals, clock);
        this.settling =
                new GroupCommit<>(outcomes -> transaction.executeWithoutResult(status -> settlements.write(outcomes)));
    }

    /**
     * A revision that the ledger knows, with its items.
     *
     * @param pageSha256 digest of the page that it was first met in; null where the ledger does not know that page
     * @param captures those behind the first one
     */
    public record Known(Revision revision, String pageSha256, List<Item> items, List<Capture> captures) {}

    /**
     * What is met for the first time: a revision, or further captures of one.
     *
     * @param known whether the revision is recorded already
     * @param items what will be delivered to and what fails; not empty where the revision is new
     * @param captures those behind the first one of the revision
     */
    public record Fresh(Revision revision, boolean known, List<Item> items, List<Capture> captures) {
        public Fresh(Revision revision, List<Item> items) {
            this(revision, false, items, List.of());
        }
    }

    /**
     * Everything known of these source messages, by source id, revisions in their order.
     *
     * @param sourceIds at most some thousands
     */
    public Map<String, List<Known>> recall(String connector, Collection<String> sourceIds) {
        String[] ids = sourceIds.toArray(String[]::new);
        Map<UUID, String> pages = new HashMap<>();
        List<Revision> revisions = jdbc.query(
                // H2 looks for "= any" through all messages of the connector, and for a join too where the connector
                // stands beside it.
                """
                select m.*, p.sha256 as page_sha256
                from unnest(cast(? as varchar array), cast(? as varchar array)) as wanted (wanted_connector, wanted_id)
                join message m on m.connector = wanted.wanted_connector and m.source_id = wanted.wanted_id
                left join page p on p.run = m.run and p.number = m.page order by m.source_id, m.revision""",
                (row, number) -> {
                    Revision revision = RevisionRows.row(row, number);
                    pages.put(revision.id(), row.getString("page_sha256"));
                    return revision;
                },
                Collections.nCopies(ids.length, connector).toArray(String[]::new),
                ids);
        if (revisions.isEmpty()) {
            return Map.of();
        }
        intents.end(revisions.stream()
                .map(revision -> new Intents.PageKey(revision.run(), revision.page()))
                .distinct()
                .toList());
        UUID[] uuids = revisions.stream().map(Revision::id).toArray(UUID[]::new);
        Map<UUID, List<Item>> items = jdbc
                .query("select * from item where message = any(?) order by target", Items::item, (Object) uuids)
                .stream()
                .collect(Collectors.groupingBy(Item::message));
        Map<UUID, List<Capture>> captures = CaptureRows.of(jdbc, uuids);
        return revisions.stream()
                .map(revision -> new Known(
                        revision,
                        pages.get(revision.id()),
                        items.getOrDefault(revision.id(), List.of()),
                        captures.getOrDefault(revision.id(), List.of())))
                .collect(Collectors.groupingBy(known -> known.revision().sourceId()));
    }

    /**
     * Records revisions, captures and their items, durably, before anything of them is sent.
     *
     * @return false if another page has recorded one of them meanwhile: nothing is recorded then, and the caller recalls again
     */
    @Transactional
    public boolean register(List<Fresh> fresh) {
        try {
            rows.write(fresh);
            return true;
        } catch (DuplicateKeyException | PessimisticLockingFailureException met) {
            TransactionAspectSupport.currentTransactionStatus().setRollbackOnly();
            return false;
        }
    }

    /**
     * Puts items that will be tried (again) into SENDING or FAILING, adding those that a requeue has newly mapped. Their pages are not
     * done until {@link Pages#done} says so again: a page whose worker dies now is queued again.
     */
    @Transactional
    public void restate(List<Item> items) {
        List<Item> ordered =
                items.stream().sorted(Comparator.comparing(ItemKey::of)).toList();
        List<Intents.PageKey> more = rows.add(ordered);
        totals.around(
                ItemKey.of(ordered),
                () -> jdbc.batchUpdate(
                        "update item set state = ?, reason = ?, detail = ?, retry_at = null, updated = ? where message = ? and target = ? and state not in ('IMPORTED', 'PARTIAL')",
                        ordered.stream()
                                .map(item -> new Object[] {
                                    item.state().name(),
                                    Sql.name(item.reason()),
                                    Sql.detail(item.detail()),
                                    Sql.at(clock.instant()),
                                    item.message(),
                                    item.target()
                                })
                                .toList()));
        // Pages are locked behind items, as a replay does.
        SearchLists.more(jdbc, more);
        jdbc.batchUpdate(
                "update page set state = 'LANDED' where run = ? and number = ? and state = 'DONE'",
                items.stream()
                        .map(item -> List.<Object>of(item.run(), item.page()))
                        .distinct()
                        .map(List::toArray)
                        .toList());
    }

    /**
     * A run met items and captures that are another run's doing; its own, met twice, count once.
     *
     * @param captures none of this run
     */
    @Transactional
    public void metAgain(String run, List<Item> items, List<CaptureKey> captures) {
        intents.ensure(items);
        Set<UUID> messages = items.stream().map(Item::message).collect(Collectors.toSet());
        captures.forEach(capture -> messages.add(capture.message()));
        arrivals.around(Set.of(run), arrivals.of(messages), () -> {
            totals.around(ItemKey.of(items), () -> MetAgainRows.items(jdbc, run, items));
            MetAgainRows.captures(jdbc, run, captures);
        });
    }

    /**
     * What came of items: any state but SENDING. Durable when it returns. A delivery is final, and closes the item's channel entry. Calls
     * of several threads share a transaction.
     */
    public void settle(List<Settled> outcomes) {
        if (!outcomes.isEmpty()) {
            settling.write(outcomes);
        }
    }

    /**
     * Items that an outage of the destination has hit, or what may be one: they wait, and it counts as no try.
     *
     * @param outage whether it surely is one: the time that an item has been tried begins anew behind it; else it begins now, at the latest
     */
    @Transactional
    public void postpone(List<Settled> outcomes, boolean outage) {
        List<Settled> ordered = outcomes.stream()
                .sorted(Comparator.comparing(outcome -> ItemKey.of(outcome.item())))
                .toList();
        intents.ensure(ordered.stream().map(Settled::item).toList());
        totals.around(
                ordered.stream().map(outcome -> ItemKey.of(outcome.item())).toList(),
                () -> jdbc.batchUpdate(
                        "update item set state = 'RETRY', reason = ?, detail = ?, retry_at = ?, updated = ?"
                                + (outage ? ", first_try = null" : ", first_try = coalesce(first_try, updated)")
                                + " where message = ? and target = ? and state not in ('IMPORTED', 'PARTIAL')",
                        ordered.stream()
                                .map(outcome -> new Object[] {
                                    Sql.name(outcome.reason()),
                                    Sql.detail(outcome.detail()),
                                    Sql.at(outcome.retryAt()),
                                    Sql.at(clock.instant()),
                                    outcome.item().message(),
                                    outcome.item().target()
                                })
                                .toList()));
    }

    /**
     * What came of one item.
     *
     * @param reason null for IMPORTED
     * @param retryAt only for RETRY
     */
    public record Settled(Item item, ItemState state, Reason reason, String detail, long uid, Instant retryAt) {
        public Settled {
            if ((state == ItemState.RETRY) != (retryAt != null)) {
                throw new IllegalArgumentException(
                        "An item has a next time in state RETRY and only there, not in " + state);
            }
        }
    }

    static Item item(ResultSet row, int number) throws SQLException {
        return new Item(
                row.getObject("message", UUID.class),
                row.getString("target"),
                row.getString("run"),
                row.getInt("page"),
                ItemState.valueOf(row.getString("state")),
                row.getString("rule"),
                Sql.reason(row),
                row.getString("detail"),
                row.getInt("attempts"),
                Sql.at(row, "first_try"),
                Sql.at(row, "retry_at"));
    }
}
