package org.chatarchiver.endtoend;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.chatarchiver.ledger.Channel;
import org.chatarchiver.ledger.Channels;
import org.chatarchiver.ledger.Item;
import org.chatarchiver.ledger.Items;
import org.chatarchiver.ledger.Run;
import org.chatarchiver.ledger.RunReport;
import org.chatarchiver.sandbox.ArchiverHome;
import org.chatarchiver.sandbox.EmbeddedMailServer;
import org.chatarchiver.sandbox.FeedAccount;
import org.chatarchiver.sandbox.FeedSimulator;
import org.chatarchiver.sandbox.MessageWriter;
import org.chatarchiver.sandbox.PlainTraffic;
import org.chatarchiver.sandbox.RunningArchiver;
import org.chatarchiver.servers.Dovecot;

/** An archiver with the connector {@code wechat}, between a feed and a mail server. Windows are handed out so that no two overlap. */
final class TestBed implements AutoCloseable {
    static final String WECHAT = "wechat";
    static final String FOLDER = "WeChat Archiver";
    static final String ANN = "ann@example.com";
    static final String BEN = "ben@example.com";
    static final String MAPPING = """
            External User ID,Microsoft 365 User Mailbox
            +447700900123,ann@example.com
            """;

    private static final String NEVER = "0 0 0 1 1 ? 2099";
    private static final String PASSWORD = "feed-secret";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final FeedSimulator feed;
    private final ArchiverHome home;
    private final RunningArchiver archiver;
    private Instant windowEnd = Instant.now().truncatedTo(ChronoUnit.SECONDS).minusSeconds(60);
    private int received;

    /** Changes the files that an archiver will start with. */
    interface Preparation {
        void prepare(ArchiverHome home) throws IOException;
    }

    private TestBed(Path folder, UnaryOperator<RunningArchiver.Settings> server, Preparation preparation)
            throws IOException {
        home = ArchiverHome.create(folder.resolve("archiver")).connector(WECHAT, NEVER, MAPPING, PASSWORD);
        preparation.prepare(home);
        feed = new FeedSimulator();
        feed.account(new FeedAccount("ops", PASSWORD, Set.of("WECHAT")));
        archiver = server.apply(new RunningArchiver.Settings(home, feed)
                        .set("archiver.telemessage.page-limit", 100)
                        .set("archiver.telemessage.retry.initial", "50ms")
                        .set("archiver.telemessage.retry.max", "200ms")
                        .set("archiver.telemessage.retry.retries", 4)
                        .set("archiver.sweep", 500))
                .start();
    }

    static TestBed start(Path folder, UnaryOperator<RunningArchiver.Settings> server) throws IOException {
        return start(folder, server, home -> {});
    }

    static TestBed start(Path folder, UnaryOperator<RunningArchiver.Settings> server, Preparation preparation)
            throws IOException {
        return new TestBed(folder, server, preparation);
    }

    static UnaryOperator<RunningArchiver.Settings> with(EmbeddedMailServer mail) {
        mail.create(Set.of(ANN, BEN));
        return settings -> settings.oauth(mail).set("archiver.exchange.probe-mailbox", ANN);
    }

    static UnaryOperator<RunningArchiver.Settings> byToken(Dovecot mail) {
        return settings -> settings.oauth(
                        "localhost",
                        mail.imapsPort(),
                        mail.trustStore(),
                        Dovecot.TRUST_STORE_PASSWORD,
                        mail.token(Duration.ofHours(1)))
                .set("archiver.exchange.probe-mailbox", ANN);
    }

    static UnaryOperator<RunningArchiver.Settings> byMaster(Dovecot mail) {
        return settings -> settings.plain(
                        "localhost",
                        mail.imapsPort(),
                        mail.trustStore(),
                        Dovecot.TRUST_STORE_PASSWORD,
                        Dovecot.MASTER,
                        Dovecot.MASTER_PASSWORD)
                .set("archiver.exchange.probe-mailbox", ANN);
    }

    FeedSimulator feed() {
        return feed;
    }

    ArchiverHome home() {
        return home;
    }

    RunningArchiver archiver() {
        return archiver;
    }

    /** A window that no test has used yet, an hour long; what is added is received in it. */
    Window window() {
        Instant end = windowEnd;
        windowEnd = end.minus(1, ChronoUnit.HOURS);
        return new Window(windowEnd, end);
    }

    record Window(Instant from, Instant to) {}

    void add(Window window, ObjectNode message) {
        add(window, bytes(message));
    }

    void add(Window window, byte[] message) {
        feed.add("WECHAT", next(window), message);
    }

    void add(Window window, MessageWriter message) {
        feed.add("WECHAT", next(window), message);
    }

    /** One more element that {@code totalCount} does not count. */
    void addAgain(Window window, ObjectNode message) {
        feed.addAgain("WECHAT", next(window), MessageWriter.of(bytes(message)));
    }

    private Instant next(Window window) {
        return window.from().plusSeconds(1).plusMillis(received++);
    }

    /** What became of a message, by mailbox; by its last revision. */
    Map<String, Item> items(String messageId) {
        return items(messageId, -1);
    }

    /** @param revision from 0; -1 for the last */
    Map<String, Item> items(String messageId, int revision) {
        List<Items.Known> known =
                archiver.bean(Items.class).recall(WECHAT, List.of(messageId)).getOrDefault(messageId, List.of());
        return known.isEmpty()
                ? Map.of()
                : known.get(revision < 0 ? known.size() - 1 : revision).items().stream()
                        .collect(Collectors.toMap(Item::target, item -> item));
    }

    /** The open entries of a channel that a run has made. */
    List<Channels.Entry> entries(Channel channel, RunReport report) {
        return archiver.bean(Channels.class).ofRun(report.run().id(), 1_000, 0).stream()
                .filter(entry -> entry.channel() == channel)
                .toList();
    }

    RunReport run(Window window) {
        return run(window, false);
    }

    /** To its end. */
    RunReport run(Window window, boolean dry) {
        return ended(archiver.start(WECHAT, dry, window.from(), window.to()));
    }

    RunReport ended(String run) {
        await("end of the run")
                .atMost(Duration.ofMinutes(2))
                .until(() -> archiver.report(run).run().state() != Run.State.RUNNING);
        return archiver.report(run);
    }

    /** A text from Ann, whose mailbox is mapped, to somebody outside. */
    static ObjectNode text(String id, String text) {
        return json("""
                {"messageContext": "app-message", "messageTime": "2025-03-04T09:00:00Z", "direction": "Out",
                 "msisdn": "+447700900123", "from": "+447700900123", "to": ["wxid_outside"]}""").put("messageId", id).put("textContent", text);
    }

    /** A text from the owner of one of {@link PlainTraffic}'s mailboxes. */
    static ObjectNode textOf(List<String> mailboxes, int mailbox, String id) {
        String number = PlainTraffic.mapping(mailboxes)
                .lines()
                .skip(mailbox + 1L)
                .findFirst()
                .orElseThrow()
                .split(",")[0];
        return text(id, "Text of " + id).put("msisdn", number).put("from", number);
    }

    static ObjectNode json(String text) {
        try {
            return (ObjectNode) JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] bytes(ObjectNode message) {
        return message.toString().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        archiver.close();
        feed.close();
    }
}
