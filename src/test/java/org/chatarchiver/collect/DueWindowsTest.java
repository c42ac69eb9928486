package org.chatarchiver.collect;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.chatarchiver.alert.Alarms;
import org.chatarchiver.audit.AuditNotes;
import org.chatarchiver.ledger.AskedWindows;
import org.chatarchiver.ledger.LeaseProperties;
import org.chatarchiver.ledger.LedgerBeans;
import org.chatarchiver.ledger.Opening;
import org.chatarchiver.ledger.Reason;
import org.chatarchiver.ledger.Run;
import org.chatarchiver.ledger.RunReports;
import org.chatarchiver.ledger.Runs;
import org.chatarchiver.ledger.Watermarks;
import org.chatarchiver.telemessage.TelemessageProperties;
import org.chatarchiver.telemessage.Window;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;

class DueWindowsTest {
    private static final Instant NOW = Instant.parse("2026-11-20T02:15:00Z");
    private static final Instant SETTLED = Instant.parse("2026-11-20T02:10:00Z");
    private static final Instant WEDNESDAY = SETTLED.minus(Duration.ofDays(2));
    private static final Instant THURSDAY = SETTLED.minus(Duration.ofDays(1));

    private AnnotationConfigApplicationContext ledger;
    private Runs runs;
    private DueWindows due;

