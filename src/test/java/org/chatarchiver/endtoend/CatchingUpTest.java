package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.chatarchiver.ledger.Acceptance;
import org.chatarchiver.ledger.Channel;
import org.chatarchiver.ledger.Channels;
import org.chatarchiver.ledger.Reason;
import org.chatarchiver.ledger.Run;
import org.chatarchiver.ledger.RunReports;
import org.chatarchiver.ledger.Runs;
import org.chatarchiver.ledger.Watermarks;
import org.chatarchiver.routing.Collecting;
import org.chatarchiver.routing.Started;
import org.chatarchiver.sandbox.Fault;
import org.chatarchiver.sandbox.FeedSimulator;
import org.chatarchiver.sandbox.MovingClock;
import org.chatarchiver.sandbox.RunningArchiver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.actuate.health.HealthEndpoint;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Which windows are asked for, day after day, by an archiver whose clock and whose feed's clock are moved. */
@ExtendWith(OutputCaptureExtension.class)
class CatchingUpTest {
    private static final Duration WEEK = Duration.ofDays(7);
    private static final Duration HOUR = Duration.ofHours(1);

    @TempDir
    private Path folder;

    private final MovingClock clock = new MovingClock();
    private final Instant start = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private SmallDay day;
    private RunningArchiver archiver;

    @BeforeEach
    void open() throws IOException {
        day = new SmallDay(folder);
        archiver = day.settings()
                .clock(clock)
                .set("archiver.telemessage.settle", "30s")
                .set("archiver.telemessage.page-limit", 2)
                .set("archiver.telemessage.max-pages", 8)
                .set("archiver.telemessage.retry.max", "20ms")
                .set("archiver.telemessage.retry.retries", 2)
                .start();
    }

    @AfterEach
    void close() throws IOException {
        archiver.close();
        day.close();
    }

    @Test
    void aMissedWeekIsCaughtUpInDaysAndNothingIsDeliveredTwice() {
        weekOfMessages();
        travel(WEEK.negated());
        assertThat(now()).singleElement().extracting(Run::state).isEqualTo(Run.State.COMPLETE);
        travel(Duration.ZERO);

        List<Run> caughtUp = now();

        assertThat(caughtUp).hasSize(8).allMatch(run -> run.state() == Run.State.COMPLETE);
        assertThat(caughtUp.get(0).from()).as("an overlap before the watermark").isBefore(start.minus(WEEK));
        assertNoGaps(caughtUp);
        assertThat(watermark()).isEqualTo(caughtUp.get(7).to());
        assertThat(delivered()).isEqualTo(8);
        now();
        assertThat(delivered()).isEqualTo(8);
    }

    @Test
    void aWindowThatLandedShortIsAskedForAgainAndKeepsNothingBack() {
        weekOfMessages();
        travel(WEEK.negated());
        now();
        Instant first = watermark();
        travel(Duration.ZERO);
        day.feed.fault(1, new Fault.WrongTotal(1));

        List<Run> caughtUp = now();

        Run lacking = caughtUp.get(0);
        assertThat(lacking.state()).isEqualTo(Run.State.INCOMPLETE);
        assertThat(caughtUp.subList(1, 8)).allMatch(run -> run.state() == Run.State.COMPLETE);
        assertThat(delivered()).as("what came behind it is there").isEqualTo(8);
        assertThat(watermark()).as("the chain has a gap").isEqualTo(first);

        List<Run> mended = now();

        assertThat(mended.get(0).from()).isEqualTo(lacking.from());
        assertThat(mended.get(0).to()).isEqualTo(lacking.to());
        assertThat(mended.get(0).attempt()).isEqualTo(2);
        assertThat(mended).allMatch(run -> run.state() == Run.State.COMPLETE);
        assertThat(watermark()).isAfterOrEqualTo(caughtUp.get(7).to());
        assertThat(delivered()).isEqualTo(8);
    }

    @Test
    void afterThreeTimesADifferenceIsAcceptedAndTheWatermarkMovesOn() {
        travel(Duration.ofHours(-2));
        day.feed.fault(1, new Fault.WrongTotal(1));
        Run first = now().get(0);
        assertThat(watermark()).isEqualTo(first.from());
        travel(Duration.ofHours(-1));
        day.feed.fault(1, new Fault.WrongTotal(1));
        Run second = now().get(0);
        assertThat(archiver.bean(RunReports.class).accept(second.id(), "ada")).isInstanceOf(Acceptance.Refused.class);
        travel(Duration.ZERO);
        day.feed.fault(1, new Fault.WrongTotal(1));
        List<Run> last = now();
        Run third = last.get(0);
        assertThat(third.attempt()).isEqualTo(3);
        assertThat(third.state()).isEqualTo(Run.State.INCOMPLETE);
        assertThat(watermark()).isEqualTo(first.from());

        archiver.bean(RunReports.class).accept(third.id(), "ada");

        assertThat(watermark()).isEqualTo(last.get(last.size() - 1).to());
    }

