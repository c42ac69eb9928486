package org.chatarchiver.faults;

import com.fasterxml.jackson.databind.JsonNode;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.awaitility.Awaitility;
import org.chatarchiver.sandbox.ArchiverHome;
import org.chatarchiver.sandbox.FeedAccount;
import org.chatarchiver.sandbox.FeedSimulator;
import org.chatarchiver.sandbox.MessageWriter;
import org.chatarchiver.servers.Azurite;
import org.chatarchiver.servers.Dovecot;
import org.chatarchiver.servers.FaultyProxy;
import org.chatarchiver.servers.MailSessions;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What archivers in processes of their own share: a ledger in PostgreSQL, a landing zone in Azurite, the mailboxes of one Dovecot, and the
 * feed. Each has a proxy of its own before the mailboxes.
 */
final class ClusterBed implements AutoCloseable {
    static final String CONNECTOR = "wechat";
    static final String FOLDER = "WeChat Archiver";
    private static final String NETWORK = "WECHAT";
    private static final String NEVER = "0 0 0 1 1 ? 2099";
    private static final String FEED_PASSWORD = "feed-secret";
    /** Of every archiver besides, such as a broker's: {@code name=value}, with semicolons between. */
    private static final String MORE = System.getProperty("cluster.settings", "");

    private static final Duration START = Duration.ofMinutes(2);

    private final Path folder;
    private final String mapping;
    private final int postgresPort = MortalArchiver.freePort();
    private EmbeddedPostgres postgres;
    private final Azurite azurite;
    private final Dovecot mail;
    private final FeedSimulator feed;
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private final List<Node> nodes = new ArrayList<>();
    private final MailSessions sessions;

    /**
     * @param mapping rows of a mapping file, without its header
     * @param sessions of one mailbox at a time, which an excess of is noted
     */
    ClusterBed(Path folder, Dovecot.Options mailboxes, String mapping, int sessions) throws IOException {
        this.folder = Files.createDirectories(folder);
        this.sessions = new MailSessions(sessions);
        this.mapping = "External User ID,Microsoft 365 User Mailbox\n" + mapping;
        postgres = postgres();
        azurite = Azurite.start();
        mail = mailboxes.start();
        feed = new FeedSimulator();
        feed.account(new FeedAccount("ops", FEED_PASSWORD, Set.of(NETWORK, "WHATSAPP")));
    }

    private EmbeddedPostgres postgres() throws IOException {
        return EmbeddedPostgres.builder()
                .setPort(postgresPort)
                .setDataDirectory(folder.resolve("postgres"))
                .setCleanDataDirectory(false)
                .start();
    }

    void restartPostgres() throws IOException {
        postgres.close();
        postgres = postgres();
    }

    MailSessions sessions() {
        return sessions;
    }

    /** One archiver, with what stands between it and the mailboxes. */
    record Node(MortalArchiver archiver, FaultyProxy proxy) {}

    /** A message that the run of {@link #run} finds. */
    void add(MessageWriter message) {
        feed.add(NETWORK, now.minusSeconds(600), message);
    }

    Dovecot mail() {
        return mail;
    }

    JdbcClient ledger() {
        return JdbcClient.create(postgres.getPostgresDatabase());
    }

    /** Returns once it answers. */
    Node start(String name, Map<String, Object> more) throws IOException {
        return start(name, Set.of(), more);
    }

    /** @param stops where it stops itself by SIGSTOP */
    Node start(String name, Set<CrashPoint> stops, Map<String, Object> more) throws IOException {
        ArchiverHome home = ArchiverHome.create(folder.resolve(name))
                .connector(CONNECTOR, NEVER, mapping, FEED_PASSWORD)
                .connector("whatsapp", NEVER, mapping, FEED_PASSWORD);
        FaultyProxy proxy = FaultyProxy.beforeImap(mail.imapPort(), sessions);
        Map<String, Object> settings = settings(home, proxy);
        settings.putAll(more);
        Path marks = Files.createDirectories(folder.resolve(name + "-marks"));
        Node node = new Node(MortalArchiver.startToStop(settings, stops, marks, folder.resolve(name + ".log")), proxy);
        nodes.add(node);
        Awaitility.await("start of " + name + ", see " + folder).atMost(START).until(node.archiver()::ready);
        return node;
    }

