package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.chatarchiver.endtoend.HawtioBed.ADMIN;
import static org.chatarchiver.endtoend.HawtioBed.PASSWORD;
import static org.chatarchiver.endtoend.HawtioBed.READER;

import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.chatarchiver.ledger.Channels;
import org.chatarchiver.ledger.KnownConnectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The pages of channels, runs, searches and routes, and what their forms do, over HTTP. */
class RecordsPagesTest {
    private static final String CHANNEL = "/console/channels/unmapped";

    @TempDir
    static Path folder;

    private static RecordsBed bed;

    @BeforeAll
    static void start() throws IOException {
        bed = new RecordsBed(folder);
    }

    @AfterAll
    static void stop() throws IOException {
        bed.close();
    }

    private static List<String> pages() {
        String run = "/console/runs/" + bed.run().run().id();
        return List.of(
                "/console/channels",
                CHANNEL,
                CHANNEL + "?connector=wechat&reason=NO_MAPPING",
                CHANNEL + "?closed=true",
                "/console/channels/source",
                run,
                "/console/connectors/wechat/runs",
                "/console/search",
                "/console/search?q=good-1",
                "/console/search?q=" + encoded(RecordsBed.HOSTILE),
                "/console/search?q=none",
                "/console/verification?from=2020-01-01&to=2099-01-01",
                "/console/routes");
    }

    @Test
    void everyPageIsThereAndWhatCameFromOutsideIsTextInIt() throws Exception {
        ConsoleClient admin = as(ADMIN);
        for (String page : pages()) {
            HttpResponse<String> answer = admin.get(page);
            assertThat(answer.statusCode()).as(page).isEqualTo(200);
            assertThat(answer.body())
                    .as(page)
                    .doesNotContain("<script>document", "<img", "${7*7}</", ">49<", " style=", "canary-of-a-message");
        }
    }

    @Test
    void aReaderSeesNoFormThatWouldBeRefusedAndIsRefusedWithoutOne() throws Exception {
        ConsoleClient reader = as(READER);
        for (String page : pages()) {
            HttpResponse<String> answer = reader.get(page);
            assertThat(answer.statusCode()).as(page).isEqualTo(200);
            assertThat(answer.body().split("method=\"post\"", -1))
                    .as(page + " has the log-out alone")
                    .hasSize(2);
            assertThat(answer.body()).as(page).doesNotContain("class=\"act\"", "type=\"checkbox\"");
        }
        String token = reader.token(CHANNEL);
        for (String act : List.of(
                CHANNEL + "/requeue",
                CHANNEL + "/requeue-all",
                CHANNEL + "/close",
                CHANNEL + "/reopen",
                "/console/verification",
                "/console/runs/" + bed.run().run().id() + "/cancel")) {
            assertThat(reader.post(act, token, "ids", "1", "why", "x").statusCode())
                    .as(act)
                    .isEqualTo(403);
        }
    }

    @Test
    void theSearchSaysWhyAMessageIsOrIsNotInTheMailbox() throws Exception {
        ConsoleClient reader = as(READER);
        assertThat(reader.get("/console/search?q=good-1").body())
                .contains("It is in the mailbox", ", since <time datetime=\"")
                .doesNotContainPattern(">[^<]*\\d\\d:\\d\\d:\\d\\dZ");
        assertThat(reader.get("/console/search?q=" + encoded("+44 7700 900998")).body())
                .contains("It is not in a mailbox of", "then requeue entry");
        assertThat(reader.get("/console/search?q=none").body())
                .contains("Nothing that the archiver has read is known by")
                .doesNotContain("no default region is set");
        assertThat(reader.get("/console/search?q=" + encoded("07700 900108")).body())
                .contains("no default region is set", "write it as +44 7700 900108")
                .doesNotContain("as it is dialled");
        assertThat(reader.get("/console/search?q=a&after=x").statusCode()).isEqualTo(400);
        for (String address : new String[] {
            "/console/channels/source?after=1%0A2026-11-29T00:00:00Z%20ERROR%20forged",
            "/console/channels/source?closed=perhaps"
        }) {
            assertThat(reader.get(address).statusCode()).as(address).isEqualTo(400);
        }
        assertThat(reader.get("/console/search?q=" + "a".repeat(1001)).body()).contains("has 1001 characters");
    }