    @Test
    void aMessageGivenTwiceDoesNotMakeUpForOneThatIsMissing() {
        Instant received = start.minus(HOUR);
        day.message("WECHAT", "given-twice", received);
        day.message("WECHAT", "given-twice", received);

        Run run = now().get(0);

        assertThat(run.state()).isEqualTo(Run.State.INCOMPLETE);
        assertThat(run.totalCount()).isEqualTo(2);
        assertThat(archiver.report(run.id()).arrived()).isEqualTo(1);
        assertThat(watermark()).isEqualTo(run.from());
    }

    @Test
    void theRestOfABackfillBehindAFailingWindowIsAskedForAllTheSame() {
        weekOfMessages();
        day.feed.fault(3, Fault.body("<html>"));

        List<Run> runs = backfill(Duration.ofDays(3));

        assertThat(runs)
                .extracting(Run::state)
                .containsExactly(Run.State.FAILED, Run.State.COMPLETE, Run.State.COMPLETE);
        assertThat(runs.get(0).reason()).isEqualTo(Reason.PAGE_NOT_JSON);
        assertThat(delivered()).isEqualTo(2);
        assertThat(archiver.bean(Watermarks.class).of("wechat")).isEmpty();
    }

    @Test
    void aRefusedPasswordEndsAllWindowsOfABackfillAndSaysWhatIsLeft() {
        day.feed.fail(1, 401, null);

        List<Run> runs = backfill(Duration.ofDays(3));

        assertThat(runs).singleElement().satisfies(run -> {
            assertThat(run.reason()).isEqualTo(Reason.SOURCE_UNAUTHORIZED);
            assertThat(run.detail()).contains("ask for [" + run.to() + ", " + start + ") again");
        });
    }

    @Test
    void aBackfillEndsWhenTheFeedStaysOutOfReach() {
        day.feed.fail(9, 500, null);

        assertThat(backfill(Duration.ofDays(5))).hasSize(3).allMatch(run -> run.reason() == Reason.SOURCE_UNAVAILABLE);
        assertThat(day.feed.faultsLeft()).isZero();
    }

    @Test
    void aWindowWhoseCursorsAlwaysExpireEndsFailedAfterAFewRestarts() {
        for (int i = 0; i < 3; i++) {
            String id = "restarted-" + i;
            day.feed.add("WECHAT", start.minus(HOUR).plusMillis(i), out -> {
                day.feed.expireCursors();
                out.write(TestBed.bytes(TestBed.text(id, "Text")));
            });
        }

        Run run = now().get(0);

        assertThat(run.reason()).isEqualTo(Reason.CURSOR_EXPIRED);
        assertThat(entries(run)).containsExactly(Reason.CURSOR_EXPIRED);
        assertThat(archiver.report(run.id()).pages()).hasSize(4);
    }

    @Test
    void aFeedThatHasEverMorePagesIsStoppedAtTheirLimit() {
        for (int i = 0; i < 20; i++) {
            day.message("WECHAT", "one-of-many-" + i, start.minus(HOUR).plusMillis(i));
        }

        Run run = now().get(0);

        assertThat(run.reason()).isEqualTo(Reason.TOO_MANY_PAGES);
        assertThat(run.detail()).contains("archiver.telemessage.max-pages");
        SmallDay.await().until(() -> delivered() == 16);
        assertThat(archiver.report(run.id()).pages()).hasSize(8);
    }

    @Test
    void aDryRunCountsAMessageThatStandsOnSeveralPagesOnce() {
        for (int i = 0; i < 5; i++) {
            day.message("WECHAT", "on-every-page", start.minus(HOUR).plusMillis(i));
        }
        String run = archiver.start("wechat", true, start.minus(HOUR.multipliedBy(2)), start);
        ended();
        assertThat(archiver.report(run)).satisfies(report -> {
            assertThat(report.pages()).hasSize(3);
            assertThat(report.arrived()).isEqualTo(1);
            // Each carries the time at which it was received: five revisions of one message.
            assertThat(report.imported()).isEqualTo(5);
        });
        byte[] same = TestBed.bytes(TestBed.text("the-same-everywhere", "Text")
                .put("msisdn", "+447700900101")
                .put("from", "+447700900101"));
        for (int i = 0; i < 5; i++) {
            day.feed.add("WECHAT", start.minus(HOUR.multipliedBy(5)).plusMillis(i), same);
        }
        String other =
                archiver.start("wechat", true, start.minus(HOUR.multipliedBy(6)), start.minus(HOUR.multipliedBy(4)));
        ended();
        assertThat(archiver.report(other)).satisfies(report -> {
            assertThat(report.pages()).hasSize(3);
            assertThat(report.arrived()).isEqualTo(1);
            assertThat(report.imported()).isEqualTo(1);
        });
    }

    @Test
    void aFailedDryRunLeavesNoEntry() {
        day.feed.fail(1, 401, null);
        String run = archiver.start("wechat", true, start.minus(HOUR), start);
        ended();
        assertThat(archiver.report(run).run().reason()).isEqualTo(Reason.SOURCE_UNAUTHORIZED);
        assertThat(archiver.bean(Channels.class).counts()).containsEntry(Channel.SOURCE, 0L);
    }

