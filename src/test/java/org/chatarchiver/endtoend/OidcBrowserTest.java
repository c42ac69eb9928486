package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.chatarchiver.servers.Chromium;
import org.chatarchiver.servers.IssuerStub;
import org.chatarchiver.servers.RequiresProgram;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;

/** The log-in at an issuer of OpenID Connect, which is another site, in a real browser with its rules for cookies. */
@RequiresProgram({"chromium", "chromedriver"})
class OidcBrowserTest {
    private static final By WAY = By.linkText("Log in with Contoso");
    private static final By GO = By.id("go");

    @TempDir
    static Path folder;

    private static IssuerStub issuer;
    private static HawtioBed bed;
    private Chromium browser;
    private Screens screens;

    @BeforeAll
    static void start() throws Exception {
        issuer = IssuerStub.start();
        bed = new HawtioBed(folder, settings -> OidcBed.with(issuer, settings));
    }

    @AfterAll
    static void stop() throws IOException {
        bed.close();
        issuer.close();
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
    void anAdministratorLogsInComesToThePageThatWasWantedAndLogsOutOfHawtioToo() throws IOException {
        issuer.vouchFor(Map.of("preferred_username", "ann@contoso.example", "roles", List.of("DATA_CONNECTOR_ADMIN")));
        browser.open(url("/console/health"));
        browser.see(WAY);
        screens.look("login-oidc");
        browser.click(WAY);
        assertThat(browser.see(GO).isDisplayed()).isTrue();
        assertThat(browser.url()).startsWith(issuer.issuer());
        browser.click(GO);
        browser.see(By.xpath("//h1[.='Health']"));
        assertThat(browser.url()).isEqualTo(url("/console/health"));
        assertThat(browser.see(By.className("user")).getText()).contains("ann@contoso.example");
        browser.click(By.linkText("Connectors"));
        browser.see(By.cssSelector("summary[aria-label^='Run now']"));
        browser.click(By.linkText("Hawtio"));
        browser.see(By.id("hawtio-header-user-dropdown-toggle"));
        browser.open(url("/console/connectors"));
        browser.click(By.xpath("//button[.='Log out']"));
        browser.see(By.xpath("//*[@role='status'][contains(.,'logged out')]"));
        browser.open(url("/actuator/hawtio"));
        browser.see(By.id("username"));
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void aReaderLogsInAndSeesNoButton() {
        issuer.vouchFor(Map.of("preferred_username", "rob@contoso.example", "groups", List.of("readers")));
        logIn();
        browser.see(By.xpath("//h1[.='Connectors']"));
        assertThat(browser.all(By.cssSelector("main button, main summary"))).isEmpty();
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void whoHasNoRoleReadsWhyAndCanStillUseTheForm() throws IOException {
        issuer.vouchFor(Map.of("preferred_username", "eve@contoso.example", "roles", List.of("Owner")));
        logIn();
        browser.see(
                By.xpath("//*[@role='alert'][contains(.,'does not hold DATA_CONNECTOR_ADMIN or COMPLIANCE_READER')]"));
        screens.look("login-oidc-refused");
        browser.type(By.id("username"), HawtioBed.READER);
        browser.type(By.id("password"), HawtioBed.PASSWORD);
        browser.click(By.cssSelector("main button"));
        browser.see(By.xpath("//h1[.='Connectors']"));
    }

    @Test
    void whoIsLoggedInAndFollowsALinkOfAnotherSiteComesToThePageAndNotToTheForm() {
        issuer.vouchFor(Map.of("preferred_username", "rob@contoso.example", "groups", List.of("readers")));
        logIn();
        browser.see(By.xpath("//h1[.='Connectors']"));
        for (String path : List.of("/console/health", "/actuator/hawtio/")) {
            browser.open(issuer.issuer() + "/link?" + url(path));
            browser.click(GO);
            browser.await("the page", () -> browser.url().startsWith(url(path)));
        }
        browser.see(By.id("hawtio-header-user-dropdown-toggle"));
    }

    @Test
    void whoIsNotLoggedInAndFollowsSuchALinkComesToTheFormAndThenToThePage() {
        browser.open(issuer.issuer() + "/link?" + url("/console/health"));
        browser.click(GO);
        browser.type(By.id("username"), HawtioBed.READER);
        browser.type(By.id("password"), HawtioBed.PASSWORD);
        browser.click(By.cssSelector("main button"));
        browser.see(By.xpath("//h1[.='Health']"));
    }

    private void logIn() {
        browser.open(url("/"));
        browser.click(WAY);
        browser.click(GO);
    }

    private static String url(String path) {
        return "http://127.0.0.1:" + bed.port() + path;
    }
}