    @Test
    void filesHoldTheReportAndNoCellOfThemIsRun() throws Exception {
        ConsoleClient reader = as(READER);
        String run = "/console/runs/" + bed.run().run().id();
        HttpResponse<String> failures = reader.get(run + "/failures.csv");
        assertThat(failures.headers().firstValue("Content-Type").orElse(""))
                .startsWith("text/csv")
                .containsIgnoringCase("utf-8");
        assertThat(failures.headers().firstValue("Content-Disposition").orElse(""))
                .contains("attachment");
        assertThat(failures.body())
                .startsWith("\uFEFFentry,channel,")
                .contains("\"'=HYPERLINK(\"\"http://x\"\")")
                .contains(",'+447700900998,");
        assertThat(failures.body().lines()).noneMatch(line -> line.matches(".*(^|,)\"?[=+@].*"));
        assertThat(reader.get(run + "/report.csv").body())
                .contains("imported,,3\r\n", "availableForImport,,", "failed,NO_MAPPING,");
        HttpResponse<String> json = reader.get(run + "/report.json", "Accept", "text/html");
        assertThat(json.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(json.body()).contains("\"imported\":3", "\"failedByReason\"");
    }

    @Test
    void aRunNamesWhatWasImportedInPart() throws Exception {
        ConsoleClient reader = as(READER);
        // While a replay, as that of another test, looks for the item, it is in no list.
        SmallDay.await().untilAsserted(() -> assertThat(
                        reader.get("/console/runs/" + bed.run().run().id()).body())
                .contains("The first 1 of 1,", "ATTACHMENT_UNDECODABLE", "partly-1"));
    }

    @Test
    void theRunsOfAConnectorAreReachedFromItsCard() throws Exception {
        assertThat(as(READER).get("/console/connectors").body()).contains("href=\"/console/connectors/wechat/runs\"");
    }

    @Test
    void theRunsOfAConnectorWhoseFileIsGoneStay() throws Exception {
        bed.bean(KnownConnectors.class)
                .remember(new KnownConnectors.Known("removed", "SIGNAL", "0 15 2 * * ?", "Signal Archiver"));
        assertThat(as(READER).get("/console/connectors/removed/runs").body())
                .contains("Runs of removed", "file is gone: nothing of it runs");
    }

    @Test
    void healthLeadsToTheEntriesThatItTellsOf() throws Exception {
        ConsoleClient reader = as(READER);
        String address = CHANNEL + "?connector=wechat&amp;reason=NO_MAPPING";
        assertThat(reader.get("/console/health").body()).contains("href=\"" + address + "\"", "NO_MAPPING of wechat");
        assertThat(reader.get(address.replace("&amp;", "&")).body()).contains("open in this channel");
    }

    @Test
    void theFailuresOfARunDoNotLeadBackToIt() throws Exception {
        String run = "/console/runs/" + bed.run().run().id();
        assertThat(as(READER).get(run).body())
                .contains("Open failures", ", position ")
                .doesNotContain("href=\"" + run + "\"");
        assertThat(as(READER).get(CHANNEL).body()).contains("href=\"" + run + "\"");
    }

    @Test
    void whatThereIsNotIsNotFound() throws Exception {
        ConsoleClient reader = as(READER);
        for (String page : List.of(
                "/console/channels/none",
                "/console/runs/none",
                "/console/runs/none/report.csv",
                "/console/runs/none/failures.csv",
                "/console/connectors/none/runs")) {
            assertThat(reader.get(page).statusCode()).as(page).isEqualTo(404);
        }
        assertThat(reader.get(CHANNEL + "?reason=none").statusCode()).isEqualTo(400);
    }

    @Test
    void theTickedAreRequeuedAndWhatThatDidIsSaid() throws Exception {
        ConsoleClient admin = as(ADMIN);
        Channels.Entry entry = bed.unmapped().get(0);
        assertThat(done(admin, CHANNEL + "/requeue", "ids", Long.toString(entry.id())))
                .contains("1 item is tried again");
        assertThat(bed.bean(Channels.class).find(entry.id()).orElseThrow().requeuedBy())
                .isEqualTo(ADMIN);
        assertThat(done(admin, CHANNEL + "/requeue")).contains("No entry is ticked");
        assertThat(done(admin, "/console/channels/source/requeue-all")).contains("nothing was requeued");
    }

    @Test
    void anEntryIsClosedWithAReasonThatIsShownInTheChannelAndInTheReportAndOpenedAgain() throws Exception {
        ConsoleClient admin = as(ADMIN);
        Channels.Entry entry = bed.unmapped().stream()
                .filter(one -> one.messageId().startsWith("xxx"))
                .findFirst()
                .orElseThrow();
        String id = Long.toString(entry.id());
        assertThat(done(admin, CHANNEL + "/close", "ids", id, "why", " "))
                .contains("The field reason has 0 characters");
        assertThat(bed.bean(Channels.class).find(entry.id()).orElseThrow().closed())
                .isNull();
        assertThat(done(admin, CHANNEL + "/close", "ids", id, "why", "<b>Left</b> the firm"))
                .contains("1 entry is closed");
        String shown = "&lt;b&gt;Left&lt;/b&gt; the firm";
        assertThat(admin.get(CHANNEL + "?closed=true").body()).contains(shown);
        assertThat(admin.get("/console/runs/" + entry.run()).body()).contains(shown, "of which 1 closed by a decision");
        assertThat(admin.get("/console/search?q=" + "x".repeat(900)).body())
                .contains("closed by a decision", "closed=true\">Entry " + id + " of the channel unmapped</a>");

        assertThat(done(admin, CHANNEL + "/reopen", "why", "x")).contains("No entry is ticked");
        assertThat(done(admin, CHANNEL + "/reopen", "ids", id, "why", ""))
                .contains("The field reason has 0 characters");
        assertThat(done(admin, CHANNEL + "/reopen", "ids", id, "why", "<i>Back</i> again"))
                .contains("1 entry is open again", "&lt;i&gt;Back&lt;/i&gt; again");
        assertThat(done(admin, CHANNEL + "/reopen", "ids", id, "why", "x")).contains("The others were open already");
    }

    @Test
    void theFilterStaysAfterEveryActAndAfterOneThatWasRefused() throws Exception {
        ConsoleClient admin = as(ADMIN);
        for (String act : List.of("requeue", "requeue-all", "close", "reopen")) {
            HttpResponse<String> answer = admin.post(
                    CHANNEL + "/" + act,
                    admin.token(CHANNEL),
                    "connector",
                    "another one",
                    "reason",
                    "NO_MAPPING",
                    "closed",
                    "true");
            assertThat(answer.headers().firstValue("Location").orElseThrow())
                    .as(act)
                    .endsWith(CHANNEL + "?connector=another+one&reason=NO_MAPPING&closed=true");
        }
        String[] open = {CHANNEL + "?connector=wechat&reason=NO_MAPPING", "value=\"false\""};
        String[] closed = {CHANNEL + "?connector=wechat&reason=NO_MAPPING&closed=true", "value=\"true\""};
        Channels.Entry entry = bed.unmapped().get(0);
        done(admin, CHANNEL + "/close", "ids", Long.toString(entry.id()), "why", "Left");
        for (String[] page : List.of(open, closed)) {
            String body = admin.get(page[0]).body();
            String[] forms = body.split("<form ", -1);
            assertThat(Arrays.stream(forms).filter(form -> form.contains("/unmapped/re")))
                    .as(page[0])
                    .isNotEmpty()
                    .allSatisfy(form -> assertThat(form)
                            .contains(
                                    "name=\"connector\" value=\"wechat\"",
                                    "name=\"reason\" value=\"NO_MAPPING\"",
                                    "name=\"closed\" " + page[1]));
        }
        done(admin, CHANNEL + "/reopen", "ids", Long.toString(entry.id()), "why", "Back");
    }

    @Test
    void anEntryThatADeliveryHasClosedIsNoDecisionAndLeadsToNoListWithoutIt() throws Exception {
        JdbcClient ledger = bed.bean(JdbcClient.class);
        long entry = bed.unmapped().stream()
                .filter(one -> one.messageId().startsWith("xxx"))
                .findFirst()
                .orElseThrow()
                .id();
        String close = "update channel_entry set closed = opened, closed_by = 'delivery' where id = ?";
        ledger.sql(close).params(entry).update();
        try {
            assertThat(as(READER).get("/console/search?q=" + "x".repeat(900)).body())
                    .contains("Entry " + entry + " of the channel unmapped: <strong>", "delivered, so closed")
                    .doesNotContain("Entry " + entry + " of the channel unmapped</a>");
        } finally {
            String open = "update channel_entry set closed = null, closed_by = null where id = ?";
            ledger.sql(open).params(entry).update();
        }
    }

    @Test
    void whatCannotBeDoneWithARunIsSaid() throws Exception {
        ConsoleClient admin = as(ADMIN);
        String run = "/console/runs/" + bed.run().run().id();
        assertThat(done(admin, run + "/cancel")).contains("only one that polls can be cancelled");
        assertThat(done(admin, run + "/accept")).contains("only an INCOMPLETE one can be accepted");
        assertThat(done(admin, run + "/replay", "why", "A mailbox was emptied")).contains("The replay has begun");
        assertThat(admin.get("/console/audit?action=RUN_REPLAYED").body()).contains("A mailbox was emptied");
        assertThat(admin.post("/console/runs/none/replay", admin.token(CHANNEL)).statusCode())
                .isEqualTo(404);
    }

    @Test
    void aTimeWithoutRunsIsNotVerifiedAndOneThatIsNoneIsRefused() throws Exception {
        ConsoleClient admin = as(ADMIN);
        assertThat(done(admin, "/console/verification", "connector", "", "from", "2020-01-01", "to", "2020-01-02"))
                .contains("No run has a part in that time, so nothing was verified", "value=\"2020-01-02\"");
        for (String times : List.of("from=2020-01-02&to=2020-01-01", "from=x&to=2020-01-01")) {
            assertThat(admin.get("/console/verification?" + times).statusCode())
                    .as(times)
                    .isEqualTo(400);
        }
    }

    @Test
    void aTimeWithMoreRunsThanAreVerifiedAtOnceIsToldOfWithAShorterOne() throws Exception {
        String run = bed.run().run().id();
        JdbcTemplate ledger = bed.bean(JdbcTemplate.class);
        ledger.update("""
                insert into run (id, connector, cause, dry, window_from, window_to, state, started, landed, finished, attempt, fully_landed)
                select concat('copy', x), connector, cause, dry, dateadd('HOUR', x - 1, first), dateadd('HOUR', x, first),
                    state, started, landed, finished, attempt, fully_landed
                from run, (select * from system_range(1, 1001)) as numbers (x),
                    (values (timestamp with time zone '2019-01-01 00:00:00Z')) as start (first) where id = ?""", run);
        try {
            ConsoleClient admin = as(ADMIN);
            assertThat(admin.get("/console/verification?from=2019-01-01&to=2019-12-31")
                            .body())
                    .contains("id=\"more\"", "1,001 runs", "datetime=\"2019-02-11T16:00:00Z\"")
                    .doesNotContain("Verify the runs");
            assertThat(done(admin, "/console/verification", "connector", "", "from", "2019-01-01", "to", "2019-12-31"))
                    .contains("it may reach to 2019-02-11T16:00:00Z", "value=\"2019-12-31\"");
            assertThat(admin.get("/console/verification?from=2019-01-01&to=2019-01-31")
                            .body())
                    .contains("Verify the runs")
                    .doesNotContain("id=\"more\"");
        } finally {
            ledger.update("delete from run where id like 'copy%'");
        }
    }

    /** The page behind a form that was sent. */
    private static String done(ConsoleClient who, String path, String... fields) throws Exception {
        HttpResponse<String> answer = who.post(path, who.token(CHANNEL), fields);
        assertThat(answer.statusCode()).isEqualTo(302);
        return who.get(answer.headers().firstValue("Location").orElseThrow()).body();
    }

    private static ConsoleClient as(String user) throws IOException, InterruptedException {
        return ConsoleClient.of(bed.port(), user, PASSWORD);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
