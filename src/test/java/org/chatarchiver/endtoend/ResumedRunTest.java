package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.chatarchiver.collect.Cancellation;
import org.chatarchiver.collect.RunStarts;
import org.chatarchiver.collect.RunWishes;
import org.chatarchiver.collect.Started;
import org.chatarchiver.ledger.Channel;
import org.chatarchiver.ledger.Channels;
import org.chatarchiver.ledger.Page;
import org.chatarchiver.ledger.Reason;
import org.chatarchiver.ledger.Run;
import org.chatarchiver.ledger.Runs;
import org.chatarchiver.sandbox.FeedSimulator;
import org.chatarchiver.sandbox.RunningArchiver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Runs that are broken off between two pages: taken up by themselves, or ended for good by an administrator. */
class ResumedRunTest {
    private static final Duration SOON = Duration.ofMinutes(1);

    @TempDir
    private Path folder;

    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private SmallDay day;
    private boolean pausing = true;

    @BeforeEach
    void open() throws IOException {
        day = new SmallDay(folder);
    }

    @AfterEach
    void close() throws IOException {
        day.close();
    }

    @Test
    void itGoesOnBehindThePagesThatHaveLandedAndAsksForNoneTwice() {
        String run = brokenOffBehindTwoPages();
        long before = pageRequests();
        try (RunningArchiver archiver = start()) {
            ended(archiver);
            assertComplete(archiver, run, 4);
            assertThat(pageRequests() - before).isEqualTo(2);
            assertThat(archiver.bean(Runs.class).list("wechat", 10, "")).hasSize(1);
            assertThat(archiver.bean(Channels.class).list(Channel.SOURCE, 10, 0))
                    .isEmpty();
        }
    }

    @Test
    void whereTheFeedHasForgottenTheCursorTheWindowStartsAgainInTheSameRunAndTheCountsBalance() {
        String run = brokenOffBehindTwoPages();
        day.feed.expireCursors();
        try (RunningArchiver archiver = start()) {
            ended(archiver);
            assertComplete(archiver, run, 6);
        }
    }

    @Test
    void aPageThatHadLandedAndWasNotRecordedIsTakenInAndNotAskedForAgain() {
        String run = brokenOffBehindTwoPages();
        long before = pageRequests();
        try (RunningArchiver archiver = start()) {
            ended(archiver);
        }
        // As if it had died behind the last page, before the ledger was told of it.
        try (RunningArchiver archiver = start()) {
            JdbcClient ledger = archiver.bean(JdbcClient.class);
            ledger.sql("delete from page where run = ? and number = 4")
                    .param(run)
                    .update();
            ledger.sql(
                            "update run set state = 'RUNNING', landed = null, finished = null, fully_landed = false where id = ?")
                    .param(run)
                    .update();
            SmallDay.await().atMost(SOON).until(() -> archiver.report(run).run().state() == Run.State.COMPLETE);
            assertComplete(archiver, run, 4);
        }
        assertThat(pageRequests() - before).isEqualTo(2);
    }

    @Test
    void theRestOfABackfillGoesOnToo() {
        IntStream.range(0, 3)
                .forEach(days -> day.message(
                        "WECHAT",
                        "day-" + days,
                        now.minus(Duration.ofDays(days)).minusSeconds(3_600)));
        try (RunningArchiver archiver = start()) {
            day.feed.fail(1, 503, "600");
            archiver.start("wechat", false, now.minus(Duration.ofDays(3)), now);
            waits(archiver);
        }
        try (RunningArchiver archiver = start()) {
            SmallDay.await().atMost(SOON).until(() -> runs(archiver).size() == 3);
            ended(archiver);
            assertThat(runs(archiver)).allMatch(run -> run.state() == Run.State.COMPLETE);
            SmallDay.await().until(() -> day.mail.count(SmallDay.MAILBOX, "WeChat Archiver") == 3);
        }
    }