    private Map<String, Object> settings(ArchiverHome home, FaultyProxy proxy) {
        Map<String, Object> all = new HashMap<>();
        all.put("archiver.routes", home.routes());
        all.put("archiver.data", home.data());
        all.put("archiver.sweep", 500);
        // What stands in the memory of one archiver is soon for the others.
        all.put("archiver.queued-for", "1s");
        all.put("archiver.sweep-runs", 500);
        all.put("archiver.mapping.settle", "1ms");
        all.put("archiver.delivery.in-doubt-wait", "1s");
        all.put("archiver.telemessage.base-url", feed.baseUrl());
        all.put("archiver.telemessage.page-limit", 50);
        all.put("archiver.telemessage.settle", "1s");
        all.put("archiver.landing", "azure");
        all.put("archiver.azure.container", "landing");
        all.put("archiver.azure.connection-string", azurite.connectionString());
        all.put("spring.datasource.url", postgres.getJdbcUrl("postgres", "postgres"));
        all.put("spring.datasource.username", "postgres");
        all.put("spring.datasource.password", "postgres");
        all.put("archiver.exchange.imap.host", "127.0.0.1");
        all.put("archiver.exchange.imap.port", proxy.port());
        all.put("archiver.exchange.imap.security", "none");
        all.put("archiver.exchange.imap.auth", "plain");
        all.put("archiver.exchange.imap.username", Dovecot.MASTER);
        all.put("archiver.exchange.imap.password", Dovecot.MASTER_PASSWORD);
        Arrays.stream(MORE.split(";"))
                .filter(setting -> !setting.isEmpty())
                .map(setting -> setting.split("=", 2))
                .forEach(setting -> all.put(setting[0], setting[1]));
        return all;
    }

    /** Has an archiver begin a run over everything that was added. */
    void run(Node node) throws IOException, InterruptedException {
        // It answers a moment before its connectors are there.
        int status = Awaitility.await("the connector")
                .atMost(START)
                .until(
                        () -> node.archiver()
                                .post(
                                        "/api/connectors/" + CONNECTOR + "/runs",
                                        "{\"from\":\"" + now.minus(1, ChronoUnit.HOURS) + "\",\"to\":\"" + now + "\"}"),
                        answer -> answer != 404);
        if (status != 202) {
            throw new IOException("no run: " + status);
        }
    }

    /** The report of that run, as any archiver gives it. */
    JsonNode report(Node node) throws IOException, InterruptedException {
        return node.archiver()
                .get("/api/connectors/" + CONNECTOR + "/runs")
                .path("items")
                .path(0);
    }

    /** Waits for the end of that run and gives its report. */
    JsonNode ended(Node node, Duration most) {
        Awaitility.await("end of the run, see " + folder)
                .atMost(most)
                .pollInterval(Duration.ofMillis(500))
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(() -> !report(node).path("state").asText("RUNNING").equals("RUNNING"));
        try {
            return report(node);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** A text message, sent by the owner of this number. */
    static byte[] text(String id, String number, String text) {
        return ("{\"messageId\":\"" + id
                        + "\",\"messageContext\":\"app-message\",\"messageTime\":\"2025-03-04T09:00:00Z\","
                        + "\"direction\":\"Out\",\"msisdn\":\"" + number + "\",\"from\":\"" + number
                        + "\",\"to\":[\"wxid_outside\"],\"textContent\":\"" + text + "\"}")
                .getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException, InterruptedException {
        for (Node node : nodes) {
            node.archiver().goOn();
            node.archiver().close();
            node.proxy().close();
        }
        feed.close();
        mail.close();
        azurite.close();
        postgres.close();
    }
}
