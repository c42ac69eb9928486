package org.chatarchiver.retention;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.chatarchiver.connector.LedgerOnH2;
import org.chatarchiver.landing.AttachmentPointer;
import org.chatarchiver.landing.Judged;
import org.chatarchiver.landing.Landed;
import org.chatarchiver.landing.LandingContext;
import org.chatarchiver.landing.LandingPath;
import org.chatarchiver.landing.Manifest;
import org.chatarchiver.ledger.DetailRemovals;
import org.chatarchiver.ledger.Hold;
import org.chatarchiver.ledger.Holds;
import org.chatarchiver.ledger.Item;
import org.chatarchiver.ledger.ItemState;
import org.chatarchiver.ledger.Items;
import org.chatarchiver.ledger.Page;
import org.chatarchiver.ledger.Pages;
import org.chatarchiver.ledger.Removals;
import org.chatarchiver.ledger.RetentionLease;
import org.chatarchiver.ledger.Revision;
import org.chatarchiver.ledger.Run;
import org.chatarchiver.ledger.RunDetails;
import org.chatarchiver.ledger.RunReports;
import org.chatarchiver.ledger.Runs;
import org.chatarchiver.ledger.SearchLists;
import org.chatarchiver.message.PartyIds;
import org.chatarchiver.telemessage.ChunkProperties;
import org.chatarchiver.telemessage.FeedAddress;
import org.chatarchiver.telemessage.PageReader;
import org.chatarchiver.telemessage.PageScan;
import org.chatarchiver.telemessage.PageSummary;
import org.chatarchiver.telemessage.Spools;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.util.unit.DataSize;

/** A landing directory behind the real route and a ledger, both with pages of a connector whose pages are kept for 30 days. */
abstract class RetentionBed {
    static final String CONNECTOR = "wechat";
    static final Duration KEPT = Duration.ofDays(30);
    static final String OWNER = "4915112345678";

    @TempDir
    Path folder;

    LandingContext landing;
    LedgerOnH2 ledger;
    Removals removals;
    Holds holds;

    @BeforeEach
    void open() throws Exception {
        landing = LandingContext.directory(folder);
        ledger = new LedgerOnH2();
        removals = ledger.bean(Removals.class);
        holds = ledger.bean(Holds.class);
    }

    @AfterEach
    void close() throws Exception {
        landing.close();
        ledger.close();
    }

    static RetentionProperties properties() {
        return new RetentionProperties(List.of(new RetentionProperties.Period(CONNECTOR, KEPT, null)));
    }

    Retaining retaining() throws IOException {
        return retaining(properties());
    }

    Retaining retaining(RetentionProperties properties) throws IOException {
        PartyIds ids = new PartyIds("DE");
        PageReader reader = new PageReader(
                new PageReader.Settings(FeedAddress.of("https://feed.example.com"), 64, 4_096),
                Spools.in(folder.resolve("spool")));
        return new Retaining(
                properties,
                ledger.bean(RetentionLease.class),
                removals,
                holds,
                ledger.bean(Runs.class),
                ledger.bean(Pages.class),
                new Coverage(ids),
                new PartyReading(landing.landings(), reader, new ChunkProperties(10, DataSize.ofMegabytes(1)), ids),
                landing.landings(),
                landing.landedRuns(),
                new Forgetting(
                        ledger.bean(DetailRemovals.class),
                        ledger.bean(RunDetails.class),
                        removals,
                        ledger.bean(Runs.class),
                        ledger.bean(Pages.class),
                        new Coverage(ids),
                        ledger.clock()),
                ledger.clock());
    }

    RetentionPlan plan() {
        return plan(properties());
    }

    RetentionPlan plan(RetentionProperties properties) {
        return new RetentionPlan(
                properties,
                removals,
                ledger.bean(DetailRemovals.class),
                holds,
                ledger.bean(Pages.class),
                new Coverage(new PartyIds("DE")),
                ledger.clock());
    }

    void pass() throws IOException {
        retaining().pass();
    }

    void later(Duration time) {
        ledger.clock().pass(time);
    }

    Run run() {
        Instant now = ledger.clock().instant();
        Run run = ledger.bean(Runs.class)
                .open(CONNECTOR, Run.Cause.SCHEDULE, false, now.minus(Duration.ofDays(1)), now)
                .orElseThrow();
        ledger.clock().pass(Duration.ofSeconds(1));
        return run;
    }

