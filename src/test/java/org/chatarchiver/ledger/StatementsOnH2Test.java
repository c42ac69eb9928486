package org.chatarchiver.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.chatarchiver.MovableClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** What is asked all the time reads few rows of the ledger, by the plans that H2 makes of its statements. */
class StatementsOnH2Test {
    private static final Instant DAY = TestLedger.DAY;
    private static final int MESSAGES = 20_000;

    @TempDir
    Path directory;

    private final List<String> statements = new CopyOnWriteArrayList<>();
    private DriverManagerDataSource database;
    private AnnotationConfigApplicationContext ledger;

    @BeforeEach
    void open() {
        database = new DriverManagerDataSource("jdbc:h2:file:" + directory
                + "/ledger;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;DB_CLOSE_DELAY=-1");
        ledger = LedgerBeans.on(new Recording(), new MovableClock("2026-11-20T10:00:00Z"));
        statements.clear();
    }

    /** H2 plans by what it has counted: a ledger of some messages only would be read otherwise than one of many. */
    private void fill(String connector) {
        String run = connector + "-20261118T000000Z-0001";
        JdbcTemplate jdbc = ledger.getBean(JdbcTemplate.class);
        jdbc.update("""
                insert into run (id, connector, cause, dry, window_from, window_to, state, started, attempt, fully_landed)
                values (?, ?, 'SCHEDULE', false, ?, ?, 'COMPLETE', ?, 1, true)""", run, connector, Sql.at(DAY), Sql.at(DAY), Sql.at(DAY));
        jdbc.update("""
                insert into page (run, number, path, sha256, size, messages, landed, state)
                select ?, x, 'path', ?, 10, 100, ?, 'DONE' from system_range(1, ?) serial (x)""", run, "a".repeat(64), Sql.at(DAY), MESSAGES / 100);
        jdbc.update("""
                insert into message (id, connector, source_id, digest, revision, run, page, position, owner)
                select random_uuid(), ?, ? || x, ?, 0, ?, 1 + (x - 1) / 100, x, 'owner' from system_range(1, ?) serial (x)""", connector, connector, "b".repeat(64), run, MESSAGES);
        jdbc.update("""
                insert into item (message, target, run, page, state, attempts, updated)
                select id, 'anna@example.com', run, page, 'IMPORTED', 0, ? from message where connector = ?""", Sql.at(DAY), connector);
        jdbc.execute("analyze");
    }

    @AfterEach
    void close() throws SQLException {
        ledger.close();
        try (Connection connection = database.getConnection()) {
            connection.createStatement().execute("shutdown");
        }
    }

    @Test
    void whatWaitsIsFoundWithoutReadingWhatDoesNot() throws SQLException {
        fill("wechat");
        fill("whatsapp");
        statements.clear();
        Pages pages = ledger.getBean(Pages.class);
        pages.nextTry(DAY);
        pages.waiting(200, List.of("wechat"));
        ledger.getBean(Waiting.class).numbers();
        ledger.getBean(Waiting.class).list("", "", 10, "");
        ledger.getBean(Conditions.class).oldestUnarchived("wechat");

        pages.due(200, List.of("wechat"));
        ledger.getBean(ServedMailboxes.class).latest(10);

        statements.removeIf(
                statement -> statement.contains("from run") || statement.contains("from item where run = ?"));
        assertThat(statements).hasSize(7);
        for (String statement : statements) {
            assertThat(plan(statement))
                    .as(statement)
                    .doesNotContain("tableScan", "run_by_connector", "page_by_state: state = 'DONE'")
                    .containsPattern("item_by_retry: [^/]*retry_at <=? ");
        }
    }

    @Test
    void theItemsOfAPageThatIsVerifiedOrToBeEvidenceAreReadWithoutThoseOfOtherPages() throws SQLException {
        fill("wechat");
        Page page = new Page("wechat-20261118T000000Z-0001", 7, "path", "a".repeat(64), 10, 100, DAY);
        Evidence evidence = ledger.getBean(Evidence.class);
        EvidenceRows rows = ledger.getBean(EvidenceRows.class);
        statements.clear();

        List<Evidence.Delivered> first = evidence.delivered(page, null, 60);
        List<Evidence.Delivered> rest = evidence.delivered(page, first.get(59), 60);

        List<EvidenceRows.Row> firstRows = rows.items(page.run(), page.number(), null, 60);
        List<EvidenceRows.Row> restOfRows = rows.items(page.run(), page.number(), firstRows.get(59), 60);

        assertThat(rest).hasSize(40);
        assertThat(restOfRows).hasSize(40);
        assertThat(statements).hasSize(4);
        for (String statement : statements) {
            assertThat(plan(statement))
                    .as(statement)
                    .doesNotContain("tableScan")
                    .containsPattern("item_by_run: (page|run) = ");
        }
    }

