package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.chatarchiver.MovableClock;
import org.chatarchiver.faults.Mailboxes;
import org.chatarchiver.ledger.CaptureCounts;
import org.chatarchiver.ledger.LedgerBeans;
import org.chatarchiver.sandbox.ArchiverHome;
import org.chatarchiver.sandbox.FeedAccount;
import org.chatarchiver.sandbox.FeedSimulator;
import org.chatarchiver.servers.Azurite;
import org.chatarchiver.servers.Dovecot;
import org.chatarchiver.servers.FaultyProxy;
import org.chatarchiver.servers.RequiresProgram;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Two processes with one ledger in PostgreSQL, one landing zone in Azurite and the mailboxes of one Dovecot. */
@RequiresProgram({"dovecot", "python3", "azurite-blob"})
class TwoArchiversTest {
    private static final String NEVER = "0 0 0 1 1 ? 2099";
    private static final String PASSWORD = "feed-secret";
    private static final int MESSAGES = 2_000;
    private static final int CAPTURED_TWICE = 20;
    private static final int BOTH = MESSAGES / CAPTURED_TWICE - 1;
    private static final String ANNS = "+447700900123";
    private static final String BENS = "+447700900142";
    private static final String MAPPING = TestBed.MAPPING + BENS + "," + TestBed.BEN + "\n";
    private static final Duration SOON = Duration.ofMinutes(3);

    @TempDir
    Path folder;