    /** A run that is complete, with a page for each message. */
    Run complete(String... messages) throws IOException {
        Run run = run();
        for (int i = 0; i < messages.length; i++) {
            delivered(run, i + 1, messages[i]);
        }
        end(run, messages.length);
        return ledger.bean(Runs.class).find(run.id()).orElseThrow();
    }

    void end(Run run, long total) throws IOException {
        List<Page> pages = ledger.bean(Pages.class).of(run.id());
        landing.landings()
                .land(
                        folder(run),
                        new Manifest(
                                CONNECTOR,
                                run.id(),
                                run.from(),
                                run.to(),
                                run.started(),
                                ledger.clock().instant(),
                                total,
                                pages.stream()
                                        .map(page -> new Manifest.Page(
                                                page.path(), page.sha256(), page.size(), page.messages()))
                                        .toList(),
                                List.of(),
                                null));
        ledger.bean(Runs.class).landed(run.id(), total);
        ledger.bean(RunReports.class).finish(run.id());
        named();
    }

    /** Whatever waits for it is entered for the search. */
    void named() {
        while (ledger.bean(SearchLists.class).enter()) {
            ledger.clock().pass(Duration.ofMillis(1));
        }
    }

    static String message(String id, String from, String... to) {
        return owned(id, OWNER, from, to);
    }

    static String owned(String id, String owner, String from, String... to) {
        return "{\"messageId\":\"" + id + "\",\"messageTime\":\"2026-11-19T08:00:00Z\",\"msisdn\":\"" + owner
                + "\",\"from\":\"" + from + "\",\"to\":["
                + Stream.of(to).map(one -> "\"" + one + "\"").collect(Collectors.joining(","))
                + "],\"text\":\"x\"}";
    }

    Page delivered(Run run, int number, String message) throws IOException {
        Page page = landed(run, number, message);
        item(page, "m-" + run.id() + "-" + number, ItemState.IMPORTED);
        ledger.bean(Pages.class).done(page);
        return page;
    }

    Item item(Page page, String id, ItemState state) {
        Revision revision = Revision.of(CONNECTOR, id, "d".repeat(64), 0, page, 0, OWNER, "+" + OWNER, "");
        Item item = new Item(
                revision.id(),
                "anna@example.com",
                page.run(),
                page.number(),
                ItemState.SENDING,
                null,
                null,
                null,
                0,
                null,
                null);
        Items items = ledger.bean(Items.class);
        items.register(List.of(new Items.Fresh(revision, List.of(item))));
        if (state == ItemState.IMPORTED) {
            items.settle(List.of(new Items.Settled(item, state, null, null, 7, null)));
        }
        return item;
    }

    Page landed(Run run, int number, String message) throws IOException {
        String json = "{\"messages\":[" + message + "],\"nextCursor\":null,\"totalCount\":1}";
        Judged<PageSummary> judged = landing.staging()
                .judge(
                        folder(run).page(number),
                        new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)),
                        PageScan::scan);
        Landed landed = landing.landings().land(((Judged.Whole<PageSummary>) judged).staged());
        Page page = new Page(
                run.id(),
                number,
                landed.path(),
                landed.sha256(),
                landed.size(),
                1,
                ledger.clock().instant());
        ledger.bean(Pages.class).landed(page);
        return page;
    }

    AttachmentPointer attachment(Run run, String href) throws IOException {
        Landed bytes = landing.landings()
                .land(landing.staging().stageAttachment(folder(run), new ByteArrayInputStream(new byte[] {1, 2, 3})));
        AttachmentPointer pointer = AttachmentPointer.landed(href, bytes, "image/png");
        landing.landings().land(landing.landings().stage(folder(run), pointer));
        return pointer;
    }

    Hold hold(Hold.Kind kind, String subject) {
        return holds.set(kind, subject, "ada", "Case 17");
    }

    static LandingPath folder(Run run) {
        return LandingPath.of(run.connector(), run.started(), run.id());
    }

    /** Names below the run's folder, sorted. */
    List<String> objects(Run run) throws IOException {
        Path root = folder.resolve("landing").resolve(folder(run).folder());
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> root.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    List<String> pageFiles(Run run) throws IOException {
        return objects(run).stream().filter(name -> name.endsWith(".json.gz")).toList();
    }

    JdbcTemplate jdbc() {
        return ledger.bean(JdbcTemplate.class);
    }

    String kept(Run run) {
        return jdbc().queryForObject("select kept from run where id = ?", String.class, run.id());
    }
}
