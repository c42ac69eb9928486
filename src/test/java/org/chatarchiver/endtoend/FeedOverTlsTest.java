package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.chatarchiver.ledger.Channel;
import org.chatarchiver.ledger.Channels;
import org.chatarchiver.ledger.Reason;
import org.chatarchiver.ledger.Run;
import org.chatarchiver.ledger.RunReport;
import org.chatarchiver.sandbox.ArchiverHome;
import org.chatarchiver.sandbox.EmbeddedMailServer;
import org.chatarchiver.sandbox.FeedAccount;
import org.chatarchiver.sandbox.FeedSimulator;
import org.chatarchiver.sandbox.RunningArchiver;
import org.chatarchiver.sandbox.ServerCertificate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** A feed over https: the password goes to a server that has proved who it is, and to no other. */
@ExtendWith(OutputCaptureExtension.class)
class FeedOverTlsTest {
    private static final String PASSWORD = "feed-password-over-tls";
    private static final List<String> TRUST =
            List.of("javax.net.ssl.trustStore", "javax.net.ssl.trustStorePassword", "javax.net.ssl.trustStoreType");

    @TempDir
    static Path folder;

    private static EmbeddedMailServer mail;

    private final Instant end = Instant.now().truncatedTo(ChronoUnit.SECONDS).minusSeconds(60);

    @BeforeAll
    static void start() throws Exception {
        // Made now, so that it is the JVM's own and not the one of a test.
        SSLContext.getDefault();
        mail = new EmbeddedMailServer(0, folder.resolve("mail"));
        mail.create(List.of(TestBed.ANN));
    }

    @AfterAll
    static void stop() {
        mail.close();
    }

    @Test
    void aCertificateThatJavaTrustsIsPolled() throws Exception {
        ServerCertificate certificate = ServerCertificate.create(folder.resolve("good"));
        try (FeedSimulator feed = feed(certificate);
                RunningArchiver archiver = archiver("trusted", feed, certificate)) {
            RunReport report = run(archiver);

            assertThat(report.run().state()).isEqualTo(Run.State.COMPLETE);
            assertThat(report.imported()).isEqualTo(1);
            assertThat(mail.count(TestBed.ANN, TestBed.FOLDER)).isEqualTo(1);
            assertThat(feed.requests()).isNotEmpty();
        }
    }

    @Test
    void aCertificateThatNobodyVouchesForEndsTheRunBeforeThePasswordIsSent(CapturedOutput output) throws Exception {
        ServerCertificate unknown = ServerCertificate.create(folder.resolve("unknown"));
        ServerCertificate trusted = ServerCertificate.create(folder.resolve("other"));
        try (FeedSimulator feed = feed(unknown);
                RunningArchiver archiver = archiver("untrusted", feed, trusted)) {
            isRefused(archiver, feed, "PKIX");
        }
        assertThat(output).doesNotContain(PASSWORD);
    }

    @Test
    void aCertificateForAnotherHostEndsTheRunBeforeThePasswordIsSent(CapturedOutput output) throws Exception {
        ServerCertificate elsewhere =
                ServerCertificate.create(folder.resolve("elsewhere"), "dns:elsewhere.example.invalid");
        try (FeedSimulator feed = feed(elsewhere);
                RunningArchiver archiver = archiver("elsewhere", feed, elsewhere)) {
            isRefused(archiver, feed, "127.0.0.1");
        }
        assertThat(output).doesNotContain(PASSWORD);
    }

    private void isRefused(RunningArchiver archiver, FeedSimulator feed, String named) {
        RunReport report = run(archiver);

        assertThat(report.run().state()).isEqualTo(Run.State.FAILED);
        assertThat(report.run().reason()).isEqualTo(Reason.SOURCE_UNTRUSTED);
        assertThat(report.pages()).isEmpty();
        List<Channels.Entry> entries = archiver.bean(Channels.class).list(Channel.SOURCE, 10, 0);
        assertThat(entries).singleElement().satisfies(entry -> {
            assertThat(entry.reason()).isEqualTo(Reason.SOURCE_UNTRUSTED);
            assertThat(entry.detail())
                    .startsWith("The feed's certificate is refused")
                    .contains("archiver.telemessage.base-url", named)
                    .doesNotContain(PASSWORD);
        });
        assertThat(feed.requests()).isEmpty();
    }

    private FeedSimulator feed(ServerCertificate certificate) throws IOException {
        FeedSimulator feed = new FeedSimulator(certificate);
        feed.account(new FeedAccount("ops", PASSWORD, Set.of("WECHAT")));
        feed.add(
                "WECHAT",
                end.minusSeconds(60),
                TestBed.text("over-tls", "Hello").toString().getBytes(StandardCharsets.UTF_8));
        return feed;
    }

    /** As with {@code -Djavax.net.ssl.trustStore}, which Camel reads when the routes are loaded. */
    private static RunningArchiver archiver(String name, FeedSimulator feed, ServerCertificate trusted)
            throws IOException {
        ArchiverHome home = ArchiverHome.create(folder.resolve("archiver-" + name))
                .connector(TestBed.WECHAT, SmallDay.NEVER, TestBed.MAPPING, PASSWORD);
        Map<String, String> before = new HashMap<>();
        TRUST.forEach(property -> before.put(property, System.getProperty(property)));
        trusted.trustInThisJvm();
        try {
            return TestBed.with(mail)
                    .apply(new RunningArchiver.Settings(home, feed)
                            .set("archiver.telemessage.retry.initial", "10ms")
                            .set("archiver.telemessage.retry.retries", 1))
                    .start();
        } finally {
            before.forEach((property, value) -> {
                if (value == null) {
                    System.clearProperty(property);
                } else {
                    System.setProperty(property, value);
                }
            });
        }
    }

    private RunReport run(RunningArchiver archiver) {
        String run = archiver.start(TestBed.WECHAT, false, end.minus(1, ChronoUnit.HOURS), end);
        await().atMost(Duration.ofMinutes(1))
                .until(() -> archiver.report(run).run().state() != Run.State.RUNNING);
        return archiver.report(run);
    }
}
