package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.chatarchiver.endtoend.HawtioBed.ADMIN;
import static org.chatarchiver.endtoend.HawtioBed.PASSWORD;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.chatarchiver.servers.Chromium;
import org.chatarchiver.servers.RequiresProgram;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;

/** Setting connectors up, from the first click to the first archived message, in a real browser. */
@RequiresProgram({"chromium", "chromedriver"})
class SetupBrowserTest {
    @TempDir
    static Path folder;

    private static SetupBed bed;
    private Chromium browser;
    private Screens screens;

    @BeforeAll
    static void start() throws Exception {
        bed = new SetupBed(folder);
    }

    @AfterAll
    static void stop() throws IOException {
        bed.close();
    }

    @BeforeEach
    void openBrowser() {
        browser = new Chromium();
        screens = new Screens(browser);
        browser.open(url("/console/connectors"));
        browser.type(By.id("username"), ADMIN);
        browser.type(By.id("password"), PASSWORD);
        browser.click(By.cssSelector("main button"));
        browser.see(By.linkText("Add connector"));
    }

    @AfterEach
    void closeBrowser() {
        browser.close();
    }

    @Test
    void aSecondWeChatConnectorIsAddedAndArchivesItsFirstMessage() throws Exception {
        bed.add("WECHAT", "first-of-wechat", "The first message of WeChat");
        browser.click(By.linkText("Add connector"));
        browser.see(By.linkText("Verizon SMS/MMS Network Archiver"));
        screens.look("setup");
        browser.click(By.linkText("WeChat Archiver"));
        browser.see(By.xpath("//h2[.='What is needed before']"));
        screens.look("setup-product");
        browser.click(By.xpath("//button[.='Add connector']"));
        acceptTerms(true);
        browser.type(By.id("username"), SetupBed.USER);
        browser.type(By.id("password"), "wrong");
        browser.click(By.xpath("//button[contains(.,'Check the log-in')]"));
        browser.see(By.cssSelector("p[role='alert']"));
        screens.look("setup-login-refused");
        logIn();
        uploadBadAndMended();
        browser.click(By.xpath("//button[.='Go on to the review']"));
        browser.see(By.id("schedule"));
        assertThat(browser.see(By.id("folder")).getAttribute("value")).isEqualTo("WeChat Archiver 2");
        screens.look("setup-review");
        browser.run("document.getElementById('schedule').value = '0 0 0 30 2 ? 2099'");
        browser.click(By.xpath("//button[.='Check']"));
        browser.see(By.id("missing"));
        screens.look("setup-review-hindered");
        browser.run("document.getElementById('schedule').value = '0 15 2 * * ?'");
        browser.click(By.xpath("//button[contains(.,'Finish')]"));
        browser.see(By.xpath("//*[@role='status'][contains(.,'It is in force')]"));
        screens.look("setup-done");
        browser.click(By.xpath("//button[.='Start the first run now']"));
        browser.see(By.xpath("//*[@role='status'][contains(.,'has started')]"));
        awaitMail("WeChat Archiver 2", "The first message of WeChat");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void aWhatsAppConnectorIsAddedChangedAndRemoved() throws Exception {
        bed.add("WHATSAPP", "first-of-whatsapp", "The first message of WhatsApp");
        browser.open(url("/console/setup/product?id=whatsapp"));
        browser.click(By.xpath("//button[.='Add connector']"));
        acceptTerms(false);
        logIn();
        pick("mapping.csv", TestBed.MAPPING);
        browser.click(By.xpath("//button[.='Go on to the review']"));
        browser.see(By.id("schedule"));
        browser.open(url("/console/connectors"));
        browser.see(By.id("drafts"));
        screens.look("connectors-drafts");
        browser.click(By.cssSelector("#drafts + ul a"));
        browser.see(By.id("schedule"));
        browser.click(By.xpath("//button[contains(.,'Finish')]"));
        browser.see(By.xpath("//*[@role='status'][contains(.,'It is in force')]"));
        browser.click(By.xpath("//button[.='Start the first run now']"));
        browser.see(By.xpath("//*[@role='status'][contains(.,'has started')]"));
        awaitMail("WhatsApp Archiver", "The first message of WhatsApp");

        browser.click(By.cssSelector("[aria-label='Change: WhatsApp Archiver']"));
        browser.see(By.xpath("//h1[contains(.,'Change connector')]"));
        assertThat(browser.see(By.xpath("//dd[contains(.,'mapping/whatsapp.csv')]"))
                        .isDisplayed())
                .isTrue();
        browser.run("document.getElementById('schedule').value = '0 0/30 * * * ?'");
        browser.click(By.xpath("//button[contains(.,'Finish')]"));
        browser.see(By.xpath("//*[@role='status'][contains(.,'It is in force')]"));
        browser.open(url("/console/connectors"));
        browser.see(By.xpath("//dd[.='every 30 minutes']"));
        browser.click(By.cssSelector("[aria-label='Remove: WhatsApp Archiver']"));
        browser.see(By.xpath("//h1[contains(.,'Remove connector')]"));
        screens.look("setup-removal");
        browser.click(By.xpath("//button[.='Remove the connector']"));
        browser.see(By.xpath("//*[@role='status'][contains(.,'is removed')]"));
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void theBackButtonAndADoubleClickDoNothingTwice() throws Exception {
        browser.open(url("/console/setup/product?id=signal"));
        browser.run(
                "const button = Array.from(document.querySelectorAll('button')).find(one => one.textContent === 'Add connector'); button.click(); button.click();");
        acceptTerms(false);
        logIn();
        browser.see(By.id("csv"));
        browser.run("history.back()");
        browser.see(By.id("password"));
        logIn();
        browser.click(By.xpath("//button[.='Go on to the review']"));
        browser.see(By.id("schedule"));
        browser.run("document.getElementById('id').value = 'signal-twice'");
        browser.run(
                "const button = Array.from(document.querySelectorAll('button')).find(one => one.textContent.startsWith('Finish')); button.click(); button.click();");
        browser.see(By.xpath("//*[@role='status'][contains(.,'It is in force')]"));
        browser.run("history.back()");
        browser.see(By.tagName("h1"));
        browser.open(url("/console/connectors"));
        assertThat(browser.all(By.cssSelector("[aria-label='Change: Signal Archiver']")))
                .hasSize(1);
        assertThat(browser.all(By.cssSelector("#drafts + ul a[aria-label*='Signal']")))
                .isEmpty();
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void theMappingIsMendedAndWhatWasMissingIsRequeuedAndArrives() throws Exception {
        browser.open(url("/console/search?q=shown-2"));
        browser.see(By.xpath("//*[contains(.,'NO_MAPPING')]"));
        browser.open(url("/console/connectors"));
        browser.click(By.cssSelector("[aria-label='Change: WeChat Archiver']"));
        acceptIfAsked();
        browser.click(By.cssSelector("[aria-label='Change the mapping']"));
        pick("wechat.csv", TestBed.MAPPING + "+447700900999,ben@example.com\n");
        browser.click(By.xpath("//button[.='Go on to the review']"));
        browser.see(By.id("schedule"));
        browser.click(By.xpath("//button[contains(.,'Finish')]"));
        browser.see(By.xpath("//*[@role='status'][contains(.,'It is in force')]"));
        browser.open(url("/console/channels/unmapped?connector=wechat"));
        browser.click(By.xpath("//summary[.='Requeue all']"));
        browser.click(By.xpath("//button[.='Requeue all of these']"));
        browser.see(By.xpath("//*[@role='status'][contains(.,'tried again')]"));
        await("the e-mail that was missing")
                .atMost(Duration.ofMinutes(1))
                .until(() -> bed.mail().count(TestBed.BEN, TestBed.FOLDER) == 1);
        browser.open(url("/console/search?q=shown-2"));
        browser.see(By.xpath("//*[contains(.,'" + TestBed.BEN + "')]"));
        assertThat(browser.complaints()).isEmpty();
    }

    /** Of a change they are asked for where nobody has accepted them before. */
    private void acceptIfAsked() {
        browser.see(By.tagName("h1"));
        if (!browser.all(By.linkText("Read them")).isEmpty()) {
            browser.click(By.linkText("Read them"));
            browser.see(By.id("terms"));
            browser.click(By.name("accepted"));
            browser.click(By.xpath("//button[.='Accept and go on']"));
        }
        browser.see(By.id("schedule"));
    }

    private void acceptTerms(boolean look) throws IOException {
        browser.see(By.id("terms"));
        if (look) {
            screens.look("setup-terms");
        }
        if (browser.all(By.name("accepted")).isEmpty()) {
            browser.click(By.linkText("Go on"));
        } else {
            browser.click(By.name("accepted"));
            browser.click(By.xpath("//button[.='Accept and go on']"));
        }
        browser.see(By.id("password"));
    }

    private void logIn() {
        browser.run("document.getElementById('username').value = ''; document.getElementById('password').value = ''");
        browser.type(By.id("username"), SetupBed.USER);
        browser.type(By.id("password"), SetupBed.SECRET);
        browser.click(By.xpath("//button[contains(.,'Check the log-in')]"));
        browser.see(By.id("csv"));
    }

    private void uploadBadAndMended() throws IOException {
        screens.look("setup-mapping");
        choose("bad.csv", TestBed.MAPPING + "+447700900124,no-address\n");
        browser.see(By.xpath("//*[@role='alert'][contains(.,'Line 3')]"));
        screens.look("setup-mapping-bad");
        choose("mended.csv", TestBed.MAPPING + "+447700900124,ben@example.com\n+447700900125,nobody@example.com\n");
        browser.see(By.xpath("//caption[.='The first rows']"));
        browser.click(By.xpath("//button[.='Ask whether the mailboxes exist']"));
        browser.see(By.xpath("//*[@class='counts'][contains(.,'2 of 3 mailboxes exist, 1 does not')]"));
        screens.look("setup-mapping-asked");
    }

    private void pick(String name, String csv) throws IOException {
        Path file = folder.resolve(name);
        Files.writeString(file, csv);
        browser.see(By.id("csv")).sendKeys(file.toAbsolutePath().toString());
    }

    private void choose(String name, String csv) throws IOException {
        pick(name, csv);
        browser.click(By.xpath("//button[.='Check the file and take it']"));
    }

    private static void awaitMail(String folder, String text) {
        await("the e-mail in " + folder)
                .atMost(Duration.ofMinutes(1))
                .until(() -> bed.mail().emails(TestBed.ANN, folder).stream().anyMatch(email -> email.contains(text)));
    }

    private static String url(String path) {
        return "http://127.0.0.1:" + bed.port() + path;
    }
}
