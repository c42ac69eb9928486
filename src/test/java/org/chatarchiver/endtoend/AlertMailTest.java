package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.chatarchiver.alert.Alarms;
import org.chatarchiver.alert.AlertCause;
import org.chatarchiver.alert.Alerting;
import org.chatarchiver.ledger.RunReport;
import org.chatarchiver.sandbox.RunningArchiver;
import org.chatarchiver.servers.ExpiringTls;
import org.chatarchiver.servers.FaultyProxy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.JdbcTemplate;

/** Alerts as the operators get them, from a real SMTP server. */
@ExtendWith(OutputCaptureExtension.class)
class AlertMailTest {
    private static final String OPERATOR = "operator@example.com";
    private static final String SECRET_TEXT = "meet me at the old bridge";

    @TempDir
    Path folder;

    private SmallDay day;
    private int port;
    private GreenMail smtp;

    @BeforeEach
    void start() throws IOException {
        day = new SmallDay(folder);
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        smtp = new GreenMail(new ServerSetup(port, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        smtp.setUser(OPERATOR, "archiver", "smtp-Secret");
    }

    @AfterEach
    void stop() throws IOException {
        smtp.stop();
        day.close();
    }

    @Test
    void entriesOfAnHourMakeOneMailThatARestartDoesNotRepeat() throws Exception {
        smtp.start();
        try (RunningArchiver archiver = settings().start()) {
            unmapped("one");
            unmapped("two");
            day.run(archiver, "wechat");

            MimeMessage mail = only(1);
            assertThat(mail.getSubject()).isEqualTo("Chat Archiver: new entries in error channels");
            assertThat(mail.getAllRecipients()[0]).hasToString(OPERATOR);
            assertThat(mail.getFrom()[0]).hasToString("archiver@example.com");
            assertThat(mail.getHeader("Auto-Submitted")).containsExactly("auto-generated");
            assertThat(mail.getContent().toString())
                    .contains("2 in channel unmapped of wechat: NO_MAPPING")
                    .doesNotContain(SECRET_TEXT);
            unmapped("three");
            day.run(archiver, "wechat");
        }
        try (RunningArchiver archiver = settings().start()) {
            // The next cause comes through, so the route has looked for this one, too.
            archiver.bean(Alarms.class)
                    .raise(AlertCause.FEED_CLOCK, "wechat", "wechat: the feed's clock is 10 minutes ahead");
            assertThat(only(2).getContent().toString()).contains("the feed's clock is 10 minutes ahead");
            assertThat(smtp.getReceivedMessages()).hasSize(2);

            archiver.bean(JdbcTemplate.class).update("update alert set sent = sent - interval '61' minute");
            assertThat(only(3).getContent().toString()).contains("1 in channel unmapped of wechat: NO_MAPPING");
            assertThat(smtp.getReceivedMessages())
                    .as("the clock was told less than a day ago")
                    .hasSize(3);
        }
    }

    @Test
    void anSmtpServerThatIsDownDisturbsNothingAndTheMailFollowsWhenItIsBack() throws Exception {
        try (RunningArchiver archiver = settings().start()) {
            day.message("WECHAT", "fine", SECRET_TEXT);
            unmapped("one");
            RunReport report = day.run(archiver, "wechat");
            assertThat(report.imported()).isEqualTo(1);
            assertThat(archiver.bean(JdbcTemplate.class).queryForObject("select count(*) from alert", Long.class))
                    .isZero();

            smtp.start();

            assertThat(only(1).getSubject()).contains("error channels");
        }
    }

    @Test
    void aRunThatFailedIsToldByItsReason() throws Exception {
        smtp.start();
        try (RunningArchiver archiver = settings().start()) {
            day.feed.close();
            String run = day.run(archiver, "wechat").run().id();

            SmallDay.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(texts())
                    .anySatisfy(text -> assertThat(text).contains("run " + run + " of wechat", "SOURCE_UNAVAILABLE"))
                    .anySatisfy(text -> assertThat(text).contains("1 in channel source of wechat")));
        }
    }

    @Test
    void aConnectorFileThatWasLeftOutIsToldOnce() throws Exception {
        smtp.start();
        Files.writeString(day.home.routes().resolve("connectors/signal.camel.yaml"), "- nonsense: [");
        try (RunningArchiver archiver = settings().start()) {
            assertThat(only(1).getContent().toString()).contains("signal.camel.yaml");

            // Causes are looked for in an order in which this one is the last but one.
            archiver.bean(Alarms.class)
                    .raise(AlertCause.FEED_CLOCK, "wechat", "wechat: the feed's clock is 10 minutes ahead");
            assertThat(only(2).getContent().toString()).contains("the feed's clock is 10 minutes ahead");
        }
    }

    @Test
    void nobodyIsToldWhereNobodyIsNamed() throws Exception {
        smtp.start();
        try (RunningArchiver archiver = settings().set("archiver.alerts.to", "").start()) {
            unmapped("one");
            day.run(archiver, "wechat");
            assertThat(archiver.bean(Alerting.class).due()).isEmpty();
        }
    }

    @Test
    void overTlsAnExpiredCertificateGetsNoPasswordAndARenewedOneGetsTheMail(CapturedOutput log) throws Exception {
        smtp.start();
        ExpiringTls tls = new ExpiringTls(folder);
        try (FaultyProxy proxy = FaultyProxy.before(port, tls.sockets());
                RunningArchiver archiver = settings()
                        .set("archiver.alerts.host", "localhost")
                        .set("archiver.alerts.port", proxy.port())
                        .set("archiver.alerts.security", "tls")
                        .set("archiver.alerts.ssl-bundle", "smtp")
                        .set("spring.ssl.bundle.jks.smtp.truststore.location", "file:" + tls.trustStore())
                        .set("spring.ssl.bundle.jks.smtp.truststore.type", "PKCS12")
                        .set("spring.ssl.bundle.jks.smtp.truststore.password", ExpiringTls.PASSWORD)
                        .start()) {
            unmapped("one");
            day.run(archiver, "wechat");
            SmallDay.await().atMost(Duration.ofSeconds(20)).until(() -> log.getAll()
                    .contains("certification path"));
            assertThat(smtp.getReceivedMessages()).isEmpty();
            assertThat(log.getAll()).doesNotContain("smtp-Secret");

            tls.renew();

            assertThat(only(1).getSubject()).contains("error channels");
        }
    }

    private RunningArchiver.Settings settings() {
        return day.settings()
                .set("archiver.telemessage.retry.retries", 1)
                .set("archiver.alerts.to", OPERATOR)
                .set("archiver.alerts.from", "archiver@example.com")
                .set("archiver.alerts.host", "127.0.0.1")
                .set("archiver.alerts.port", port)
                .set("archiver.alerts.security", "none")
                .set("archiver.alerts.username", "archiver")
                .set("archiver.alerts.password", "smtp-Secret")
                .set("archiver.alerts.delay", 500)
                .set("archiver.alerts.period", 300);
    }

    private void unmapped(String id) {
        day.feed.add(
                "WECHAT",
                Instant.now().minusSeconds(600),
                TestBed.bytes(TestBed.text(id, SECRET_TEXT)
                        .put("msisdn", "+447700900555")
                        .put("from", "+447700900555")));
    }

    /** The last of so many mails, and no more. */
    private MimeMessage only(int number) {
        SmallDay.await().atMost(Duration.ofSeconds(20)).until(() -> smtp.getReceivedMessages().length >= number);
        assertThat(smtp.getReceivedMessages()).hasSize(number);
        return smtp.getReceivedMessages()[number - 1];
    }

    private List<String> texts() {
        return Arrays.stream(smtp.getReceivedMessages())
                .map(mail -> {
                    try {
                        return mail.getContent().toString();
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                })
                .toList();
    }
}
