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
import org.chatarchiver.collect.RunStarts;
import org.chatarchiver.collect.Started;
import org.chatarchiver.ledger.Channel;
import org.chatarchiver.ledger.Channels;
import org.chatarchiver.ledger.Reason;
import org.chatarchiver.ledger.Run;
import org.chatarchiver.ledger.Runs;
import org.chatarchiver.ledger.Watermarks;
import org.chatarchiver.sandbox.FeedSimulator;
import org.chatarchiver.sandbox.MovingClock;
import org.chatarchiver.sandbox.RunningArchiver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A fresh archiver for each test, whose clock and whose feed's clock can be moved, and the runs that come of its collections. */
abstract class CollectionBed {
    static final Duration WEEK = Duration.ofDays(7);
    static final Duration HOUR = Duration.ofHours(1);

    @TempDir
    Path folder;

    final MovingClock clock = new MovingClock();
    final Instant start = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    SmallDay day;
    RunningArchiver archiver;

    @BeforeEach
    void open() throws IOException {
        day = new SmallDay(folder);
        archiver = settings().start();
    }

    RunningArchiver.Settings settings() {
        return day.settings()
                .clock(clock)
                .set("archiver.telemessage.settle", "30s")
                .set("archiver.telemessage.page-limit", 2)
                .set("archiver.telemessage.max-pages", 8)
                .set("archiver.telemessage.max-empty-pages", 3)
                .set("archiver.telemessage.retry.max", "20ms")
                .set("archiver.telemessage.retry.retries", 2);
    }

    @AfterEach
    void close() throws IOException {
        archiver.close();
        day.close();
    }

    void weekOfMessages() {
        IntStream.rangeClosed(0, 7)
                .forEach(days -> day.message(
                        "WECHAT",
                        "day-" + days,
                        start.minus(Duration.ofDays(days)).minus(HOUR)));
    }

    /** Both clocks. */
    void travel(Duration offset) {
        clock.set(offset);
        day.feed.clockOffset(offset);
    }

    /** Runs without a window, to the end of all windows; the runs that came of it, oldest window first. */
    List<Run> now() {
        return collected(Optional.empty());
    }

    List<Run> backfill(Duration length) {
        return collected(Optional.of(start.minus(length)));
    }

    List<Run> collected(Optional<Instant> from) {
        List<String> before = runs().stream().map(Run::id).toList();
        Started started = archiver.bean(RunStarts.class)
                .start(
                        "wechat",
                        false,
                        from.orElse(null),
                        from.map(any -> start).orElse(null),
                        "ada");
        assertThat(started).isInstanceOf(Started.Running.class);
        ended();
        List<Run> made = new ArrayList<>(
                runs().stream().filter(run -> !before.contains(run.id())).toList());
        made.sort(Comparator.comparing(Run::from));
        return made;
    }

    void ended() {
        SmallDay.await().atMost(Duration.ofMinutes(1)).until(() -> runs().stream()
                .noneMatch(run -> run.state() == Run.State.RUNNING));
    }

    List<Run> runs() {
        return archiver.bean(Runs.class).list("wechat", 100, "");
    }

    Instant watermark() {
        return archiver.bean(Watermarks.class).of("wechat").orElseThrow();
    }

    int delivered() {
        return day.mail.count(SmallDay.MAILBOX, "WeChat Archiver");
    }

    double skew() {
        return archiver.bean(MeterRegistry.class)
                .get("archiver.feed.clock.skew")
                .gauge()
                .value();
    }

    int pageRequests() {
        return (int) day.feed.requests().stream()
                .filter(request -> request.path().equals(FeedSimulator.MESSAGES))
                .count();
    }

    List<Reason> entries(Run run) {
        return archiver.bean(Channels.class).ofRun(run.id(), 10, 0).stream()
                .filter(entry -> entry.channel() == Channel.SOURCE)
                .map(Channels.Entry::reason)
                .toList();
    }

    static void assertNoGaps(List<Run> runs) {
        for (int i = 1; i < runs.size(); i++) {
            assertThat(runs.get(i).from()).isEqualTo(runs.get(i - 1).to());
        }
    }
}
