package org.chatarchiver.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.logging.Level;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.WebDriverWait;

/** The installed Chromium without a window, steered by the chromedriver that is installed with it; downloads nothing. */
public final class Chromium implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Path PICTURES = Path.of("target", "screens");

    private final ChromeDriver driver;

    public Chromium() {
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        ChromeOptions options = new ChromeOptions();
        options.setBinary(Program.find("chromium").orElseThrow().toFile());
        // Without its sandbox it starts for root too, who runs builds in containers.
        options.addArguments("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--window-size=1600,1000");
        options.setCapability(ChromeOptions.LOGGING_PREFS, logs);
        driver = new ChromeDriver(
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(
                                Program.find("chromedriver").orElseThrow().toFile())
                        .usingAnyFreePort()
                        .build(),
                options);
    }

    /** How large a window is seen, down to a telephone's, and whether the reader likes it dark. */
    public void look(int width, int height, boolean dark) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
    }

    /** What a script returns, behind its callback, the last of its arguments. */
    public Object ask(String script, Object... arguments) {
        return driver.executeAsyncScript(script, arguments);
    }

    public Object run(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    /** What a path of the page's own host answers to the browser's session, as text. */
    public String fetched(String path) {
        return String.valueOf(ask(
                "const done = arguments[1]; fetch(arguments[0]).then(answer => answer.text()).then(done, error => done(String(error)));",
                path));
    }

    public void open(String url) {
        driver.get(url);
    }

    public String url() {
        return driver.getCurrentUrl();
    }

    /** The first of these to be seen. */
    public WebElement see(By what) {
        return new WebDriverWait(driver, PATIENCE).until(ExpectedConditions.visibilityOfElementLocated(what));
    }

    /** All of these as they are now. */
    public List<WebElement> all(By what) {
        return driver.findElements(what);
    }

    public void click(By what) {
        new WebDriverWait(driver, PATIENCE)
                .until(ExpectedConditions.elementToBeClickable(what))
                .click();
    }

    public void type(By where, String text) {
        see(where).sendKeys(text);
    }

    /** Presses a key where the cursor is. */
    public void press(String key) {
        new Actions(driver).sendKeys(key).perform();
    }

    public void await(String what, Supplier<Boolean> condition) {
        new WebDriverWait(driver, PATIENCE).withMessage(what).until(any -> condition.get());
    }

    /** What the pages have complained of since this was asked last: errors of scripts, refused loads, broken policies. */
    public List<String> complaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.SEVERE.intValue())
                .map(LogEntry::getMessage)
                .toList();
    }

    /** The page as it is seen now, in {@code target/screens}. */
    public void picture(String name) throws IOException {
        Files.createDirectories(PICTURES);
        Files.write(PICTURES.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
    }

    @Override
    public void close() {
        driver.quit();
    }
}
