package org.chatarchiver.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.chatarchiver.MovableClock;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/** The ledger's beans on a real database, with a clock to be moved, and words to fill it. */
final class TestLedger {
    static final String CONNECTOR = "wechat";
    static final Instant DAY = Instant.parse("2026-11-19T00:00:00Z");
    private static final List<String> TABLES = List.of(
            "item",
            "intent",
            "capture",
            "capture_met_again",
            "message",
            "page",
            "met_again",
            "dry_count",
            "dry_met",
            "not_served",
            "not_served_message",
            "search_list",
            "search_page",
            "capture_count",
            "capture_day",
            "capture_owner",
            "mapping_met",
            "unmapped_person",
            "reopening",
            "decision",
            "channel_entry",
            "replay",
            "replay_item",
            "alert",
            "verification_part",
            "verification_difference",
            "verification",
            "run_total",
            "run_change",
            "run",
            "draft",
            "archiver",
            "mailbox_slot",
            "mailbox_notice",
            "task_lease",
            "connector",
            "page_parties",
            "page_removal",
            "run_removal",
            "hold",
            "mapping_version",
            "mapping",
            "terms_acceptance",
            "terms");
    private static final Map<Database, TestLedger> STARTED = new EnumMap<>(Database.class);

    final MovableClock clock;
    final Runs runs;
    final Pages pages;
    final Items items;
    final Channels channels;
    final Decisions decisions;
    final DryCounts dryCounts;
    final NotServed notServed;
    final RunReports reports;
    final Watermarks watermarks;
    final AskedWindows asked;
    final RunLeases runLeases;
    final FailedWindows failedWindows;
    final Polls polls;
    final ConnectorPauses pauses;
    final PageLeases pageLeases;
    final QueuedPages queued;
    final Adoptions adoptions;
    final KnownConnectors known;
    final Replays replays;
    final Requeues requeues;
    final TotalsCheck totals;
    final RunTotals sums;
    final Replacements replacements;
    final Conditions conditions;
    final Waiting waiting;
    final ServedMailboxes served;
    final MessageItems messageItems;
    final MessageSearch messageSearch;
    final SearchLists searchLists;
    final AlertLog alerts;
    final Tellings tellings;
    final Intents intents;
    final RunProgress progress;
    final LastArchived lastArchived;
    final Drafts drafts;
    final Archivers archivers;
    final TermsAcceptances terms;
    final Holds holds;
    final Removals removals;
    final DetailRemovals details;
    final RunDetails runDetails;
    final RetentionLease retention;
    final MappingVersions mappings;
    final Evidence evidence;
    final Verifications verifications;
    final PeriodVerifications periods;
    final KnownEmails knownEmails;
    final CaptureCounts captureCounts;
    final CaptureDays captureDays;
    final UnmappedPeople unmappedPeople;
    final MetRows metRows;
    final JdbcTemplate jdbc;

    private TestLedger(DataSource database) {
        clock = new MovableClock("2026-11-20T10:00:00Z");
        ApplicationContext context = LedgerBeans.on(database, clock);
        runs = context.getBean(Runs.class);
        pages = context.getBean(Pages.class);
        items = context.getBean(Items.class);
        channels = context.getBean(Channels.class);
        decisions = context.getBean(Decisions.class);
        dryCounts = context.getBean(DryCounts.class);
        notServed = context.getBean(NotServed.class);
        reports = context.getBean(RunReports.class);
        watermarks = context.getBean(Watermarks.class);
        asked = context.getBean(AskedWindows.class);
        failedWindows = context.getBean(FailedWindows.class);
        runLeases = context.getBean(RunLeases.class);
        polls = context.getBean(Polls.class);
        pauses = context.getBean(ConnectorPauses.class);
        pageLeases = context.getBean(PageLeases.class);
        queued = context.getBean(QueuedPages.class);
        adoptions = context.getBean(Adoptions.class);
        known = context.getBean(KnownConnectors.class);
        replays = context.getBean(Replays.class);
        requeues = context.getBean(Requeues.class);
        totals = context.getBean(TotalsCheck.class);
        sums = context.getBean(RunTotals.class);
        replacements = context.getBean(Replacements.class);
        conditions = context.getBean(Conditions.class);
        waiting = context.getBean(Waiting.class);
        served = context.getBean(ServedMailboxes.class);
        messageItems = context.getBean(MessageItems.class);
        messageSearch = context.getBean(MessageSearch.class);
        searchLists = context.getBean(SearchLists.class);
        alerts = context.getBean(AlertLog.class);
        tellings = context.getBean(Tellings.class);
        intents = context.getBean(Intents.class);
        progress = context.getBean(RunProgress.class);
        terms = context.getBean(TermsAcceptances.class);
        holds = context.getBean(Holds.class);
        removals = context.getBean(Removals.class);
        details = context.getBean(DetailRemovals.class);
        runDetails = context.getBean(RunDetails.class);
        retention = context.getBean(RetentionLease.class);
        mappings = context.getBean(MappingVersions.class);
        evidence = context.getBean(Evidence.class);
        verifications = context.getBean(Verifications.class);
        periods = context.getBean(PeriodVerifications.class);
        knownEmails = context.getBean(KnownEmails.class);
        captureCounts = context.getBean(CaptureCounts.class);
        captureDays = context.getBean(CaptureDays.class);
        unmappedPeople = context.getBean(UnmappedPeople.class);
        metRows = context.getBean(MetRows.class);
        lastArchived = context.getBean(LastArchived.class);
        drafts = context.getBean(Drafts.class);
        archivers = context.getBean(Archivers.class);
        jdbc = context.getBean(JdbcTemplate.class);
    }

