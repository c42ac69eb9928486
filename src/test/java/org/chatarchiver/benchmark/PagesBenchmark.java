package org.chatarchiver.benchmark;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.chatarchiver.SuppressForbidden;
import org.chatarchiver.sandbox.ArchiverHome;
import org.chatarchiver.sandbox.FeedAccount;
import org.chatarchiver.sandbox.FeedSimulator;
import org.chatarchiver.sandbox.PlainTraffic;
import org.chatarchiver.servers.Dovecot;
import org.springframework.util.FileSystemUtils;

/**
 * How long each page of the console takes to be answered, with a session, by an archiver as users start it, whose embedded ledger has
 * {@code bench.items} items (1,000,000 if not set), {@code bench.entries} open entries of a channel (10,000) and runs of 400 days.
 */
public final class PagesBenchmark {
    private static final int ITEMS = Integer.getInteger("bench.items", 1_000_000);
    private static final int ENTRIES = Integer.getInteger("bench.entries", 10_000);
    private static final int DAYS = 400;
    private static final int PAGE = 1_000;
    private static final int TIMES = 20;
    private static final String NEVER = "0 0 0 1 1 ? 2099";
    private static final Pattern CSRF = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"");

    private static final List<String> PAGES = List.of(
            "/console/connectors",
            "/console/connectors/wechat/live",
            "/console/connectors/wechat/runs",
            "/console/runs/" + LargeLedger.RUN,
            "/console/channels",
            "/console/channels/unmapped",
            "/console/channels/unmapped?connector=wechat&reason=NO_MAPPING",
            "/console/search",
            "/console/search?q=message-" + ITEMS / 2,
            "/console/search?q=%2B447700900101",
            "/console/search?q=user1@example.com",
            "/console/search?q=nothing-of-that-name",
            "/console/routes",
            "/console/setup",
            "/console/setup/product?id=signal",
            "/console/setup/removal?connector=wechat",
            "/console/health");

    /** What an open page asks for every two seconds while a run goes on. */
    private static final List<String> POLLED =
            List.of("/console/connectors/wechat/live", "/console/runs/" + LargeLedger.RUN + "/live");

    private static final Duration RHYTHM = Duration.ofSeconds(2);
    private static final int POLLS = 500;

    private final ArchiverProcess archiver;
    private final HttpClient http = HttpClient.newBuilder()
            .cookieHandler(new CookieManager())
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();

    private PagesBenchmark(ArchiverProcess archiver) {
        this.archiver = archiver;
    }

    public static void main(String[] args) throws Exception {
        Path folder = Files.createTempDirectory("benchmark");
        List<String> mailboxes = PlainTraffic.mailboxes(1);
        try (FeedSimulator feed = new FeedSimulator();
                Dovecot dovecot = Dovecot.with(mailboxes).start()) {
            feed.account(new FeedAccount("ops", "feed-secret", Set.of("WECHAT")));
            ArchiverHome home = ArchiverHome.create(folder.resolve("archiver"))
                    .connector("wechat", NEVER, PlainTraffic.mapping(mailboxes), "feed-secret");
            ArchiverCommand command = ArchiverCommand.asUsersDo();
            say("The archiver is started by %s", command.told());
            // So that its directories are as it makes them.
            ArchiverProcess.start(command, home, feed, dovecot, mailboxes).close();
            LargeLedger.in(home)
                    .items(ITEMS, PAGE, mailboxes.get(0))
                    .days(DAYS)
                    .entries(ENTRIES)
                    .close();
            try (ArchiverProcess archiver = ArchiverProcess.start(command, home, feed, dovecot, mailboxes)) {
                PagesBenchmark pages = new PagesBenchmark(archiver);
                pages.logIn(home);
                pages.untilEntered(mailboxes.get(0));
                for (String page : PAGES) {
                    pages.measure(page);
                }
                for (String page : POLLED) {
                    pages.poll(page);
                }
                String draft = pages.draft();
                for (String step : List.of("terms", "login", "mapping", "review")) {
                    pages.measure(draft + step);
                }
                // What is read of the ledger for several who look at once is older now.
                TimeUnit.SECONDS.sleep(6);
                pages.measure("/console/health");
            }
        } finally {
            FileSystemUtils.deleteRecursively(folder);
        }
    }

    private void logIn(ArchiverHome home) throws IOException, InterruptedException {
        Matcher token = CSRF.matcher(get("/console/login").body());
        if (!token.find()) {
            throw new IllegalStateException("The log-in page has no token");
        }
        String password =
                Files.readString(home.data().resolve("secrets/admin/password")).strip();
        HttpResponse<String> answer = post(
                "/console/login",
                "username=admin&password=" + URLEncoder.encode(password, StandardCharsets.UTF_8),
                token.group(1));
        if (answer.statusCode() != 200 || answer.body().contains("name=\"password\"")) {
            throw new IllegalStateException("The log-in was refused: " + answer.statusCode());
        }
    }

    private HttpResponse<String> post(String path, String form, String token) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(archiver.address().resolve(path))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(
                                form + "&_csrf=" + URLEncoder.encode(token, StandardCharsets.UTF_8)))
                        .build(),
                BodyHandlers.ofString());
    }

    /** The path of a connector that is begun. */
    private String draft() throws IOException, InterruptedException {
        Matcher token = CSRF.matcher(get("/console/setup").body());
        if (!token.find()) {
            throw new IllegalStateException("The page of the products has no token");
        }
        String terms =
                post("/console/setup", "product=signal", token.group(1)).uri().getPath();
        return terms.substring(0, terms.lastIndexOf('/') + 1);
    }

    /** An archiver enters an older ledger for the search behind its start. */
    private void untilEntered(String mailbox) throws IOException, InterruptedException {
        long start = System.nanoTime();
        String last = "/console/search?q=" + mailbox;
        while (!get(last).body().contains("message-") || get(last).body().contains("moments more")) {
            TimeUnit.SECONDS.sleep(1);
        }
        say("Entered for the search within %.0f s of the log-in", (System.nanoTime() - start) / 1e9);
    }

    private void measure(String page) throws IOException, InterruptedException {
        List<Double> times = new ArrayList<>();
        int size = 0;
        for (int i = 0; i < TIMES; i++) {
            long start = System.nanoTime();
            HttpResponse<String> answer = get(page);
            times.add((System.nanoTime() - start) / (double) TimeUnit.MILLISECONDS.toNanos(1));
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(
                        page + " is answered " + answer.statusCode() + "\n" + archiver.lastLines());
            }
            size = answer.body().length();
        }
        double first = times.get(0);
        Collections.sort(times);
        say(
                "%-65s first %5.0f ms, median %4.0f, slowest %5.0f (%d characters)",
                page, first, times.get(TIMES / 2), times.get(TIMES - 1), size);
    }

    /** Processor time of the archiver for each poll, above what it uses meanwhile by itself. */
    private void poll(String page) throws IOException, InterruptedException {
        for (int i = 0; i < POLLS; i++) {
            get(page);
        }
        Duration before = archiver.cpu();
        long start = System.nanoTime();
        for (int i = 0; i < POLLS; i++) {
            get(page);
        }
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        Duration polled = archiver.cpu().minus(before);
        before = archiver.cpu();
        TimeUnit.NANOSECONDS.sleep(took.toNanos());
        Duration each = polled.minus(archiver.cpu().minus(before)).dividedBy(POLLS);
        say(
                "%-65s %.1f ms of a processor each, every %d s: %.2f %% of one",
                page,
                each.toNanos() / (double) TimeUnit.MILLISECONDS.toNanos(1),
                RHYTHM.toSeconds(),
                100.0 * each.toNanos() / RHYTHM.toNanos());
    }

    private HttpResponse<String> get(String page) throws IOException, InterruptedException {
        URI address = archiver.address().resolve(page);
        return http.send(
                HttpRequest.newBuilder(address).header("Accept", "text/html").build(), BodyHandlers.ofString());
    }

    @SuppressForbidden("the figures are what this program is for")
    private static void say(String format, Object... arguments) {
        System.out.printf(Locale.ROOT, format + "%n", arguments);
    }
}