    final Map<String, String> queue = new HashMap<>(
            // What stood in the queue of the one that is killed.
            Map.of("archiver.queued-for", "5s"));
    private EmbeddedPostgres postgres;
    private Azurite azurite;
    private Dovecot mail;
    private FaultyProxy proxy;
    private FeedSimulator feed;
    private JdbcClient ledger;
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);

    @BeforeEach
    void open() throws IOException {
        postgres = EmbeddedPostgres.start();
        ledger = JdbcClient.create(postgres.getPostgresDatabase());
        azurite = Azurite.start();
        mail = Dovecot.with(List.of(TestBed.ANN, TestBed.BEN)).start();
        proxy = FaultyProxy.beforeImap(mail.imapPort());
        feed = new FeedSimulator();
        feed.account(new FeedAccount("ops", PASSWORD, Set.of("WECHAT", "WHATSAPP")));
        for (int i = 0; i < MESSAGES; i++) {
            captured(i, ANNS);
            // Behind its neighbours, so that most stand in the pages around.
            if (i % CAPTURED_TWICE == 0 && i >= CAPTURED_TWICE) {
                captured(i - CAPTURED_TWICE, BENS);
            }
        }
    }

    private void captured(int i, String owner) {
        feed.add(
                "WECHAT",
                now.minusSeconds(600),
                TestBed.text(id(i), "Text " + i).put("msisdn", owner).toString().getBytes(StandardCharsets.UTF_8));
    }

    @AfterEach
    void close() throws IOException {
        feed.close();
        proxy.close();
        mail.close();
        azurite.close();
        postgres.close();
    }

    @Test
    void theyShareTheWorkAndTheOneThatIsLeftFinishesThatOfTheOneThatWasKilled() throws Exception {
        // Slow enough that the second one starts while there is work left, also where each start takes a minute.
        proxy.latency(Duration.ofSeconds(4));
        try (ArchiverProcess one = start("one")) {
            String run = one.run(TestBed.WECHAT, new TestBed.Window(now.minus(1, ChronoUnit.HOURS), now));
            await("the first at work").atMost(SOON).until(() -> workers().size() == 1);
            try (ArchiverProcess other = start("other")) {
                await("both at work").atMost(SOON).until(() -> workers().size() == 2);
                one.kill();
                assertThat(other.get(run).path("state").asText()).isEqualTo("RUNNING");
                proxy.latency(Duration.ZERO);

                await("end of the run")
                        .atMost(Duration.ofMinutes(3))
                        .until(() -> !other.get(run).path("state").asText().equals("RUNNING"));

                JsonNode report = other.get(run);
                assertThat(report.path("state").asText()).isEqualTo("COMPLETE");
                assertThat(report.path("imported").asInt()).isEqualTo(MESSAGES + BOTH);
                assertThat(report.path("availableFromSource").asInt()).isEqualTo(MESSAGES + BOTH);
                assertThat(report.path("failed").asInt()).isZero();
                assertCaptures(other);
                assertEvidence(other);
            }
        }
        Map<String, List<Mailboxes.Email>> delivered =
                new Mailboxes(mail, TestBed.FOLDER, List.of(TestBed.ANN, TestBed.BEN)).read();
        assertThat(delivered.get(TestBed.ANN))
                .extracting(Mailboxes.Email::sourceId)
                .containsExactlyInAnyOrderElementsOf(IntStream.range(0, MESSAGES)
                        .mapToObj(TwoArchiversTest::id)
                        .toList());
        assertThat(delivered.get(TestBed.BEN))
                .extracting(Mailboxes.Email::sourceId)
                .containsExactlyInAnyOrderElementsOf(IntStream.range(0, BOTH)
                        .mapToObj(i -> id(i * CAPTURED_TWICE))
                        .toList());
    }

    /** Of both owners all, whichever of the two has delivered a page. */
    private void assertCaptures(ArchiverProcess archiver) {
        try (ConfigurableApplicationContext beans =
                LedgerBeans.on(postgres.getPostgresDatabase(), new MovableClock(now.toString()))) {
            CaptureCounts counts = beans.getBean(CaptureCounts.class);
            // Beside the archiver, which does so too at times of its own.
            await().untilAsserted(() -> {
                while (counts.fold()) {
                    continue;
                }
                Map<String, Integer> captures = new HashMap<>();
                archiver.get("/api/coverage/captures?connector=wechat")
                        .path("items")
                        .forEach(day -> captures.merge(
                                day.path("owner").asText(), day.path("captures").asInt(), Integer::sum));
                assertThat(captures).isEqualTo(Map.of(ANNS, MESSAGES, BENS, BOTH));
            });
        }
    }

    /** Of the log that both have written, too. */
    private void assertEvidence(ArchiverProcess archiver) throws Exception {
        byte[] zip = archiver.bytes("/api/evidence?from=" + now.minus(1, ChronoUnit.HOURS) + "&to=" + now);
        EvidenceFiles files = EvidenceFiles.unpack(new ByteArrayInputStream(zip), folder.resolve("evidence"));
        assertThat(files.check()).contains("All of it agrees: ", ", " + (MESSAGES + BOTH) + " items.");
        List<String> items = Files.readAllLines(files.resolve("items.csv"));
        assertThat(items)
                .filteredOn(item -> item.contains("," + TestBed.ANN + ","))
                .hasSize(MESSAGES);
        assertThat(items)
                .filteredOn(item -> item.contains("," + TestBed.BEN + ","))
                .hasSize(BOTH);
        assertThat(Files.readAllLines(files.resolve("audit.jsonl")))
                .filteredOn(entry -> entry.contains("\"action\":\"ARCHIVER_STARTED\""))
                .hasSize(2);
    }

    private static String id(int number) {
        return "text-" + number;
    }

    private List<String> workers() {
        return ledger.sql("select distinct worker from page where worker_until > current_timestamp")
                .query(String.class)
                .list();
    }

    void prepare(ArchiverHome home) throws IOException {}

    private ArchiverProcess start(String name) throws IOException {
        ArchiverHome home = ArchiverHome.create(folder.resolve(name))
                .connector("wechat", NEVER, MAPPING, PASSWORD)
                .connector("whatsapp", NEVER, MAPPING, PASSWORD);
        prepare(home);
        Map<String, String> settings = new HashMap<>(queue);
        settings.putAll(Map.ofEntries(
                Map.entry("archiver.routes", home.routes().toString()),
                Map.entry("archiver.data", home.data().toString()),
                Map.entry("archiver.telemessage.base-url", feed.baseUrl().toString()),
                Map.entry("archiver.telemessage.page-limit", "20"),
                Map.entry("archiver.telemessage.settle", "1s"),
                Map.entry("archiver.mapping.settle", "1ms"),
                Map.entry("archiver.sweep", "500"),
                Map.entry("archiver.delivery.in-doubt-wait", "2s"),
                // In its last quarter a busy Dovecot files what the killed one had sent.
                Map.entry("archiver.lease.duration", "40s"),
                Map.entry("archiver.landing", "azure"),
                Map.entry("archiver.azure.container", "landing"),
                Map.entry("archiver.azure.connection-string", azurite.connectionString()),
                Map.entry("spring.datasource.url", postgres.getJdbcUrl("postgres", "postgres")),
                Map.entry("spring.datasource.username", "postgres"),
                Map.entry("spring.datasource.password", "postgres"),
                Map.entry("archiver.exchange.probe-mailbox", TestBed.ANN),
                Map.entry("archiver.exchange.imap.host", "127.0.0.1"),
                Map.entry("archiver.exchange.imap.port", Integer.toString(proxy.port())),
                Map.entry("archiver.exchange.imap.security", "none"),
                Map.entry("archiver.exchange.imap.auth", "plain"),
                Map.entry("archiver.exchange.imap.username", Dovecot.MASTER),
                Map.entry("archiver.exchange.imap.password", Dovecot.MASTER_PASSWORD)));
        return ArchiverProcess.start("256m", home.data(), settings, folder.resolve(name + ".log"));
    }
}
