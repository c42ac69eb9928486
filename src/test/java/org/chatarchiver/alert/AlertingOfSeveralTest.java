package org.chatarchiver.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.chatarchiver.MovableClock;
import org.chatarchiver.connector.Connectors;
import org.chatarchiver.connector.MappingFiles;
import org.chatarchiver.ledger.AlertLog;
import org.chatarchiver.ledger.Archivers;
import org.chatarchiver.ledger.Channels;
import org.chatarchiver.ledger.Conditions;
import org.chatarchiver.ledger.ConnectorPauses;
import org.chatarchiver.ledger.Failure;
import org.chatarchiver.ledger.KnownConnectors;
import org.chatarchiver.ledger.LedgerBeans;
import org.chatarchiver.ledger.Reason;
import org.chatarchiver.ledger.TaskLeases;
import org.chatarchiver.ledger.Watermarks;
import org.chatarchiver.msexchange.transport.Security;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/** Which of several archivers with one ledger in PostgreSQL tells what. */
class AlertingOfSeveralTest {
    private EmbeddedPostgres postgres;
    private MovableClock clock;
    private One one;
    private One other;

    /** An archiver, as far as it alerts. */
    private final class One implements AutoCloseable {
        private final AnnotationConfigApplicationContext ledger = LedgerBeans.on(postgres.getPostgresDatabase(), clock);
        private final Alarms alarms = new Alarms();
        private final Alerting alerting;

        private One() {
            Connectors connectors = new Connectors();
            AlertProperties properties = new AlertProperties(
                    List.of("operator@example.com"),
                    "archiver@example.com",
                    "127.0.0.1",
                    25,
                    Security.none,
                    "",
                    "",
                    "",
                    Duration.ZERO,
                    Duration.ofMinutes(1),
                    Duration.ofHours(1));
            AlertFindings findings = new AlertFindings(
                    bean(Conditions.class),
                    bean(Watermarks.class),
                    bean(ConnectorPauses.class),
                    connectors,
                    new MappingFiles(clock).sources(),
                    new Stranded(bean(KnownConnectors.class), connectors, clock),
                    alarms,
                    clock);
            alerting = new Alerting(
                    properties, findings, bean(AlertLog.class), bean(TaskLeases.class), bean(Archivers.class), clock);
            alarms.raise(AlertCause.FEED_CLOCK, "wechat", "wechat: the feed's clock is 10 minutes ahead");
        }

        private <T> T bean(Class<T> type) {
            return ledger.getBean(type);
        }

        private List<Alert> due() {
            return alerting.due();
        }

        @Override
        public void close() {
            ledger.close();
        }
    }

    @BeforeEach
    void start() throws IOException {
        postgres = EmbeddedPostgres.start();
        clock = new MovableClock("2026-11-19T12:00:00Z");
        one = new One();
        other = new One();
    }

    @AfterEach
    void stop() throws IOException {
        other.close();
        one.close();
        postgres.close();
    }

    @Test
    void whatOneHasClaimedTheOtherDoesNotTellNeitherBeforeTheMailNorBehindIt() {
        List<Alert> claimed = one.due();

        assertThat(claimed).extracting(Alert::cause).containsExactly(AlertCause.FEED_CLOCK);
        assertThat(other.due()).isEmpty();

        claimed.forEach(one.alerting::sent);

        assertThat(other.due()).isEmpty();
        assertThat(one.due()).isEmpty();
    }

    @Test
    void whatOneCannotSendTheOtherTellsAtItsNextLook() {
        one.due().forEach(alert -> one.alerting.failed(alert, new IOException("Connection refused")));

        assertThat(other.due()).hasSize(1);
        assertThat(one.due()).isEmpty();
    }

    @Test
    void whatOneHadClaimedWhenItDiedTheOtherTellsWhenTheClaimHasLapsed() {
        assertThat(one.due()).hasSize(1);
        assertThat(other.due()).isEmpty();

        other.bean(JdbcTemplate.class)
                .update("update task_lease set lease_until = current_timestamp - interval '1' second");

        assertThat(other.due()).hasSize(1);
    }

    @Test
    void aClaimWhoseMailDidNotComeToAnEndIsGivenUpByTheNextLook() {
        assertThat(one.due()).hasSize(1);
        one.alarms.clear(AlertCause.FEED_CLOCK, "wechat");

        assertThat(one.due()).isEmpty();

        assertThat(other.due()).hasSize(1);
    }

    @Test
    void besideOthersWhoseClocksMayDifferWhatHappenedIsToldAMinuteLater() {
        other.bean(Archivers.class).seen();
        one.bean(Channels.class)
                .record(List.of(Failure.ofPoll("wechat", "run-1", Reason.SOURCE_STALLED, "The feed said nothing")));
        assertThat(causes()).doesNotContain(AlertCause.CHANNEL_ENTRIES);

        clock.pass(Duration.ofSeconds(61));

        assertThat(causes()).contains(AlertCause.CHANNEL_ENTRIES);
    }

    private List<AlertCause> causes() {
        return one.due().stream().map(Alert::cause).toList();
    }
}