    @Test
    void whatWaitsInAPageIsFoundWithoutReadingItsRun() throws SQLException {
        Pages pages = ledger.getBean(Pages.class);
        Run run = run();
        Page page = new Page(run.id(), 1, "path", "a".repeat(64), 10, 1, DAY);
        pages.landed(page);
        pages.done(page);
        statements.clear();
        pages.state(page);
        pages.inDoubt(page);

        assertThat(statements.stream().filter(statement -> statement.contains("from item")))
                .hasSize(2)
                .allSatisfy(statement ->
                        assertThat(plan(statement)).containsPattern("item_by_run: run = \\?\\d\\s+AND page = \\?\\d"));
    }

    @Test
    void aRunOfWhichSomethingWaitsIsNotCountedToSeeWhetherItHasEnded() {
        Run run = run();
        Pages pages = ledger.getBean(Pages.class);
        Page page = new Page(run.id(), 1, "path", "a".repeat(64), 10, 1, DAY);
        pages.landed(page);
        Items.Fresh fresh = TestLedger.fresh(TestLedger.revision(page, "m1", 0), "anna@example.com");
        Items items = ledger.getBean(Items.class);
        items.register(List.of(fresh));
        Item item = fresh.items().get(0);
        items.settle(List.of(
                new Items.Settled(item, ItemState.RETRY, Reason.THROTTLED, "It waits.", 0, DAY.plusSeconds(60))));
        pages.done(page);
        ledger.getBean(Runs.class).landed(run.id(), 1L);
        statements.clear();

        assertThat(ledger.getBean(RunReports.class).finish(run.id())).isEmpty();
        assertThat(statements).noneMatch(statement -> statement.contains("met_again"));

        items.settle(List.of(TestLedger.imported(item)));
        assertThat(ledger.getBean(RunReports.class).finish(run.id())).isPresent();
    }

    @Test
    void whatAChannelsRouteIsToBeToldOfIsFoundWithoutReadingWhatItWas() {
        ledger.getBean(JdbcTemplate.class).update("""
                insert into channel_entry (subject, channel, connector, run, source_id, owner, reason, detail, path, opened)
                select 's' || x, 'UNMAPPED', 'wechat', 'r', '', '', 'NO_MAPPING', '', '', ? from system_range(1, ?) serial (x)""", Sql.at(DAY), MESSAGES);
        ledger.getBean(Channels.class)
                .record(List.of(Failure.ofPoll("wechat", "r1", Reason.NO_MAPPING, "It is none.")));
        statements.clear();
        Tellings tellings = ledger.getBean(Tellings.class);
        assertThat(tellings.claim(Channel.UNMAPPED, 100, Duration.ofMinutes(2))).hasSize(1);
        tellings.numbers();

        List<String> asked = statements.stream()
                .filter(statement -> statement.startsWith("select"))
                .distinct()
                .toList();
        assertThat(asked).hasSize(2);
        for (String statement : asked) {
            assertThat(plan(statement))
                    .as(statement)
                    .doesNotContain("tableScan")
                    .containsPattern("channel_entry_by_telling: [^/]*tell_at <=? ");
        }
    }

    @Test
    void theReportOfARunReadsNoneOfItsItems() {
        fill("wechat");
        Runs runs = ledger.getBean(Runs.class);
        List<Run> listed = runs.list("wechat", 10, "");
        statements.clear();
        RunReports reports = ledger.getBean(RunReports.class);
        reports.of(listed);
        reports.of(listed.get(0).id());
        NotServed notServed = ledger.getBean(NotServed.class);
        notServed.counts(List.of(listed.get(0).id()));
        notServed.list(listed.get(0).id(), 100, null);

        assertThat(statements).hasSize(9).allSatisfy(statement -> {
            assertThat(statement)
                    .doesNotContainPattern(
                            "(from|join) (item|message|met_again|capture|capture_met_again|not_served_message|replay_item)\\b");
            assertThat(plan(statement).replaceAll("run_change\\.tableScan", "")).doesNotContain("tableScan");
        });
    }