    @Test
    void whileAPollWaitsItsReportSaysUntilWhenAndForWhatAndItIsCancelledAtOnce() {
        pausing = false;
        messages();
        try (RunningArchiver archiver = start()) {
            day.feed.fail(1, 503, "3000");
            String run = day.start(archiver, "wechat");
            Run waiting = waits(archiver);
            assertThat(waiting.waiting().until()).isBetween(now.plusSeconds(2_900), now.plusSeconds(3_600));
            assertThat(waiting.waiting().what()).contains("page 1 again", "503");

            assertThat(archiver.bean(RunWishes.class).cancel(run, "ada", "")).isInstanceOf(Cancellation.Done.class);

            SmallDay.await()
                    .atMost(SOON)
                    .until(() -> archiver.bean(RunStarts.class).start("wechat", false, null, null, "ada")
                            instanceof Started.Running);
            ended(archiver);
            assertThat(archiver.report(run).run()).satisfies(cancelled -> {
                assertThat(cancelled.state()).isEqualTo(Run.State.FAILED);
                assertThat(cancelled.reason()).isEqualTo(Reason.CANCELLED);
                assertThat(cancelled.detail()).contains("ada");
            });
            assertThat(archiver.bean(Channels.class).list(Channel.SOURCE, 10, 0))
                    .isEmpty();
        }
    }

    @Test
    void pagesThatLandedBeforeTheCancellationAreArchivedAndNobodyTakesTheRunUp() {
        String run;
        try (RunningArchiver archiver = start()) {
            run = behindTwoPages(archiver);
            archiver.bean(RunWishes.class).cancel(run, "ada", "");
            SmallDay.await().atMost(SOON).until(() -> archiver.report(run).imported() == 4);
        }
        try (RunningArchiver archiver = start()) {
            assertThat(archiver.report(run).pages()).extracting(Page::number).containsExactly(1, 2);
            assertThat(archiver.report(run).run().reason()).isEqualTo(Reason.CANCELLED);
        }
    }

    private String brokenOffBehindTwoPages() {
        try (RunningArchiver archiver = start()) {
            return behindTwoPages(archiver);
        }
    }

    /** Four pages, of which two have landed when the feed asks for a pause. */
    private String behindTwoPages(RunningArchiver archiver) {
        messages();
        String run = day.start(archiver, "wechat");
        SmallDay.await().atMost(SOON).until(() -> archiver.report(run).run().waiting() != null);
        return run;
    }

    private void messages() {
        AtomicBoolean paused = new AtomicBoolean();
        for (int i = 0; i < 8; i++) {
            byte[] message = TestBed.bytes(
                    TestBed.text("m" + i, "Text").put("msisdn", "+447700900101").put("from", "+447700900101"));
            boolean secondPage = i == 3;
            day.feed.add("WECHAT", now.minusSeconds(600).plusMillis(i), out -> {
                if (secondPage && pausing && !paused.getAndSet(true)) {
                    day.feed.fail(1, 503, "600");
                }
                out.write(message);
            });
        }
    }

    private RunningArchiver start() {
        return day.settings().set("archiver.telemessage.page-limit", 2).start();
    }

    private Run waits(RunningArchiver archiver) {
        SmallDay.await().atMost(SOON).until(() -> runs(archiver).get(0).waiting() != null);
        return runs(archiver).get(0);
    }

    private void assertComplete(RunningArchiver archiver, String run, int pages) {
        assertThat(archiver.report(run)).satisfies(report -> {
            assertThat(report.run().state()).isEqualTo(Run.State.COMPLETE);
            assertThat(report.imported()).isEqualTo(8);
            assertThat(report.availableForImport()).isEqualTo(8);
            assertThat(report.availableFromSource()).isEqualTo(8);
            assertThat(report.pages()).hasSize(pages);
        });
        assertThat(day.mail.count(SmallDay.MAILBOX, "WeChat Archiver")).isEqualTo(8);
    }

    private static List<Run> runs(RunningArchiver archiver) {
        return archiver.bean(Runs.class).list("wechat", 10, "");
    }

    private static void ended(RunningArchiver archiver) {
        SmallDay.await().atMost(SOON).until(() -> runs(archiver).stream()
                .noneMatch(run -> run.state() == Run.State.RUNNING));
    }

    private long pageRequests() {
        return day.feed.requests().stream()
                .filter(request -> request.path().equals(FeedSimulator.MESSAGES))
                .count();
    }
}