    @BeforeEach
    void emptyLedger() {
        ledger = new AnnotationConfigApplicationContext();
        ledger.register(Beans.class);
        ledger.refresh();
        runs = ledger.getBean(Runs.class);
        TelemessageProperties feed = CollectingFixture.feed();
        Clock clock = ledger.getBean(Clock.class);
        due = new DueWindows(
                ledger.getBean(Watermarks.class),
                ledger.getBean(AskedWindows.class),
                new FeedClocks(feed, clock, new SimpleMeterRegistry(), new Alarms()),
                feed);
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void theFirstRunTakesThePreviousDay() {
        assertThat(windows(Run.Cause.SCHEDULE)).containsExactly(new Window(THURSDAY, SETTLED));
    }

    @Test
    void aWindowThatLandedShortIsAskedForThreeTimesByTheScheduleAndEverAgainByHand() {
        landsShort(Run.Cause.SCHEDULE, WEDNESDAY, THURSDAY);
        for (int attempt = 2; attempt <= Runs.ATTEMPTS; attempt++) {
            assertThat(windows(Run.Cause.SCHEDULE)).contains(new Window(WEDNESDAY, THURSDAY));
            landsShort(Run.Cause.SCHEDULE, WEDNESDAY, THURSDAY);
        }
        assertThat(windows(Run.Cause.SCHEDULE))
                .containsExactly(
                        new Window(THURSDAY.minus(Duration.ofHours(1)), SETTLED.minus(Duration.ofHours(1))),
                        new Window(SETTLED.minus(Duration.ofHours(1)), SETTLED));
        assertThat(windows(Run.Cause.MANUAL)).contains(new Window(WEDNESDAY, THURSDAY));
    }

    @Test
    void whatIsNewIsAskedForBehindWhatIsShortAndBackfillsComeLast() {
        landsShort(Run.Cause.BACKFILL, WEDNESDAY, WEDNESDAY.plusSeconds(60));
        landsShort(Run.Cause.SCHEDULE, WEDNESDAY, THURSDAY);
        List<PendingWindow> wanted = due.of("wechat", Run.Cause.MANUAL, false).windows();
        assertThat(wanted)
                .extracting(PendingWindow::cause)
                .containsExactly(Run.Cause.MANUAL, Run.Cause.MANUAL, Run.Cause.MANUAL, Run.Cause.BACKFILL);
        assertThat(wanted.get(0).window()).isEqualTo(new Window(WEDNESDAY, THURSDAY));
        assertThat(due.of("wechat", Run.Cause.MANUAL, true).windows())
                .as("a dry run mends nothing")
                .hasSize(2)
                .allMatch(dry -> dry.cause() == Run.Cause.MANUAL);
    }

    @Test
    void behindARunThatIsTakenUpComesWhatWasToComeWhenItStarted() {
        runs.open(new Opening("wechat", "WeChat Archiver", Run.Cause.BACKFILL, false, WEDNESDAY, THURSDAY, SETTLED));
        Run backfill = runs.list("wechat", 1, "").get(0);
        assertThat(due.behind(backfill, SETTLED).windows())
                .containsExactly(new PendingWindow(new Window(THURSDAY, SETTLED), Run.Cause.BACKFILL, SETTLED));
        assertThat(due.behind(backfill, THURSDAY).windows()).isEmpty();
        runs.landed(backfill.id(), null);
        ledger.getBean(RunReports.class).reach(backfill);

        Run scheduled = open(Run.Cause.SCHEDULE, WEDNESDAY, THURSDAY);
        ledger.getBean(Watermarks.class).begin("wechat", WEDNESDAY);
        assertThat(due.behind(scheduled, THURSDAY).windows())
                .extracting(PendingWindow::window)
                .contains(new Window(THURSDAY.minus(Duration.ofHours(1)), SETTLED.minus(Duration.ofHours(1))))
                .doesNotContain(new Window(WEDNESDAY, THURSDAY));
        runs.landed(scheduled.id(), null);
        ledger.getBean(RunReports.class).reach(scheduled);

        Run last = open(Run.Cause.SCHEDULE, THURSDAY, SETTLED);
        ledger.getBean(Watermarks.class).begin("wechat", WEDNESDAY);
        assertThat(due.behind(last, SETTLED).windows()).isEmpty();
    }

    @Test
    void aPollThatFailedLeavesAGapThatIsAskedForAgainAlthoughWhatCameBehindItLanded() {
        Run failed = open(Run.Cause.SCHEDULE, WEDNESDAY, THURSDAY);
        runs.failed(failed.id(), Reason.PAGE_NOT_JSON, "No page.");
        lands(Run.Cause.SCHEDULE, THURSDAY, SETTLED, null);
        assertThat(windows(Run.Cause.SCHEDULE)).containsExactly(new Window(WEDNESDAY, THURSDAY));
    }

    @Test
    void whenNothingIsNewTheOverlapIsReadAgain() {
        lands(Run.Cause.SCHEDULE, THURSDAY, SETTLED, null);
        assertThat(windows(Run.Cause.MANUAL)).containsExactly(new Window(SETTLED.minus(Duration.ofHours(1)), SETTLED));
    }

    private List<Window> windows(Run.Cause cause) {
        return due.of("wechat", cause, false).windows().stream()
                .map(PendingWindow::window)
                .toList();
    }

    private void landsShort(Run.Cause cause, Instant from, Instant to) {
        lands(cause, from, to, 1L);
    }

    private void lands(Run.Cause cause, Instant from, Instant to, Long totalCount) {
        Run run = open(cause, from, to);
        runs.landed(run.id(), totalCount);
        ledger.getBean(RunReports.class).finish(run.id());
    }

    private Run open(Run.Cause cause, Instant from, Instant to) {
        Run run = runs.open("wechat", cause, false, from, to).orElseThrow();
        if (run.movesWatermark()) {
            ledger.getBean(Watermarks.class).begin("wechat", from);
        }
        return run;
    }

    /** Not a @Configuration: the sandbox scans the test classes too. */
    @ComponentScan(basePackageClasses = {Runs.class, AuditNotes.class})
    static class Beans {
        @Bean
        Clock clock() {
            return Clock.fixed(NOW, ZoneOffset.UTC);
        }

        @Bean
        LeaseProperties lease() {
            return new LeaseProperties(Duration.ofMinutes(2));
        }

        @Bean
        DataSource database() {
            DataSource database = new DriverManagerDataSource("jdbc:h2:mem:" + UUID.randomUUID()
                    + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;DB_CLOSE_DELAY=-1");
            LedgerBeans.migrations(database).load().migrate();
            return database;
        }

        @Bean
        JdbcTemplate jdbcTemplate(DataSource database) {
            return new JdbcTemplate(database);
        }

        @Bean
        JdbcClient jdbcClient(JdbcTemplate jdbc) {
            return JdbcClient.create(jdbc);
        }

        @Bean
        JdbcTransactionManager transactions(DataSource database) {
            return new JdbcTransactionManager(database);
        }
    }
}
