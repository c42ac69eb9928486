package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.chatarchiver.landing.LandingPath;
import org.chatarchiver.landing.Landings;
import org.chatarchiver.landing.Staging;
import org.chatarchiver.ledger.Recount;
import org.chatarchiver.ledger.Run;
import org.chatarchiver.ledger.RunReport;
import org.chatarchiver.sandbox.RunningArchiver;
import org.chatarchiver.security.StartRefusedException;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.util.FileSystemUtils;

/** What a ledger that is older than the landing zone has lost. */
class RestoredLedgerTest extends RecoveryBed {
    @Override
    LandingZone zone() throws IOException {
        return LandingZone.directory();
    }

    @Test
    void whatARestoredLedgerDoesNotKnowIsFoundAtTheDestinationAndOnlyTheRestIsSent() throws IOException {
        Path backup = folder.resolve("backup");
        Run known;
        try (RunningArchiver archiver = settings().start()) {
            day.message("WECHAT", "one", "One");
            known = day.run(archiver, "wechat").run();
        }
        FileSystemUtils.copyRecursively(ledger(), backup);
        Run lost;
        String page;
        try (RunningArchiver archiver = settings().start()) {
            day.message("WECHAT", "two", "Two");
            RunReport report = day.run(archiver, "wechat");
            lost = report.run();
            page = report.pages().get(0).path();
            assertThat(report.imported()).isEqualTo(1);
        }
        FileSystemUtils.deleteRecursively(ledger());
        FileSystemUtils.copyRecursively(backup, ledger());

        StartRefusedException refused = RefusedStart.of(settings());
        assertThat(refused)
                .hasMessageContainingAll(
                        "its newest entry is of " + known.started().toString().substring(0, 10), page);
        StartRefusedException tooLate = RefusedStart.of(
                settings().set("archiver.recover-since", lost.started().plus(Duration.ofHours(1))));
        assertThat(tooLate).hasMessageContaining(page);

        day.message("WECHAT", "three", "Three");
        try (RunningArchiver archiver =
                settings().set("archiver.recover-since", since(refused)).start()) {
            // At once, so that it may come before the lost run has been taken in.
            RunReport next = day.run(archiver, "wechat");
            RunReport adopted = ended(archiver, lost.id());
            assertThat(delivered()).isEqualTo(3);
            assertThat(adopted.availableForImport()).isEqualTo(2);
            assertThat(next.availableForImport()).isEqualTo(3);
            assertThat(next.imported() + adopted.imported())
                    .as("two and three, each in one run")
                    .isEqualTo(2);
        }
    }

    @Test
    void onePageThatIsNotRecordedIsACrashAndTwoAreALedgerThatLostThem() throws IOException {
        Run run;
        try (RunningArchiver archiver = settings().start()) {
            day.message("WECHAT", "one", "One");
            run = day.run(archiver, "wechat").run();
            land(archiver, run, 2);
            land(archiver, run, 3);
            SmallDay.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> archiver.report(run.id()).imported() == 3);
        }
        forget(run, 2);

        StartRefusedException refused = RefusedStart.of(settings());

        assertThat(refused).hasMessageContainingAll("older than the landing zone", run.id() + "/3.json.gz");
        try (RunningArchiver archiver =
                settings().set("archiver.recover-since", since(refused)).start()) {
            SmallDay.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> archiver.report(run.id()).imported() == 3);
            assertThat(delivered()).isEqualTo(3);
        }
        forget(run, 3);
        try (RunningArchiver archiver = settings().start()) {
            SmallDay.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> archiver.report(run.id()).imported() == 3);
            assertThat(delivered()).isEqualTo(3);
        }
    }

    @Test
    void aDryRunIsMadeAnewAsADryOne() throws IOException {
        day.message("WECHAT", "one", "One");
        RunReport dry;
        try (RunningArchiver archiver = settings().start()) {
            RunReport report = ended(
                    archiver,
                    archiver.start(
                            "wechat",
                            true,
                            Instant.now().minusSeconds(7200),
                            Instant.now().minusSeconds(1)));
            assertThat(report.imported()).isEqualTo(1);
            dry = report;
        }
        FileSystemUtils.deleteRecursively(ledger());
        try (RunningArchiver archiver =
                settings().set("archiver.recover-since", "2000-01-01T00:00:00Z").start()) {
            RunReport adopted = ended(archiver, dry.run().id());
            assertThat(adopted.run().dry()).isTrue();
            assertThat(adopted.imported()).isEqualTo(1);
            assertThat(delivered()).isZero();
        }
    }

    private static void land(RunningArchiver archiver, Run run, int number) throws IOException {
        String path = LandingPath.of(run.connector(), run.started(), run.id()).page(number);
        String page = "{\"messages\":["
                + TestBed.text("landed-" + number, "Text")
                        .put("msisdn", "+447700900101")
                        .put("from", "+447700900101")
                + "]}";
        archiver.bean(Landings.class)
                .land(archiver.bean(Staging.class)
                        .stage(path, new ByteArrayInputStream(page.getBytes(StandardCharsets.UTF_8)), unread -> null));
    }

    /** Takes the pages from this number on out of the ledger, whose archiver is down. */
    private void forget(Run run, int number) {
        JdbcTemplate ledger = new JdbcTemplate(new DriverManagerDataSource(
                "jdbc:h2:file:" + ledger().resolve("ledger") + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE", "sa", ""));
        ledger.update("delete from item where run = ? and page >= ?", run.id(), number);
        ledger.update("delete from message where run = ? and page >= ?", run.id(), number);
        ledger.update("delete from page where run = ? and number >= ?", run.id(), number);
        Recount.of(ledger);
    }
}
