package org.chatarchiver.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.chatarchiver.collect.CollectingFixture;
import org.chatarchiver.connector.Connector;
import org.chatarchiver.connector.Connectors;
import org.chatarchiver.connector.Problem;
import org.chatarchiver.ledger.Channels;
import org.chatarchiver.ledger.DryCounts;
import org.chatarchiver.ledger.Failure;
import org.chatarchiver.ledger.Item;
import org.chatarchiver.ledger.ItemState;
import org.chatarchiver.ledger.Items;
import org.chatarchiver.ledger.NotServed;
import org.chatarchiver.ledger.Page;
import org.chatarchiver.ledger.Pages;
import org.chatarchiver.ledger.Reason;
import org.chatarchiver.ledger.Revision;
import org.chatarchiver.ledger.Run;
import org.chatarchiver.ledger.RunReports;
import org.chatarchiver.ledger.Runs;
import org.chatarchiver.security.DataDirectory;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.util.FileSystemUtils;

/** Words that the tests of the API share. */
@SpringBootTest(
        classes = ApiContext.class,
        properties =
                "spring.datasource.url=jdbc:h2:mem:api;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;DB_CLOSE_DELAY=-1")
abstract class ApiTest {
    static final Instant DAY = Instant.parse("2026-11-19T00:00:00Z");
    static final Connector WECHAT = connector("wechat", "file:data/mapping/wechat.csv");

    @Autowired
    MockMvcTester mvc;

    @Autowired
    Connectors connectors;

    @Autowired
    Runs runs;

    @Autowired
    Pages pages;

    @Autowired
    Items items;

    @Autowired
    Channels channels;

    @Autowired
    DryCounts dryCounts;

    @Autowired
    NotServed notServed;

    @Autowired
    RunReports reports;

    @Autowired
    Clock clock;

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    private DataDirectory data;

    @BeforeEach
    void empty() throws IOException {
        List.of(
                        "item",
                        "capture",
                        "message",
                        "page",
                        "met_again",
                        "dry_count",
                        "run_total",
                        "run_change",
                        "not_served",
                        "not_served_message",
                        "search_list",
                        "search_page",
                        "reopening",
                        "decision",
                        "channel_entry",
                        "replay",
                        "replay_item",
                        "alert",
                        "verification_part",
                        "verification_difference",
                        "verification",
                        "run",
                        "connector",
                        "page_parties",
                        "page_removal",
                        "run_removal",
                        "hold",
                        "terms_acceptance",
                        "terms")
                .forEach(table -> jdbc.update("delete from " + table));
        FileSystemUtils.deleteRecursively(data.path("secrets"));
        connectors(WECHAT, connector("whatsapp", ""));
    }

    void connectors(Connector... all) {
        CollectingFixture.put(
                connectors, List.of(new Problem("connectors/bad.camel.yaml", 3, "The network is empty.")), all);
    }

    static Connector connector(String id, String mapping) {
        return new Connector(
                id, id + " Archiver", id.toUpperCase(Locale.ROOT), id, "0 15 2 * * ?", "ops", mapping, true);
    }

    MvcTestResult get(String path, Object... values) {
        return mvc.get().uri(path, values).exchange();
    }

    MvcTestResult post(String path, String json) {
        return mvc.post()
                .uri(path)
                .contentType(MediaType.APPLICATION_JSON)
                .content(json)
                .principal(() -> "ada")
                .exchange();
    }

    Run open(boolean dry) {
        return runs.open("wechat", Run.Cause.SCHEDULE, dry, DAY, DAY.plus(Duration.ofDays(1)))
                .orElseThrow();
    }

    Page page(Run run, long messages) {
        Page page = new Page(
                run.id(), 1, "wechat/" + run.id() + "/1.json.gz", "a".repeat(64), 10, messages, clock.instant());
        pages.landed(page);
        return page;
    }

    void end(Run run, Page page, Long totalCount) {
        if (page != null) {
            pages.done(page);
        }
        runs.landed(run.id(), totalCount);
        reports.finish(run.id());
    }

    void imported(Page page, String id) {
        Item item = item(page, id, ItemState.SENDING, null);
        items.register(List.of(new Items.Fresh(revision(page, id), List.of(item))));
        items.settle(List.of(new Items.Settled(item, ItemState.IMPORTED, null, null, 1, null)));
    }

    void failed(Page page, String id, Reason reason) {
        Item item = item(page, id, ItemState.FAILING, reason);
        items.register(List.of(new Items.Fresh(revision(page, id), List.of(item))));
        channels.record(List.of(new Failure(
                "wechat",
                page.run(),
                revision(page, id),
                item,
                "+4915112345678",
                0L,
                reason,
                "It failed.",
                page.path())));
    }

    Items.Fresh sending(Page page, String id) {
        return new Items.Fresh(revision(page, id), List.of(item(page, id, ItemState.SENDING, null)));
    }

    static Revision revision(Page page, String id) {
        return Revision.of("wechat", id, "d".repeat(64), 0, page, 0, "+4915112345678", "", "");
    }

    private static Item item(Page page, String id, ItemState state, Reason reason) {
        return item(page, id, "anna@example.com", state, reason);
    }

    static Item item(Page page, String id, String mailbox) {
        return item(page, id, mailbox, ItemState.SENDING, null);
    }

    private static Item item(Page page, String id, String mailbox, ItemState state, Reason reason) {
        return new Item(
                revision(page, id).id(),
                mailbox,
                page.run(),
                page.number(),
                state,
                "EQUIVALENT_NUMBER",
                reason,
                null,
                0,
                null,
                null);
    }

    static void assertProblem(MvcTestResult answer, HttpStatus status, String part) {
        assertThat(answer).hasStatus(status).hasContentType(MediaType.APPLICATION_PROBLEM_JSON);
        assertThat(answer).bodyJson().extractingPath("$.detail").asString().contains(part);
        assertThat(answer).bodyJson().extractingPath("$.status").isEqualTo(status.value());
    }
}
