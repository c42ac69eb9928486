package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.chatarchiver.collect.AskingAgain;
import org.chatarchiver.ledger.Channel;
import org.chatarchiver.ledger.Channels;
import org.chatarchiver.ledger.Reason;
import org.chatarchiver.ledger.Run;
import org.chatarchiver.ledger.Watermarks;
import org.chatarchiver.sandbox.Fault;
import org.junit.jupiter.api.Test;

/** What ends a run, what becomes of the windows behind it, and what a dry run counts. */
class CollectingTroubleTest extends CollectionBed {
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
    void aRequeueOfAFailedBackfillAsksForAllThatIsLeftOfItAndItsEntryClosesByThat() {
        weekOfMessages();
        day.feed.fail(1, 401, null);
        Run failed = backfill(Duration.ofDays(3)).get(0);
        Channels channels = archiver.bean(Channels.class);
        channels.requeue(Channel.SOURCE, List.of(), "ada");
        assertThat(entries(failed)).as("until it has landed").hasSize(1);

        archiver.bean(AskingAgain.class).ask();
        archiver.bean(AskingAgain.class).ask();

        SmallDay.await().atMost(Duration.ofMinutes(1)).until(() -> runs().size() == 4 && delivered() == 3);
        ended();
        assertThat(entries(failed)).isEmpty();
        assertThat(runs()).filteredOn(run -> run.state() == Run.State.COMPLETE).hasSize(3);
        archiver.bean(AskingAgain.class).ask();
        assertThat(runs()).hasSize(4);
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
    void aFeedThatHasEverMoreEmptyPagesIsStoppedEarly() {
        for (int i = 1; i <= 3; i++) {
            day.feed.fault(
                    1, Fault.body("{\"messages\":" + (i == 2 ? "null" : "[]") + ",\"nextCursor\":\"c" + i + "\"}"));
        }

        Run run = backfill(HOUR).get(0);

        assertThat(run.reason()).isEqualTo(Reason.TOO_MANY_PAGES);
        assertThat(run.detail()).contains("archiver.telemessage.max-empty-pages");
        assertThat(archiver.report(run.id()).pages()).hasSize(3);
        assertThat(entries(run)).containsExactly(Reason.TOO_MANY_PAGES);
    }

    @Test
    void emptyPagesBetweenFullOnesAreNoReasonToStop() {
        String full = new String(
                TestBed.bytes(TestBed.text("between", "Text").put("msisdn", "+447700900101")), StandardCharsets.UTF_8);
        List<String> bodies = List.of("[]", "[]", "[" + full + "]", "[]", "[]");
        for (int i = 0; i < bodies.size(); i++) {
            day.feed.fault(1, Fault.body("{\"messages\":" + bodies.get(i) + ",\"nextCursor\":\"c" + i + "\"}"));
        }
        day.feed.fault(1, Fault.body("{\"messages\":[]}"));

        Run run = backfill(HOUR).get(0);

        assertThat(run.state()).isEqualTo(Run.State.COMPLETE);
        assertThat(archiver.report(run.id()).pages()).hasSize(6);
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
}