    @Test
    void whatIsKnownOfAPagesMessagesIsFoundWithoutReadingTheOthers() {
        fill("wechat");
        fill("whatsapp");
        statements.clear();
        List<String> ids = IntStream.range(0, 200).mapToObj(i -> "wechat" + i).toList();

        assertThat(ledger.getBean(Items.class).recall("wechat", ids)).hasSize(199);

        assertThat(statements).hasSize(4);
        for (String statement : statements) {
            assertThat(plan(statement))
                    .as(statement)
                    .doesNotContain("tableScan")
                    .doesNotContainPattern("connector = \\?\\d\\s")
                    .containsPattern(
                            "source_id = wanted.wanted_id|message IN\\(|message = wanted.wanted_id|run = wanted.wanted_run");
        }
    }

    @Test
    void aSearchReadsByKeysAlone() {
        fill("wechat");
        ledger.getBean(JdbcTemplate.class)
                .update("insert into search_page (run, page) select run, number from page where number <= 50");
        while (ledger.getBean(SearchLists.class).enter()) {
            continue;
        }
        statements.clear();
        MessageSearch search = ledger.getBean(MessageSearch.class);
        MessageSearch.Wanted wanted = new MessageSearch.Wanted(
                List.of("wechat77"), List.of("0".repeat(40)), List.of("+49"), List.of("Anna@example.com"));
        String next = search.find(wanted, 20, "").next();
        assertThat(search.find(wanted, 20, next).messages()).hasSize(20);

        statements.removeIf(statement -> statement.contains("union select distinct connector from run"));
        assertThat(statements).hasSizeGreaterThan(10).allSatisfy(statement -> assertThat(plan(statement))
                .as(statement)
                .doesNotContain("tableScan"));
    }

    @Test
    void theItemsOfAReplayAreReadInPartsOfWhichEachIsReadFromWhereTheLastOneEnded() {
        fill("wechat");
        Runs runs = ledger.getBean(Runs.class);
        String run = runs.list("wechat", 1, "").get(0).id();
        Replays replays = ledger.getBean(Replays.class);
        statements.clear();
        assertThat(replays.start(run, "ada", "")).isTrue();
        ledger.getBean(JdbcTemplate.class).update("update item set state = 'IMPORTED'");
        assertThat(replays.finish()).containsExactly(run);

        List<String> keys = statements.stream()
                .filter(statement -> statement.startsWith("select message, target"))
                .toList();
        // 20 parts and what is behind them, for each of: lock, count, doubt, count, and at the end lock, count, count.
        assertThat(keys).hasSize(7 * (MESSAGES / 1_000 + 1));
        assertThat(plan(keys.get(0)))
                .containsPattern("PRIMARY_KEY\\w+: run = \\?1\\s+AND message > \\?2")
                .contains("index sorted");
        for (String statement : statements) {
            if (statement.contains("replay_item ") && !statement.startsWith("delete")) {
                assertThat(plan(statement)).as(statement).doesNotContainPattern("(item|met_again)\\.tableScan");
            }
        }
    }

    private Run run() {
        return ledger.getBean(Runs.class)
                .open("wechat", Run.Cause.BACKFILL, false, DAY, DAY.plus(Duration.ofDays(1)))
                .orElseThrow();
    }

    private String plan(String statement) {
        try (Connection connection = database.getConnection();
                PreparedStatement explain = connection.prepareStatement("explain " + statement)) {
            for (int i = 1; i <= explain.getParameterMetaData().getParameterCount(); i++) {
                explain.setObject(i, null);
            }
            List<String> lines = new ArrayList<>();
            try (ResultSet rows = explain.executeQuery()) {
                while (rows.next()) {
                    lines.add(rows.getString(1));
                }
            }
            return String.join("\n", lines);
        } catch (SQLException e) {
            throw new IllegalStateException(statement, e);
        }
    }

    /** Keeps the statements that it is asked to prepare. */
    private final class Recording extends DelegatingDataSource {
        Recording() {
            super(database);
        }

        @Override
        public Connection getConnection() throws SQLException {
            Connection real = super.getConnection();
            return (Connection) Proxy.newProxyInstance(
                    getClass().getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                        if (method.getName().equals("prepareStatement")) {
                            statements.add((String) arguments[0]);
                        }
                        try {
                            return method.invoke(real, arguments);
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    });
        }
    }
}
