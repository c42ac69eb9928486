package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.chatarchiver.servers.Chromium;
import org.chatarchiver.servers.RequiresProgram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;

/** Pages in a tab that was left open. */
@RequiresProgram({"chromium", "chromedriver"})
class IdleBrowserTest {
    @TempDir
    Path folder;

    @Test
    void whatHawtioAsksEveryFewSecondsKeepsNobodyLoggedIn() throws IOException {
        try (HawtioBed bed = new HawtioBed(folder, settings -> settings.set("server.servlet.session.timeout", "8s"));
                Chromium browser = new Chromium()) {
            String hawtio = "http://127.0.0.1:" + bed.port() + "/actuator/hawtio/";
            browser.open(hawtio);
            browser.type(By.id("username"), HawtioBed.ADMIN);
            browser.type(By.id("password"), HawtioBed.PASSWORD);
            browser.click(By.cssSelector("main button"));
            browser.see(By.id("hawtio-header-user-dropdown-toggle"));
            browser.await("the end of the session", () -> browser.complaints().stream()
                    .anyMatch(complaint -> complaint.contains("401")));
            // Where Hawtio goes by itself when it is told so in time.
            browser.open(hawtio + "auth/logout");
            assertThat(browser.see(By.xpath("//*[@role='status']")).getText()).contains("Your session has ended");
            browser.open(hawtio);
            assertThat(browser.see(By.id("username")).isDisplayed()).isTrue();
        }
    }

    @Test
    void aPageOfTheConsoleThatIsLeftOpenComesToTheLogInByItself() throws IOException {
        try (HawtioBed bed = new HawtioBed(folder, settings -> settings.set("server.servlet.session.timeout", "8s"));
                Chromium browser = new Chromium()) {
            browser.open("http://127.0.0.1:" + bed.port() + "/console/connectors");
            browser.type(By.id("username"), HawtioBed.ADMIN);
            browser.type(By.id("password"), HawtioBed.PASSWORD);
            browser.click(By.cssSelector("main button"));
            browser.see(By.linkText("Add connector"));
            browser.await("the log-in", () -> !browser.all(By.id("password")).isEmpty());
            assertThat(browser.url()).contains("/console/login");
        }
    }
}
