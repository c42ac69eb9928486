package org.chatarchiver.endtoend;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.chatarchiver.ledger.Run;
import org.chatarchiver.ledger.RunReport;
import org.chatarchiver.sandbox.ArchiverHome;
import org.chatarchiver.sandbox.EmbeddedMailServer;
import org.chatarchiver.sandbox.FeedAccount;
import org.chatarchiver.sandbox.FeedSimulator;
import org.chatarchiver.sandbox.RunningArchiver;

/** A feed with a message or two, a mail server with one mailbox, and a home whose routes may be edited before the archiver starts. */
final class SmallDay implements AutoCloseable {
    static final String MAILBOX = "ann@example.com";
    static final String NEVER = "0 0 0 1 1 ? 2099";
    static final String PASSWORD = "feed-Secret-4711";

    private static final String MAPPING =
            "External User ID,Microsoft 365 User Mailbox\r\n+447700900101," + MAILBOX + "\r\n";
    private static final String MESSAGE = """
            {"messageId":"%s","messageContext":"app-message","messageTime":%d,"direction":"Out","msisdn":"+447700900101",
             "from":"+447700900101","to":["+447700900999"],"textContent":"%s"}""";

    final ArchiverHome home;
    final FeedSimulator feed;
    final EmbeddedMailServer mail;
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);

    SmallDay(Path folder) throws IOException {
        home = ArchiverHome.create(folder.resolve("home"))
                .connector("wechat", NEVER, MAPPING, PASSWORD)
                .connector("whatsapp", NEVER, MAPPING, PASSWORD);
        feed = new FeedSimulator();
        mail = new EmbeddedMailServer(0, folder.resolve("mail"));
        feed.account(new FeedAccount("ops", PASSWORD, Set.of("WECHAT", "WHATSAPP", "SIGNAL")));
        mail.create(List.of(MAILBOX));
    }

    void message(String network, String id, String text) {
        Instant received = now.minusSeconds(600);
        feed.add(
                network,
                received,
                String.format(Locale.ROOT, MESSAGE, id, received.toEpochMilli(), text)
                        .getBytes(StandardCharsets.UTF_8));
    }

    RunningArchiver.Settings settings() {
        return new RunningArchiver.Settings(home, feed)
                .oauth(mail)
                // GreenMail keeps the certificate of the first server of a JVM.
                .set("archiver.exchange.imap.port", mail.plainPort())
                .set("archiver.exchange.imap.security", "none")
                .set("archiver.mapping.settle", "10ms")
                .set("archiver.telemessage.settle", "1s")
                .set("archiver.telemessage.retry.initial", "10ms")
                .set("archiver.exchange.probe-mailbox", MAILBOX);
    }

    /** When messages without a time of their own are received, in epoch milliseconds. */
    long received() {
        return now.minusSeconds(600).toEpochMilli();
    }

    /** A message received at that time. */
    void message(String network, String id, Instant received) {
        feed.add(
                network,
                received,
                String.format(Locale.ROOT, MESSAGE, id, received.toEpochMilli(), "Text of " + id)
                        .getBytes(StandardCharsets.UTF_8));
    }

    /** Asks for the last day and waits for the run's end. */
    RunReport run(RunningArchiver archiver, String connector) {
        String run = start(archiver, connector);
        await().atMost(Duration.ofMinutes(1))
                .until(() -> archiver.report(run).run().state() != Run.State.RUNNING);
        return archiver.report(run);
    }

    /** Without the uncaught exceptions of other threads: GreenMail's threads throw when a connection is closed. */
    static ConditionFactory await() {
        return Awaitility.with().dontCatchUncaughtExceptions().await();
    }

    String start(RunningArchiver archiver, String connector) {
        return archiver.start(connector, false, now.minus(Duration.ofHours(20)), now);
    }

    @Override
    public void close() throws IOException {
        mail.close();
        feed.close();
    }
}
