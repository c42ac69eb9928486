package org.chatarchiver.benchmark;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.chatarchiver.SuppressForbidden;
import org.chatarchiver.ledger.Run;
import org.chatarchiver.sandbox.ArchiverHome;
import org.chatarchiver.sandbox.EmbeddedMailServer;
import org.chatarchiver.sandbox.FeedAccount;
import org.chatarchiver.sandbox.FeedSimulator;
import org.chatarchiver.sandbox.PlainTraffic;
import org.chatarchiver.sandbox.RunningArchiver;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.FileSystemUtils;

/** What {@code bench.items} texts (20,000 if not set) leave behind: rows and bytes in a ledger on PostgreSQL, bytes in the landing zone, requests to the feed. */
public final class SizesBenchmark {
    private static final int ITEMS = Integer.getInteger("bench.items", 20_000);
    private static final String NEVER = "0 0 0 1 1 ? 2099";
    private static final String PASSWORD = "feed-secret";

    private final JdbcClient ledger;

    private SizesBenchmark(JdbcClient ledger) {
        this.ledger = ledger;
    }

    public static void main(String[] args) throws Exception {
        Path folder = Files.createTempDirectory("benchmark");
        List<String> mailboxes = PlainTraffic.mailboxes(20);
        Instant to = Instant.now().truncatedTo(ChronoUnit.SECONDS).minus(1, ChronoUnit.HOURS);
        Instant from = to.minus(1, ChronoUnit.HOURS);
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start();
                FeedSimulator feed = new FeedSimulator();
                EmbeddedMailServer mail = new EmbeddedMailServer(0, folder.resolve("mail"))) {
            SizesBenchmark sizes = new SizesBenchmark(JdbcClient.create(postgres.getPostgresDatabase()));
            feed.account(new FeedAccount("ops", PASSWORD, Set.of("WECHAT")));
            mail.create(mailboxes);
            PlainTraffic.texts(ITEMS, mailboxes, from, to).forEach(text -> text.sendTo(feed));
            ArchiverHome home = ArchiverHome.create(folder.resolve("archiver"))
                    .connector("wechat", NEVER, PlainTraffic.mapping(mailboxes), PASSWORD);
            try (RunningArchiver archiver = new RunningArchiver.Settings(home, feed)
                    .on(postgres)
                    .oauth(mail)
                    .set("archiver.exchange.probe-mailbox", mailboxes.get(0))
                    .start()) {
                Map<String, Long> empty = sizes.bytes();
                int asked = feed.requests().size();
                String run = archiver.start("wechat", false, from, to);
                while (archiver.report(run).run().state() == Run.State.RUNNING) {
                    TimeUnit.MILLISECONDS.sleep(200);
                }
                say(
                        "imported %d, requests to the feed %d",
                        archiver.report(run).imported(), feed.requests().size() - asked);
                // What is entered for the search comes behind the run.
                TimeUnit.MILLISECONDS.sleep(Duration.ofSeconds(45).toMillis());
                sizes.tell(empty);
            }
            say("landing zone: %.0f bytes an item", bytes(home.data().resolve("landing")) / (double) ITEMS);
        } finally {
            FileSystemUtils.deleteRecursively(folder);
        }
    }

    private void tell(Map<String, Long> empty) {
        long all = 0;
        long rows = 0;
        for (Map.Entry<String, Long> table : bytes().entrySet()) {
            long grown = table.getValue() - empty.getOrDefault(table.getKey(), 0L);
            long count = ledger.sql("select count(*) from " + table.getKey())
                    .query(Long.class)
                    .single();
            if (grown > 0) {
                all += grown;
                rows += count;
                say(
                        "%s: %.2f rows and %.0f bytes an item",
                        table.getKey(), count / (double) ITEMS, grown / (double) ITEMS);
            }
        }
        say("ledger: %.2f rows and %.0f bytes an item", rows / (double) ITEMS, all / (double) ITEMS);
    }

    /** Of each table, with its indexes. */
    private Map<String, Long> bytes() {
        Map<String, Long> bytes = new TreeMap<>();
        ledger.sql(
                        "select relname, pg_total_relation_size(oid) from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace")
                .query((row, number) -> bytes.put(row.getString(1), row.getLong(2)))
                .list();
        return bytes;
    }

    private static long bytes(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    @SuppressForbidden("the figures are what this program is for")
    private static void say(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
