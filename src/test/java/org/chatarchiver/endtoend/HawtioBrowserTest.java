package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.chatarchiver.endtoend.HawtioBed.ADMIN;
import static org.chatarchiver.endtoend.HawtioBed.PASSWORD;
import static org.chatarchiver.endtoend.HawtioBed.READER;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.ServiceStatus;
import org.chatarchiver.servers.Chromium;
import org.chatarchiver.servers.RequiresProgram;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;

/** Hawtio as people see it, in a real browser; leaves pictures in {@code target/screens}. */
@RequiresProgram({"chromium", "chromedriver"})
class HawtioBrowserTest {
    private static final String ROUTE = "sweep-pages";

    @TempDir
    static Path folder;

    private static HawtioBed hawtio;
    private Chromium browser;

    @BeforeAll
    static void start() throws IOException {
        hawtio = new HawtioBed(folder);
    }

    @AfterAll
    static void stop() throws IOException {
        hawtio.close();
    }

    @BeforeEach
    void openBrowser() {
        browser = new Chromium();
    }

    @AfterEach
    void closeBrowser() {
        browser.close();
    }

    @Test
    void aWrongPasswordIsRefusedInTheForm() throws IOException {
        browser.open(url());
        browser.type(By.id("username"), ADMIN);
        browser.type(By.id("password"), "wrong");
        browser.click(By.tagName("button"));
        browser.see(By.xpath("//*[@role='alert'][contains(.,'password is wrong')]"));
        browser.picture("hawtio-login-refused");
        // The answer's status is what the browser complains of.
        assertThat(browser.complaints())
                .allSatisfy(complaint -> assertThat(complaint).contains("401"));
    }

    @Test
    void aReaderSeesTreeDiagramSourceStatisticsAndQueues() throws IOException {
        logIn(READER);
        for (String node :
                new String[] {"routes", "archive-page", "collect-run", "wechat", "endpoints", "components"}) {
            assertThat(browser.see(node(node)).isDisplayed()).as(node).isTrue();
        }

        browser.click(node("archive-page"));
        browser.click(By.linkText("Route Diagram"));
        browser.await(
                "a diagram", () -> browser.all(By.className("react-flow__node")).size() >= 5);
        browser.await(
                "its lines", () -> browser.all(By.className("react-flow__edge")).size() >= 5);
        // Not all: a step in which nothing is done counts nothing.
        browser.await(
                "its counts",
                () -> browser.all(By.cssSelector(".react-flow__node .number")).stream()
                                .filter(count -> count.getText().matches("[1-9]\\d*"))
                                .count()
                        >= 5);
        browser.picture("hawtio-diagram");

        browser.click(node("routes"));
        browser.click(By.linkText("Routes"));
        browser.see(row("archive-page"));
        browser.picture("hawtio-routes");

        browser.click(node("seda://pages?concurrentConsumers=2&pollTimeout=200&purgeWhenStopping=true&size=1000"));
        browser.click(By.linkText("Attributes"));
        browser.see(By.xpath("//*[text()='CurrentQueueSize' or text()='Current queue size']"));
        browser.picture("hawtio-queue");

        // Last: the editor that shows it complains of being left.
        browser.click(node("archive-page"));
        browser.click(By.linkText("Source"));
        browser.see(By.xpath("//*[contains(@class,'editor') or self::pre or self::code][contains(.,'archive-page')]"));
        browser.picture("hawtio-source");

        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void noTabComplains() {
        logIn(ADMIN);
        for (String node : new String[] {"chat-archiver", "routes", "archive-page"}) {
            browser.click(node(node));
            List<String> tabs = tabs();
            assertThat(tabs).hasSizeGreaterThan(1);
            for (String tab : tabs) {
                browser.click(By.linkText(tab));
                browser.see(By.xpath("//a[normalize-space(.)='" + tab + "'][@aria-current='page']"));
            }
        }
        assertThat(browser.complaints()).isEmpty();
    }

    /**
     * But for Source, which the test above sees, and Exchanges: that one asks for {@code browse}, which is refused to everybody, and Hawtio 5.2
     * takes a refusal there for an error of its own.
     */
    private List<String> tabs() {
        return browser.all(By.cssSelector("main nav a")).stream()
                .map(WebElement::getText)
                .filter(tab -> !List.of("Source", "Exchanges").contains(tab))
                .toList();
    }

    @Test
    void anAdministratorStopsARouteAndStartsItAgain() throws IOException {
        logIn(ADMIN);
        selectRoute();
        press("Stop");
        browser.see(By.xpath("//*[contains(.,'1 routes stopped successfully')]"));
        assertThat(status()).isEqualTo(ServiceStatus.Stopped);
        browser.see(state("Stopped"));
        browser.picture("hawtio-stopped");

        press("Start");
        browser.see(By.xpath("//*[contains(.,'1 routes started successfully')]"));
        assertThat(status()).isEqualTo(ServiceStatus.Started);
        browser.see(state("Started"));
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void aReaderWhoTriesToStopARouteIsRefused() throws IOException {
        logIn(READER);
        selectRoute();
        press("Stop");
        browser.see(By.xpath("//*[contains(text(),'stop the route')]"));
        browser.picture("hawtio-refused");
        assertThat(status()).isEqualTo(ServiceStatus.Started);
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void whoLogsOutSeesTheFormAgain() {
        logIn(READER);
        browser.click(By.id("hawtio-header-user-dropdown-toggle"));
        browser.click(By.xpath("//*[@role='menuitem'][contains(.,'Log out')]"));
        browser.see(By.id("username"));
        browser.open(url());
        browser.see(By.id("username"));
        assertThat(browser.complaints()).isEmpty();
    }

    private void logIn(String user) {
        browser.open(url());
        browser.type(By.id("username"), user);
        browser.type(By.id("password"), PASSWORD);
        browser.click(By.tagName("button"));
        browser.see(node("chat-archiver"));
        assertThat(browser.see(By.id("hawtio-header-user-dropdown-toggle")).getText())
                .contains(user);
    }

    private void selectRoute() {
        browser.click(node("routes"));
        browser.click(By.linkText("Routes"));
        WebElement row = browser.see(row(ROUTE));
        row.findElement(By.xpath(".//input[@type='checkbox']")).click();
    }

    private void press(String button) {
        browser.click(By.xpath("//button[normalize-space()='" + button + "']"));
    }

    private static By node(String text) {
        return By.xpath("//button[contains(@class,'tree-view__node-text')][text()='" + text + "']");
    }

    private static By row(String route) {
        return By.xpath("//tr[td[@data-label='Name'][.='" + route + "']]");
    }

    private static By state(String state) {
        return By.xpath(
                "//tr[td[@data-label='Name'][.='" + ROUTE + "']]/td[@data-label='State'][contains(.,'" + state + "')]");
    }

    private static ServiceStatus status() {
        return hawtio.bed()
                .archiver()
                .bean(CamelContext.class)
                .getRouteController()
                .getRouteStatus(ROUTE);
    }

    private static String url() {
        return "http://127.0.0.1:" + hawtio.port() + "/actuator/hawtio";
    }
}
