package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.chatarchiver.landing.Landed;
import org.chatarchiver.landing.LandingPath;
import org.chatarchiver.landing.Landings;
import org.chatarchiver.landing.Staging;
import org.chatarchiver.ledger.Adoptions;
import org.chatarchiver.ledger.Channel;
import org.chatarchiver.ledger.Channels;
import org.chatarchiver.ledger.Page;
import org.chatarchiver.ledger.Pages;
import org.chatarchiver.ledger.Reason;
import org.chatarchiver.ledger.Run;
import org.chatarchiver.ledger.RunReport;
import org.chatarchiver.ledger.Runs;
import org.chatarchiver.recovery.Adopting;
import org.chatarchiver.sandbox.RunningArchiver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;

/** Pages that lie in the landing zone although the ledger does not know them, asked of both landing zones. */
abstract class PagesContract {
    private static final String FOLDER = "WeChat Archiver";

    @TempDir
    Path folder;

    private SmallDay day;
    private LandingZone zone;
    private RunningArchiver archiver;

    abstract LandingZone zone() throws IOException;

    @BeforeEach
    void start() throws IOException {
        day = new SmallDay(folder);
        day.message("WECHAT", "first", "The first");
        zone = zone();
        archiver = zone.apply(day.settings()).set("archiver.sweep", 500).start();
    }

    @AfterEach
    void stop() throws IOException {
        archiver.close();
        zone.close();
        day.close();
    }

    @Test
    void aPageThatWasLandedAndNotRecordedIsArchivedOnceAndCountedInItsRun() throws IOException {
        Run run = day.run(archiver, "wechat").run();

        Landed page = land(run, 2, page("second", "third"));

        awaitDone(run, 2);
        Page adopted = archiver.bean(Pages.class).find(run.id() + "/2").orElseThrow();
        assertThat(adopted.path()).isEqualTo(page.path());
        assertThat(adopted.sha256()).isEqualTo(page.sha256());
        assertThat(adopted.size()).isEqualTo(page.size());
        assertThat(adopted.messages()).isEqualTo(2);
        assertBalanced(run, 3);
        assertThat(day.mail.count(SmallDay.MAILBOX, FOLDER)).isEqualTo(3);

        RunReport again = day.run(archiver, "wechat");
        assertThat(again.skipped()).isEqualTo(1);
        assertThat(archiver.bean(Pages.class).of(run.id())).hasSize(2);
        assertThat(day.mail.count(SmallDay.MAILBOX, FOLDER)).isEqualTo(3);
    }

    @Test
    void otherBytesForAPageThatIsThereAreAPageOfTheirOwnAndBothAreArchivedOnce() throws IOException {
        Run run = day.run(archiver, "wechat").run();
        Page first = archiver.bean(Pages.class).find(run.id() + "/1").orElseThrow();

        Landed other = land(run, 1, page("first", "second"));

        assertThat(other.path()).endsWith("/1-2.json.gz");
        awaitDone(run, 2);
        assertThat(archiver.bean(Pages.class).of(run.id()))
                .extracting(Page::path)
                .containsExactly(first.path(), other.path());
        // The same id with another sender is another revision of the first.
        assertBalanced(run, day.mail.count(SmallDay.MAILBOX, FOLDER));
        assertThat(land(run, 1, page("first", "second"))).isEqualTo(other);
    }

    @Test
    void aRunThatIsBeingPolledIsLeftAloneUntilItsLeaseEndsAndThenGoesOnFromWhatHasLanded() throws IOException {
        Instant now = Instant.now();
        Runs runs = archiver.bean(Runs.class);
        Run polling = runs.open("wechat", Run.Cause.MANUAL, false, now.minusSeconds(60), now)
                .orElseThrow();
        land(polling, 1, page("second"));

        archiver.bean(Adopting.class).adopt();
        assertThat(archiver.bean(Pages.class).of(polling.id())).isEmpty();
        assertThat(archiver.bean(Adoptions.class).standing(polling.id())).isEqualTo(Adoptions.Standing.POLLING);

        archiver.bean(JdbcTemplate.class)
                .update("update connector set lease_until = current_timestamp - interval '1' second");
        awaitDone(polling, 1);
        SmallDay.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(
                        runs.find(polling.id()).orElseThrow().state())
                .isEqualTo(Run.State.COMPLETE));
        assertBalanced(polling, 1);
        assertThat(day.run(archiver, "wechat").run().state()).isEqualTo(Run.State.COMPLETE);
    }

    @Test
    void whatIsNoPageIsNotTakenInButStandsInTheSourceChannel() throws IOException {
        Run run = day.run(archiver, "wechat").run();

        Landed bad = land(run, 2, "{\"messages\":[");
        Landed good = land(run, 3, page("second"));

        SmallDay.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(
                        archiver.bean(Channels.class).list(Channel.SOURCE, 10, 0))
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.reason()).isEqualTo(Reason.LANDING_FAILED);
                    assertThat(entry.detail()).contains(bad.path());
                }));
        awaitDone(run, 2);
        assertThat(archiver.bean(Pages.class)
                        .find(run.id() + "/2")
                        .orElseThrow()
                        .path())
                .isEqualTo(good.path());
        assertBalanced(run, 2);
    }

    private Landed land(Run run, int number, String page) throws IOException {
        String path = LandingPath.of(run.connector(), run.started(), run.id()).page(number);
        return archiver.bean(Landings.class)
                .land(archiver.bean(Staging.class)
                        .stage(path, new ByteArrayInputStream(page.getBytes(StandardCharsets.UTF_8)), unread -> null));
    }

    private static String page(String... ids) {
        long time = Instant.parse("2025-03-04T09:00:00Z").toEpochMilli();
        return IntStream.range(0, ids.length)
                .mapToObj(i -> TestBed.text(ids[i], "Text " + ids[i])
                        .put("messageTime", time + i)
                        .put("msisdn", "+447700900101")
                        .put("from", "+447700900101")
                        .toString())
                .collect(Collectors.joining(",", "{\"messages\":[", "]}"));
    }

    private void awaitDone(Run run, int number) {
        SmallDay.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(archiver.bean(JdbcTemplate.class)
                        .queryForList(
                                "select state from page where run = ? and number = ?", String.class, run.id(), number))
                .isEqualTo(List.of("DONE")));
    }

    private void assertBalanced(Run run, long imported) {
        RunReport report = archiver.report(run.id());
        assertThat(report.pending()).isZero();
        assertThat(report.imported()).isEqualTo(imported);
        assertThat(report.availableForImport()).isEqualTo(imported);
    }
}
