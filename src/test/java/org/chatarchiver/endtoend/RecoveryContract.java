package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.chatarchiver.landing.Judged;
import org.chatarchiver.landing.LandingPath;
import org.chatarchiver.landing.Landings;
import org.chatarchiver.landing.Staging;
import org.chatarchiver.ledger.Channel;
import org.chatarchiver.ledger.Channels;
import org.chatarchiver.ledger.Page;
import org.chatarchiver.ledger.Recount;
import org.chatarchiver.ledger.Run;
import org.chatarchiver.ledger.RunReport;
import org.chatarchiver.ledger.Runs;
import org.chatarchiver.ledger.Watermarks;
import org.chatarchiver.recovery.Adopting;
import org.chatarchiver.sandbox.Fault;
import org.chatarchiver.sandbox.RunningArchiver;
import org.chatarchiver.security.StartRefusedException;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.util.FileSystemUtils;

/** A ledger that is older than the landing zone, asked of both landing zones. */
abstract class RecoveryContract extends RecoveryBed {
    @Test
    void anEmptyLedgerBesideAFullLandingZoneIsRefusedAndThenMadeAnew() throws IOException {
        Run run;
        String page;
        try (RunningArchiver archiver = settings().start()) {
            day.message("WECHAT", "one", "One");
            day.message("WECHAT", "two", "Two");
            day.message("WECHAT", "three", "Three");
            RunReport report = day.run(archiver, "wechat");
            run = report.run();
            page = report.pages().get(0).path();
            assertThat(report.imported()).isEqualTo(3);
        }
        FileSystemUtils.deleteRecursively(ledger());

        StartRefusedException refused = RefusedStart.of(settings());

        assertThat(refused).hasMessageContainingAll("older than the landing zone", "it is empty", page);
        assertThat(refused.cure())
                .contains("archiver.recover-since=" + run.started().toString().substring(0, 19));
        try (RunningArchiver archiver =
                settings().set("archiver.recover-since", since(refused)).start()) {
            RunReport adopted = ended(archiver, run.id());
            assertThat(adopted.run().cause()).isEqualTo(Run.Cause.ADOPTED);
            assertThat(adopted.run().state()).isEqualTo(Run.State.COMPLETE);
            assertThat(adopted.run().from()).isEqualTo(run.from());
            assertThat(adopted.run().to()).isEqualTo(run.to());
            assertThat(adopted.run().started()).isEqualTo(run.started().truncatedTo(ChronoUnit.MILLIS));
            assertThat(adopted.imported()).isEqualTo(3);
            assertThat(adopted.availableForImport()).isEqualTo(3);
            assertThat(adopted.pages()).extracting(Page::path).containsExactly(page);
            assertThat(archiver.bean(Watermarks.class).of("wechat")).isEmpty();
            assertThat(delivered()).isEqualTo(3);

            RunReport again = day.run(archiver, "wechat");
            assertThat(again.skipped()).isEqualTo(3);
            assertThat(delivered()).isEqualTo(3);
        }
        try (RunningArchiver archiver = settings().start()) {
            assertThat(archiver.bean(Runs.class).find(run.id())).isPresent();
        }
    }

    @Test
    void aCrashBetweenLandingAndRecordingIsNoReasonToRefuse() throws IOException {
        Run run;
        try (RunningArchiver archiver = settings().start()) {
            day.message("WECHAT", "one", "One");
            day.message("WECHAT", "two", "Two");
            run = day.run(archiver, "wechat").run();
            JdbcTemplate ledger = archiver.bean(JdbcTemplate.class);
            List.of("item", "message", "page").forEach(table -> ledger.update("delete from " + table));
            Recount.of(ledger);
            ledger.update(
                    "update run set state = 'RUNNING', landed = null, finished = null, total_count = null where id = ?",
                    run.id());
        }
        try (RunningArchiver archiver = settings().start()) {
            SmallDay.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
                RunReport report = archiver.report(run.id());
                assertThat(report.imported()).isEqualTo(2);
                assertThat(report.run().state()).isEqualTo(Run.State.COMPLETE);
            });
            assertThat(delivered()).isEqualTo(2);
        }
    }

    @Test
    void whatWasRejectedIsNoPageThatALedgerCouldHaveLost() throws IOException {
        Path backup = folder.resolve("backup");
        Run known;
        try (RunningArchiver archiver = settings().start()) {
            day.message("WECHAT", "one", "One");
            known = day.run(archiver, "wechat").run();
        }
        FileSystemUtils.copyRecursively(ledger(), backup);
        Run rejected;
        try (RunningArchiver archiver =
                settings().set("archiver.telemessage.retry.retries", 2).start()) {
            day.feed.fault(3, Fault.body("{\"messages\": [{\"messageId\": \"x\""));
            RunReport report = day.run(archiver, "wechat");
            rejected = report.run();
            assertThat(rejected.state()).isEqualTo(Run.State.FAILED);
            assertThat(report.pages()).isEmpty();
            List<Channels.Entry> entries = archiver.bean(Channels.class).list(Channel.SOURCE, 10, 0);
            assertThat(entries).singleElement().satisfies(entry -> assertThat(entry.path())
                    .contains(rejected.id(), "-rejected-"));
            for (int page = 2; page <= 4; page++) {
                reject(archiver, known, page);
            }
        }
        FileSystemUtils.deleteRecursively(ledger());
        FileSystemUtils.copyRecursively(backup, ledger());

        try (RunningArchiver archiver = settings().start()) {
            assertThat(archiver.bean(Runs.class).find(rejected.id()))
                    .as("lost, with nothing that it had landed")
                    .isEmpty();
        }
        try (RunningArchiver archiver =
                settings().set("archiver.recover-since", "2000-01-01T00:00:00Z").start()) {
            // It looks through the landing zone before it is over.
            RunReport next = day.run(archiver, "wechat");
            archiver.bean(Adopting.class).adopt();
            assertThat(next.skipped()).isEqualTo(1);
            assertThat(archiver.bean(Runs.class).find(rejected.id())).isEmpty();
            assertThat(archiver.report(known.id()).pages()).hasSize(1);
            assertThat(archiver.bean(Channels.class).list(Channel.SOURCE, 10, 0))
                    .isEmpty();
            assertThat(delivered()).isEqualTo(1);
        }
    }

    /** As what the feed gives for a page that is none. */
    private static void reject(RunningArchiver archiver, Run run, int number) throws IOException {
        String path = LandingPath.of(run.connector(), run.started(), run.id()).page(number);
        Judged<Object> judged = archiver.bean(Staging.class)
                .judge(path, new ByteArrayInputStream("<html>".getBytes(StandardCharsets.UTF_8)), unread -> {
                    unread.readAllBytes();
                    throw new IOException("It is none");
                });
        assertThat(judged).isInstanceOf(Judged.Rejected.class);
        archiver.bean(Landings.class).land(((Judged.Rejected<Object>) judged).bytes());
    }
}