    static synchronized TestLedger on(Database database) {
        return STARTED.computeIfAbsent(database, name -> new TestLedger(database.shared()));
    }

    void clear() {
        TABLES.forEach(table -> jdbc.update("delete from " + table));
        clock.reset();
    }

    Run run() {
        return run(Run.Cause.SCHEDULE, DAY, DAY.plus(Duration.ofDays(1)));
    }

    Run run(Run.Cause cause, Instant from, Instant to) {
        clock.pass(Duration.ofSeconds(1));
        return runs.open(CONNECTOR, cause, false, from, to).orElseThrow();
    }

    void assertTotals() {
        jdbc.queryForList("select id from run", String.class)
                .forEach(run -> assertThat(totals.of(run)).as(run).isEmpty());
    }

    /** Every item has its row then, as where nothing is in work. */
    void endIntents() {
        intents.end(jdbc.query(
                "select distinct run, page from intent",
                (row, number) -> new Intents.PageKey(row.getString("run"), row.getInt("page"))));
    }

    /** As if nobody had renewed the connector's lease for an hour. */
    void lapse() {
        jdbc.update("update connector set lease_until = current_timestamp - interval '1' hour");
    }

    Page page(Run run, int number, long messages) {
        Page page = new Page(run.id(), number, run.id() + "/" + number, "a".repeat(64), 10, messages, clock.instant());
        pages.landed(page);
        return page;
    }

    static Revision revision(Page page, String sourceId, long position) {
        return Revision.of(CONNECTOR, sourceId, "d".repeat(64), 0, page, position, "+4915112345678", "", "");
    }

    static Item sending(Revision revision, String mailbox) {
        return item(revision, mailbox, ItemState.SENDING, null);
    }

    static Item item(Revision revision, String target, ItemState state, Reason reason) {
        return new Item(
                revision.id(), target, revision.run(), revision.page(), state, null, reason, null, 0, null, null);
    }

    static Items.Fresh fresh(Revision revision, String... mailboxes) {
        return new Items.Fresh(
                revision,
                List.of(mailboxes).stream()
                        .map(mailbox -> sending(revision, mailbox))
                        .toList());
    }

    static Items.Settled imported(Item item) {
        return new Items.Settled(item, ItemState.IMPORTED, null, null, 7, null);
    }

    static Failure failure(Page page, Revision revision, Item item, Reason reason) {
        return new Failure(
                CONNECTOR,
                page.run(),
                revision,
                item,
                revision.owner(),
                revision.position(),
                reason,
                "It failed.",
                page.path());
    }

    /** A landed page with one message for each source id, delivered to one mailbox. */
    Page delivered(Run run, int number, String... sourceIds) {
        Page page = page(run, number, sourceIds.length);
        for (int i = 0; i < sourceIds.length; i++) {
            Items.Fresh fresh = fresh(revision(page, sourceIds[i], i), "anna@example.com");
            items.register(List.of(fresh));
            items.settle(List.of(imported(fresh.items().get(0))));
        }
        pages.done(page);
        return page;
    }

    /** The run meets items of first captures that are another run's doing. */
    void metAgain(Run run, List<Item> met) {
        items.metAgain(
                run.id(),
                met,
                met.stream()
                        .filter(item -> !item.run().equals(run.id()))
                        .map(item -> new CaptureKey(item.message(), ""))
                        .distinct()
                        .toList());
    }

    /** A message that went into a channel. */
    Item failed(Page page, String sourceId, String target, Reason reason) {
        Revision revision = revision(page, sourceId, 0);
        Item item = item(revision, target, ItemState.FAILING, reason);
        items.register(List.of(new Items.Fresh(revision, List.of(item))));
        channels.record(List.of(failure(page, revision, item, reason)));
        return recalled(sourceId, target);
    }

    Item recalled(String sourceId, String target) {
        return items.recall(CONNECTOR, List.of(sourceId)).get(sourceId).stream()
                .flatMap(known -> known.items().stream())
                .filter(item -> item.target().equals(target))
                .findFirst()
                .orElseThrow();
    }
}
