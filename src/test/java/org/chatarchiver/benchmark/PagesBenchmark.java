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
            "/console/health");

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
        String form = "username=admin&password=" + URLEncoder.encode(password, StandardCharsets.UTF_8) + "&_csrf="
                + URLEncoder.encode(token.group(1), StandardCharsets.UTF_8);
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(archiver.address().resolve("/console/login"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(form))
                        .build(),
                BodyHandlers.ofString());
        if (answer.statusCode() != 200 || answer.body().contains("name=\"password\"")) {
            throw new IllegalStateException("The log-in was refused: " + answer.statusCode());
        }
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
