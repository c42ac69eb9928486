package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.chatarchiver.collect.AskingAgain;
import org.chatarchiver.collect.RunWishes;
import org.chatarchiver.ledger.Acceptance;
import org.chatarchiver.ledger.Channel;
import org.chatarchiver.ledger.Channels;
import org.chatarchiver.ledger.Reason;
import org.chatarchiver.ledger.Run;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The source keeps messages for seven days: what it no longer has is never taken for what never was. */
class RetentionTest extends CollectionBed {
    private static final Duration SOON = Duration.ofMinutes(1);

    @Test
    void afterALongOutageWhatIsStillThereIsFetchedAndWhatMayBeGoneIsSaidOfEachWindow() {
        weekOfMessages();
        travel(Duration.ofHours(-9 * 24 - 12));
        Instant reached = now().get(0).to();
        travel(Duration.ZERO);

        List<Run> caughtUp = now();

        assertThat(caughtUp).hasSize(10);
        List<Run> old = caughtUp.subList(0, 3);
        assertThat(old).allSatisfy(run -> {
            assertThat(run.state()).isEqualTo(Run.State.INCOMPLETE);
            assertThat(run.reason()).isEqualTo(Reason.SOURCE_EXPIRED);
            assertThat(run.detail())
                    .contains(
                            "[" + run.from() + ", " + run.to() + ")",
                            "7 days (archiver.telemessage.retention)",
                            "/api/runs/" + run.id() + "/accept");
            assertThat(entries(run)).containsExactly(Reason.SOURCE_EXPIRED);
        });
        assertThat(caughtUp.subList(3, 10)).allMatch(run -> run.state() == Run.State.COMPLETE);
        assertThat(delivered())
                .as("that of the window which is partly gone, too")
                .isEqualTo(8);
        assertThat(watermark()).isEqualTo(reached);

        assertThat(now()).as("nothing is asked for for ever").singleElement().satisfies(run -> assertThat(run.from())
                .isAfter(old.get(2).to()));
        old.forEach(run -> assertThat(archiver.bean(RunWishes.class).accept(run.id(), "ada", ""))
                .isInstanceOf(Acceptance.Accepted.class));

        assertThat(source()).isEmpty();
        assertThat(watermark()).isAfterOrEqualTo(caughtUp.get(9).to());
    }

    @Test
    void aRequeuedWindowThatHasAgedIsAskedForOnceMoreAndItsEntrySaysWhatIsGone() throws Exception {
        weekOfMessages();
        day.feed.fail(1, 401, null);
        Run failed = backfill(Duration.ofDays(3)).get(0);
        travel(Duration.ofHours(5 * 24 + 1));

        assertThat(requeue()).isEqualTo("{\"requeued\":1,\"expired\":1}");

        SmallDay.await().atMost(SOON).until(() -> runs().size() == 4);
        ended();
        List<Run> asked = runs().subList(0, 3);
        assertThat(asked)
                .as("newest first")
                .extracting(Run::state)
                .containsExactly(Run.State.COMPLETE, Run.State.INCOMPLETE, Run.State.INCOMPLETE);
        assertThat(delivered()).isEqualTo(3);
        assertThat(source()).hasSize(2).allMatch(entry -> entry.reason() == Reason.SOURCE_EXPIRED);
        assertThat(entries(failed)).as("the entry that was requeued").containsExactly(Reason.SOURCE_EXPIRED);
        assertThat(source().get(0).detail())
                .contains("cannot be had any more", asked.get(2).id());

        assertThat(requeue()).isEqualTo("{\"requeued\":0,\"expired\":2}");
        archiver.bean(AskingAgain.class).ask();
        assertThat(runs()).as("there is nothing to ask for").hasSize(4);
        asked.subList(1, 3).forEach(run -> archiver.bean(RunWishes.class).accept(run.id(), "ada", ""));
        assertThat(source()).isEmpty();
    }

    @Test
    void aRunThatIsTakenUpAfterTheSourceHasDroppedTheRestIsNotComplete() {
        pagesWithAPauseBehindTheFirst();
        String run = archiver.start("wechat", false, start.minus(HOUR.multipliedBy(4)), start);
        SmallDay.await().atMost(SOON).until(() -> archiver.report(run).run().waiting() != null);
        archiver.close();
        travel(Duration.ofDays(8));

        archiver = settings().start();
        ended();

        assertThat(archiver.report(run)).satisfies(report -> {
            assertThat(report.run().state()).isEqualTo(Run.State.INCOMPLETE);
            assertThat(report.run().reason()).isEqualTo(Reason.SOURCE_EXPIRED);
            assertThat(report.imported()).as("what was still there").isEqualTo(4);
        });
        assertThat(source()).singleElement().satisfies(entry -> assertThat(entry.run())
                .isEqualTo(run));
    }