    @Test
    void theFeedsClockEndsTheWindowWhereOursRunsAhead(CapturedOutput output) {
        day.message("WECHAT", "early", start.minus(HOUR.multipliedBy(2)));
        clock.set(HOUR);

        Run run = now().get(0);

        assertThat(run.state()).isEqualTo(Run.State.COMPLETE);
        assertThat(run.to()).isBefore(Instant.now().minusSeconds(29));
        assertThat(run.from()).isEqualTo(run.to().minus(Duration.ofDays(1)));
        assertThat(watermark()).isEqualTo(run.to());
        assertThat(output).contains("FEED_CLOCK_DEVIATES");
        assertThat(skew()).isBetween(-3602.0, -3598.0);
        assertThat(archiver.bean(HealthEndpoint.class)
                        .healthForPath("feedClock")
                        .getStatus()
                        .getCode())
                .isEqualTo("DEGRADED");
        int asked = pageRequests();
        now();
        assertThat(pageRequests() - asked).as("the deviation is known by now").isEqualTo(1);

        clock.set(Duration.ZERO);
        day.message("WECHAT", "late", Instant.now().minusSeconds(1));
        assertThat(now()).allMatch(next -> next.to().isBefore(Instant.now().minusSeconds(29)));
        assertThat(output).contains("FEED_CLOCK_AGREES");
        assertThat(watermark()).isBefore(Instant.now().minusSeconds(29));
    }

    @Test
    void theFeedsClockEndsTheWindowWhereOursRunsBehind() {
        day.message("WECHAT", "received-lately", start.minus(Duration.ofMinutes(30)));
        clock.set(HOUR.negated());

        Run run = now().get(0);

        assertThat(run.to()).isAfter(start.minusSeconds(60));
        assertThat(delivered()).isEqualTo(1);
        assertThat(watermark()).isEqualTo(run.to());
    }

    @Test
    void aClockSetBackAnHourDoublesNothingAndTheWatermarkStays() {
        day.message("WECHAT", "once", start.minus(HOUR));
        now();
        Instant reached = watermark();
        travel(HOUR.negated());

        List<Run> back = now();

        assertThat(back)
                .allMatch(run -> run.state() == Run.State.COMPLETE && run.from().isBefore(run.to()));
        assertThat(watermark()).isEqualTo(reached);
        travel(Duration.ZERO);
        now();
        assertThat(watermark()).isAfterOrEqualTo(reached);
        assertThat(delivered()).isEqualTo(1);
    }

    private void weekOfMessages() {
        IntStream.rangeClosed(0, 7)
                .forEach(days -> day.message(
                        "WECHAT",
                        "day-" + days,
                        start.minus(Duration.ofDays(days)).minus(HOUR)));
    }

    /** Both clocks. */
    private void travel(Duration offset) {
        clock.set(offset);
        day.feed.clockOffset(offset);
    }

    /** Runs without a window, to the end of all windows; the runs that came of it, oldest window first. */
    private List<Run> now() {
        return collected(Optional.empty());
    }

    private List<Run> backfill(Duration length) {
        return collected(Optional.of(start.minus(length)));
    }

    private List<Run> collected(Optional<Instant> from) {
        List<String> before = runs().stream().map(Run::id).toList();
        Started started = archiver.bean(Collecting.class)
                .start(
                        "wechat",
                        false,
                        from.orElse(null),
                        from.map(any -> start).orElse(null));
        assertThat(started).isInstanceOf(Started.Running.class);
        ended();
        List<Run> made = new ArrayList<>(
                runs().stream().filter(run -> !before.contains(run.id())).toList());
        made.sort(Comparator.comparing(Run::from));
        return made;
    }

    private void ended() {
        SmallDay.await().atMost(Duration.ofMinutes(1)).until(() -> runs().stream()
                .noneMatch(run -> run.state() == Run.State.RUNNING));
    }

    private List<Run> runs() {
        return archiver.bean(Runs.class).list("wechat", 100, "");
    }

    private Instant watermark() {
        return archiver.bean(Watermarks.class).of("wechat").orElseThrow();
    }

    private int delivered() {
        return day.mail.count(SmallDay.MAILBOX, "WeChat Archiver");
    }

    private double skew() {
        return archiver.bean(MeterRegistry.class)
                .get("archiver.feed.clock.skew")
                .gauge()
                .value();
    }

    private int pageRequests() {
        return (int) day.feed.requests().stream()
                .filter(request -> request.path().equals(FeedSimulator.MESSAGES))
                .count();
    }

    private List<Reason> entries(Run run) {
        return archiver.bean(Channels.class).ofRun(run.id(), 10, 0).stream()
                .map(Channels.Entry::reason)
                .toList();
    }

    private static void assertNoGaps(List<Run> runs) {
        for (int i = 1; i < runs.size(); i++) {
            assertThat(runs.get(i).from()).isEqualTo(runs.get(i - 1).to());
        }
    }
}
