package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.chatarchiver.endtoend.HawtioBed.ADMIN;
import static org.chatarchiver.endtoend.HawtioBed.PASSWORD;
import static org.chatarchiver.endtoend.HawtioBed.READER;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.chatarchiver.servers.Chromium;
import org.chatarchiver.servers.RequiresProgram;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;

/** Channels, runs, search and routes as people see them, in a real browser. */
@RequiresProgram({"chromium", "chromedriver"})
class RecordsBrowserTest {
    private static final String CHANNEL = "/console/channels/unmapped";

    @TempDir
    static Path folder;

    private static RecordsBed bed;
    private Chromium browser;
    private Screens screens;

    @BeforeAll
    static void start() throws IOException {
        bed = new RecordsBed(folder);
    }

    @AfterAll
    static void stop() throws IOException {
        bed.close();
    }

    @BeforeEach
    void openBrowser() {
        browser = new Chromium();
        screens = new Screens(browser);
    }

    @AfterEach
    void closeBrowser() {
        browser.close();
    }

    @Test
    void entriesAreRequeuedAndClosedAndWhatThatDidIsSaid() throws IOException {
        open(ADMIN, "/console/channels");
        screens.look("channels");
        browser.click(By.linkText("unmapped"));
        browser.see(By.cssSelector("input[name=ids]"));
        assertThat(browser.run("return document.title")).isEqualTo("Channel unmapped · Chat Archiver");
        screens.look("channel");
        browser.click(By.cssSelector("input[name=ids]"));
        browser.click(By.xpath("//summary[.='Requeue the ticked']"));
        screens.look("channel-requeue");
        browser.click(By.xpath("//button[.='Requeue the ticked entries']"));
        browser.see(By.xpath("//*[@role='status'][contains(.,'tried again')]"));
        browser.click(By.xpath("//tr[last()]//input[@name='ids']"));
        browser.click(By.xpath("//summary[.='Close the ticked']"));
        browser.type(By.name("why"), "Left the firm <script>document.title='owned'</script>");
        screens.look("channel-close");
        browser.click(By.xpath("//button[.='Close the ticked entries']"));
        browser.see(By.xpath("//*[@role='status'][contains(.,'1 entry is closed')]"));
        browser.open(url(CHANNEL + "?closed=true"));
        browser.see(By.xpath("//*[contains(@class,'note')][contains(.,'Left the firm')]"));
        screens.look("channel-closed");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void aRunTellsItsCountsAndFailures() throws IOException {
        open(ADMIN, "/console/runs/" + bed.run().run().id());
        browser.see(By.id("counts"));
        screens.look("run");
        browser.click(By.xpath("//summary[.='Replay']"));
        screens.look("run-replay");
        browser.open(url("/console/connectors/wechat/runs"));
        browser.see(By.cssSelector("svg.chart rect"));
        screens.look("connector-runs");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void aRunIsVerifiedAndEachDifferenceIsExplained() throws IOException {
        String page = "/console/runs/" + bed.run().run().id();
        open(ADMIN, page);
        browser.click(By.linkText("is everything there, and as it was?"));
        browser.see(By.xpath("//p[.='This run was never verified.']"));
        screens.look("verify-never");
        bed.tamper();
        browser.click(By.xpath("//button[.='Verify the run']"));
        browser.see(By.xpath("//strong[.='TOTAL_DIFFERS']"));
        browser.see(By.xpath("//strong[.='ELEMENT_UNACCOUNTED']"));
        assertThat(browser.all(By.xpath("//bdi[contains(.,'compare with a backup of the ledger')]")))
                .isNotEmpty();
        screens.look("verify");

        browser.click(By.linkText("Verify"));
        browser.see(By.id("from"));
        String day = bed.run().run().from().toString().substring(0, 10);
        browser.open(url("/console/verification?connector=wechat&from=2020-01-01&to=2020-01-02"));
        browser.see(By.xpath("//p[contains(.,'has a part in this time')]"));
        browser.open(url("/console/verification?from=" + day + "&to=2099-01-01"));
        browser.see(By.xpath("//*[@id='counts'][contains(.,'2 runs: 1 with differences, 1 never verified')]"));
        screens.look("verification");
        browser.click(By.xpath("//summary[.='Verify 2 runs']"));
        screens.look("verification-act");
        browser.click(By.xpath("//button[.='Verify the runs']"));
        browser.see(By.xpath("//*[@role='status'][contains(.,'2 runs are being verified')]"));
        browser.see(
                By.xpath("//*[@id='counts'][contains(.,'2 runs: 1 with differences, 1 in which nothing differs')]"));
        browser.see(By.xpath("//strong[.='ELEMENT_UNACCOUNTED']"));
        browser.see(By.xpath("//a[.='" + bed.run().run().id() + "']"));
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void theSearchTellsWhyAMessageIsMissing() throws IOException {
        open(READER, "/console/search");
        screens.look("search");
        browser.type(By.id("q"), "good-1");
        browser.click(By.xpath("//button[.='Search']"));
        browser.see(By.xpath("//*[@class='answer'][contains(.,'It is in the mailbox')]"));
        screens.look("search-found");
        browser.open(url("/console/search?q=%2B44%207700%20900998"));
        browser.see(By.xpath("//*[@class='answer'][contains(.,'It is not in')]"));
        screens.look("search-failed");
        browser.open(url("/console/search?q=none"));
        screens.look("search-nothing");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void coverageTellsWhoIsNotArchivedAndGivesFiles() throws IOException {
        bed.count();
        open(READER, "/console/coverage");
        browser.see(By.xpath("//td[contains(.,'+447700900998')]"));
        screens.look("coverage");
        assertThat(browser.fetched("/console/coverage/mapping-to-fill.csv?connector=wechat"))
                .contains("External User ID,Microsoft 365 User Mailbox", "+447700900998,")
                .doesNotContain("HYPERLINK");
        browser.click(By.linkText("Rows never met"));
        browser.see(By.xpath("//h2[contains(.,'no message has met')]"));
        screens.look("coverage-mapping");
        browser.click(By.linkText("Fallen silent"));
        browser.see(By.xpath("//p[.='Nobody has fallen silent.']"));
        screens.look("coverage-silent");
        browser.click(By.linkText("Captures by day"));
        browser.see(By.xpath("//td[@data-label='Owner']"));
        screens.look("coverage-captures");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void aReaderFiltersTheAuditLogAddsARemarkAndExportsEvidence() throws IOException {
        open(READER, "/console/audit");
        browser.see(By.xpath("//td[.='page delivered']"));
        browser.click(By.xpath("//summary[.='Add a remark']"));
        browser.type(By.id("about"), bed.run().run().id());
        browser.type(By.id("remark"), "Seen <script>document.title='owned'</script>");
        screens.look("audit-remark");
        browser.click(By.xpath("//button[.='Add the remark']"));
        browser.see(By.xpath("//*[@role='status'][contains(.,'for good')]"));
        screens.look("audit");
        browser.open(url("/console/audit?action=REMARK&actor=rita"));
        browser.see(By.xpath("//code[contains(.,'Seen <script>')]"));
        assertThat(browser.all(By.cssSelector("tbody tr"))).hasSize(1);
        assertThat(browser.fetched("/console/audit.csv?action=REMARK&actor=rita"))
                .contains("rita,REMARK,");
        browser.click(By.linkText("Evidence"));
        browser.see(By.id("export"));
        screens.look("evidence");
        assertThat(browser.fetched("/console/evidence.zip?from=2026-01-01&to=2099-01-01"))
                .startsWith("PK");
        browser.click(By.linkText("Exports so far"));
        browser.see(By.xpath("//code[contains(.,'WRITTEN')]"));
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void hostileTextIsShownAsItIs() {
        bed.count();
        open(ADMIN, CHANNEL);
        for (String page : new String[] {
            CHANNEL,
            "/console/runs/" + bed.run().run().id(),
            "/console/search?q=x",
            "/console/coverage",
            "/console/coverage/captures",
            "/console/verification?from=2020-01-01&to=2099-01-01",
            "/console/audit"
        }) {
            browser.open(url(page));
            browser.see(By.tagName("h1"));
            assertThat(browser.run("return document.title")).asString().endsWith("· Chat Archiver");
            assertThat(browser.all(By.cssSelector("main script, main img"))).isEmpty();
        }
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void theRoutesAreShown() throws IOException {
        open(READER, "/console/routes");
        browser.see(By.xpath("//code[contains(.,'connectors/wechat.camel.yaml')]"));
        screens.look("routes");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void whatIsWrongWithRouteFilesIsListed() throws IOException {
        Path connectors = bed.routes().resolve("connectors");
        List<Path> bad = List.of(
                connectors.resolve("a-connector-of-a-long-name.camel.yaml"), connectors.resolve("other.camel.yaml"));
        open(ADMIN, "/console/routes");
        try {
            for (Path file : bad) {
                Files.writeString(file, "- templatedRoute: [\n");
            }
            SmallDay.await().atMost(Duration.ofSeconds(40)).until(() -> {
                browser.open(url("/console/routes"));
                return browser.all(By.cssSelector("tr.remarks td[data-label=Remarks]"))
                                .size()
                        == 2;
            });
            screens.look("routes-wrong");
            browser.open(url("/console/health"));
            assertThat(browser.all(By.xpath("//*[@class='finding']/p[contains(.,'is no YAML')]")))
                    .hasSize(2);
            screens.look("health-routes");
            assertThat(browser.complaints()).isEmpty();
        } finally {
            for (Path file : bad) {
                Files.delete(file);
            }
        }
    }

    private void open(String user, String path) {
        browser.open(url(path));
        browser.type(By.id("username"), user);
        browser.type(By.id("password"), PASSWORD);
        browser.click(By.cssSelector("main button"));
        browser.see(By.cssSelector("nav[aria-label='Pages']"));
    }

    private static String url(String path) {
        return "http://127.0.0.1:" + bed.port() + path;
    }
}