    @Test
    void aRunThatIsTakenUpSoonEnoughIsComplete() {
        pagesWithAPauseBehindTheFirst();
        String run = archiver.start("wechat", false, start.minus(HOUR.multipliedBy(4)), start);
        SmallDay.await().atMost(SOON).until(() -> archiver.report(run).run().waiting() != null);
        archiver.close();
        travel(Duration.ofDays(6));

        archiver = settings().start();
        ended();

        assertThat(archiver.report(run).run().state()).isEqualTo(Run.State.COMPLETE);
        assertThat(source()).isEmpty();
    }

    @Test
    void aWindowThatTheSourceHadWhenItWasAskedForIsCompleteHoweverLongThatTakes() {
        Instant from = start.minus(WEEK).plusSeconds(60);
        day.feed.add("WECHAT", from.plusSeconds(1), out -> {
            clock.set(HOUR.multipliedBy(3));
            out.write(TestBed.bytes(
                    TestBed.text("slow", "Text").put("msisdn", "+447700900101").put("from", "+447700900101")));
        });
        String run = archiver.start("wechat", false, from, from.plus(HOUR));
        ended();
        assertThat(archiver.report(run).run().state()).isEqualTo(Run.State.COMPLETE);
        assertThat(delivered()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aWindowThatAgesWhileTheFeedPutsOffAPageIsNotComplete(int page) {
        Instant from = start.minus(WEEK).plus(HOUR);
        for (int i = 0; i < 3; i++) {
            byte[] message = TestBed.bytes(TestBed.text("put-off-" + i, "Text")
                    .put("msisdn", "+447700900101")
                    .put("from", "+447700900101"));
            boolean last = page == 2 && i == 1;
            day.feed.add("WECHAT", from.plusSeconds(i), out -> {
                if (last) {
                    day.feed.fail(1, 503, "8");
                }
                out.write(message);
            });
        }
        if (page == 1) {
            day.feed.fail(1, 503, "8");
        }
        String run = archiver.start("wechat", false, from, from.plus(HOUR));
        SmallDay.await().atMost(SOON).until(() -> archiver.report(run).run().waiting() != null);
        travel(HOUR.multipliedBy(2));
        ended();

        assertThat(archiver.report(run).run().state()).isEqualTo(Run.State.INCOMPLETE);
        assertThat(archiver.report(run).run().reason()).isEqualTo(Reason.SOURCE_EXPIRED);
        assertThat(source()).hasSize(1);
        assertThat(delivered()).isEqualTo(3);
    }

    @Test
    void aDryRunClaimsNoMoreAndEntersNothing() {
        travel(Duration.ofDays(-9));
        now();
        travel(Duration.ZERO);
        String run = archiver.start("wechat", true, null, null);
        ended();
        assertThat(archiver.report(run).run().state()).isEqualTo(Run.State.INCOMPLETE);
        assertThat(archiver.report(run).run().reason()).isEqualTo(Reason.SOURCE_EXPIRED);
        assertThat(source()).isEmpty();
    }

    /** Two pages of two messages each. */
    private void pagesWithAPauseBehindTheFirst() {
        boolean[] paused = {false};
        for (int i = 0; i < 4; i++) {
            byte[] message = TestBed.bytes(TestBed.text("rest-" + i, "Text")
                    .put("msisdn", "+447700900101")
                    .put("from", "+447700900101"));
            boolean firstPage = i == 1;
            day.feed.add("WECHAT", start.minus(HOUR.multipliedBy(2)).plusSeconds(i), out -> {
                if (firstPage && !paused[0]) {
                    paused[0] = true;
                    day.feed.fail(1, 503, "600");
                }
                out.write(message);
            });
        }
    }

    private String requeue() throws Exception {
        HttpResponse<String> answer =
                new ApiClient(archiver).post("/api/channels/source/requeue", "application/json", "{}");
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.body();
    }

    private List<Channels.Entry> source() {
        return archiver.bean(Channels.class).list(Channel.SOURCE, 20, 0);
    }
}
