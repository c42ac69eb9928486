package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.chatarchiver.endtoend.HawtioBed.ADMIN;
import static org.chatarchiver.endtoend.HawtioBed.PASSWORD;
import static org.chatarchiver.endtoend.HawtioBed.READER;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.chatarchiver.ledger.ConnectorPauses;
import org.chatarchiver.servers.Chromium;
import org.chatarchiver.servers.RequiresProgram;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;

/** The console as people see it, in a real browser. */
@RequiresProgram({"chromium", "chromedriver"})
class ConsoleBrowserTest {
    private static final String CONNECTORS = "/console/connectors";
    private static final String HOSTILE =
            "<script>document.title='owned'</script> \"quoted\" 'so' <img src=x onerror=alert(1)> ${7*7} [[${7*7}]]";
    private static final int PAGE = 100;

    @TempDir
    static Path folder;

    private static HawtioBed bed;
    private Chromium browser;
    private Screens screens;

    @BeforeAll
    static void start() throws IOException {
        bed = new HawtioBed(folder);
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
    void whoWantsAPageLogsInAndComesToIt() throws IOException {
        browser.open(url("/console/health"));
        browser.see(By.id("username"));
        screens.look("login");
        logIn(READER);
        assertThat(browser.see(By.tagName("h1")).getText()).isEqualTo("Health");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void aWrongPasswordIsSaidToBe() throws IOException {
        browser.open(url("/"));
        browser.type(By.id("username"), ADMIN);
        browser.type(By.id("password"), "wrong");
        browser.click(By.cssSelector("main button"));
        browser.see(By.xpath("//*[@role='alert'][contains(.,'password is wrong')]"));
        screens.look("login-refused");
    }

    @Test
    void everyPageCanBeReachedByEverybody() throws IOException {
        open(READER, CONNECTORS);
        assertThat(browser.all(By.cssSelector("main button, main summary"))).isEmpty();
        screens.look("connectors-reader");
        browser.click(By.linkText("Health"));
        browser.see(By.xpath("//*[contains(@class,'finding')][contains(.,'unmapped')]"));
        screens.look("health");
        assertThat(browser.complaints()).isEmpty();
        browser.open(url("/console/none"));
        browser.see(By.xpath("//h1[contains(.,'no such page')]"));
        screens.look("none");
    }

    @Test
    void anAdministratorStartsARunAndSeesItMove() throws Exception {
        Semaphore pages = new Semaphore(1);
        TestBed.Window window = bed.bed().window();
        for (int i = 0; i < 4 * PAGE; i++) {
            byte[] message = TestBed.text("seen-" + i, "Text " + i).toString().getBytes(StandardCharsets.UTF_8);
            boolean first = i % PAGE == 0;
            bed.bed().add(window, out -> {
                if (first) {
                    take(pages);
                }
                out.write(message);
            });
        }
        open(ADMIN, CONNECTORS);
        screens.look("connectors");
        browser.click(By.cssSelector("summary[aria-label^='Run now']"));
        screens.look("connectors-run-now");
        browser.click(By.xpath("//button[.='Start the run']"));
        browser.see(By.xpath("//*[@role='status'][contains(.,'has started')]"));
        awaitCounts("1 of 1 page");
        screens.look("connectors-running");
        pages.release();
        awaitCounts("2 of 2 pages");
        theRunsPageMovesUntilItsEndAndThenHasItsCounts(pages);
        browser.open(url(CONNECTORS));
        browser.click(By.xpath("//dd[contains(.,'complete')]/a"));
        browser.see(By.xpath("//h1[contains(.,'Run')]"));
        browser.open(url(CONNECTORS));
        browser.click(By.cssSelector("[aria-label='Runs of WeChat Archiver']"));
        browser.see(By.tagName("h1"));
        assertThat(browser.url()).endsWith("/console/connectors/wechat/runs");
        assertThat(browser.complaints()).isEmpty();
    }

    private void theRunsPageMovesUntilItsEndAndThenHasItsCounts(Semaphore pages) throws IOException {
        browser.click(By.xpath("//*[@role='status'][contains(.,'has started')]/a"));
        browser.see(By.xpath("//h1[starts-with(.,'Run ')]"));
        awaitCounts("2 of 2 pages");
        screens.look("run-running");
        browser.run("document.body.dataset.page = 'the same'");
        pages.release();
        awaitCounts("3 of 3 pages");
        assertThat(browser.run("return document.body.dataset.page")).isEqualTo("the same");
        pages.release(10);
        browser.await("its end", () -> browser.all(By.tagName("progress")).isEmpty());
        browser.see(By.xpath("//*[@class='state good'][.='complete']"));
        browser.see(By.xpath("//dt[.='Still to come']/following-sibling::dd[.='0']"));
    }

    @Test
    void whatAPauseIsForIsShownAsItWasWritten() throws Exception {
        open(ADMIN, CONNECTORS);
        browser.click(By.cssSelector("summary[aria-label^='Pause']"));
        browser.type(By.name("reason"), HOSTILE);
        browser.click(By.xpath("//button[.='Pause the connector']"));
        browser.see(By.xpath("//*[@class='state warn'][.='Paused']"));
        assertThat(browser.see(By.xpath("//p[@class='note'][contains(.,'Paused by')]"))
                        .getText())
                .contains(ADMIN, HOSTILE);
        assertThat(browser.run("return document.title")).isEqualTo("Connectors · Chat Archiver");
        screens.look("connectors-paused");
        browser.open(url("/console/health"));
        browser.open(url(CONNECTORS));
        browser.click(By.cssSelector("summary[aria-label^='Resume']"));
        browser.click(By.xpath("//button[.='Resume the connector']"));
        browser.see(By.xpath("//*[@role='status'][contains(.,'is resumed')]"));
        assertThat(bed.bed().archiver().bean(ConnectorPauses.class).of("wechat"))
                .isEmpty();
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void whatCannotBeAReasonIsRefusedInWordsAndChangesNothing() {
        open(ADMIN, CONNECTORS);
        for (String reason : new String[] {"abc\u202Edef", "x".repeat(5_000)}) {
            browser.run(
                    "const field = document.querySelector('input[name=reason]'); field.removeAttribute('maxlength'); field.value = arguments[0]; field.form.submit();",
                    reason);
            browser.see(By.xpath("//*[@role='alert'][contains(.,'The field reason has')]"));
            browser.open(url(CONNECTORS));
        }
        assertThat(bed.bed().archiver().bean(ConnectorPauses.class).of("wechat"))
                .isEmpty();
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void everythingCanBeDoneByTheKeyboard() {
        open(ADMIN, CONNECTORS);
        browser.run("document.activeElement.blur()");
        browser.press("\uE004");
        assertThat(browser.run("return document.activeElement.textContent")).isEqualTo("Skip to the content");
        browser.press("\uE007");
        assertThat(browser.run("return document.activeElement.id")).isEqualTo("content");
        for (int tabs = 0; tabs < 6 && !focused().startsWith("Run now"); tabs++) {
            browser.press("\uE004");
        }
        assertThat(focused()).isEqualTo("Run now: WeChat Archiver");
        browser.press("\uE007");
        browser.see(By.xpath("//button[.='Start the run']"));
    }

    private String focused() {
        return String.valueOf(browser.run("return document.activeElement.getAttribute('aria-label')"));
    }

    @Test
    void whoLogsOutIsOutHereAndInHawtio() {
        open(ADMIN, CONNECTORS);
        browser.click(By.linkText("Hawtio"));
        browser.see(By.id("hawtio-header-user-dropdown-toggle"));
        browser.open(url(CONNECTORS));
        browser.click(By.xpath("//button[.='Log out']"));
        browser.see(By.xpath("//*[@role='status'][contains(.,'logged out')]"));
        browser.open(url("/actuator/hawtio"));
        browser.see(By.id("username"));
        assertThat(browser.complaints()).isEmpty();
    }

    private void awaitCounts(String text) {
        browser.await(
                text,
                () -> browser.all(By.xpath("//*[@class='counts'][contains(.,'" + text + "')]"))
                                .size()
                        == 1);
    }

    private static void take(Semaphore pages) {
        try {
            if (!pages.tryAcquire(1, TimeUnit.MINUTES)) {
                throw new IllegalStateException("Nobody let the page pass");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void open(String user, String path) {
        browser.open(url(path));
        logIn(user);
        browser.see(By.cssSelector("nav[aria-label='Pages']"));
    }

    private void logIn(String user) {
        browser.type(By.id("username"), user);
        browser.type(By.id("password"), PASSWORD);
        browser.click(By.cssSelector("main button"));
    }

    private static String url(String path) {
        return "http://127.0.0.1:" + bed.port() + path;
    }
}
