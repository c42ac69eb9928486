package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.chatarchiver.collect.RunWishes;
import org.chatarchiver.ledger.Acceptance;
import org.chatarchiver.ledger.Run;
import org.chatarchiver.sandbox.Fault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.actuate.health.HealthEndpoint;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Which windows are asked for, day after day, whatever the clocks say. */
@ExtendWith(OutputCaptureExtension.class)
class CatchingUpTest extends CollectionBed {
    @Test
    void aMissedWeekIsCaughtUpInDaysAndNothingIsDeliveredTwice() {
        weekOfMessages();
        travel(WEEK.minusMinutes(30).negated());
        assertThat(now()).singleElement().extracting(Run::state).isEqualTo(Run.State.COMPLETE);
        Instant watermark = watermark();
        travel(Duration.ZERO);

        List<Run> caughtUp = now();

        assertThat(caughtUp).hasSize(7).allMatch(run -> run.state() == Run.State.COMPLETE);
        assertThat(caughtUp.get(0).from())
                .as("the overlap reaches back as far as the source keeps messages")
                .isBetween(start.minus(WEEK), watermark.minusSeconds(1));
        assertNoGaps(caughtUp);
        assertThat(watermark()).isEqualTo(caughtUp.get(6).to());
        assertThat(delivered()).isEqualTo(8);
        now();
        assertThat(delivered()).isEqualTo(8);
    }

    @Test
    void aWindowThatLandedShortIsAskedForAgainAndKeepsNothingBack() {
        weekOfMessages();
        travel(Duration.ofDays(-6));
        now();
        Instant first = watermark();
        travel(Duration.ZERO);
        day.feed.fault(1, new Fault.WrongTotal(1));

        List<Run> caughtUp = now();

        Run lacking = caughtUp.get(0);
        assertThat(lacking.state()).isEqualTo(Run.State.INCOMPLETE);
        assertThat(caughtUp.subList(1, 7)).allMatch(run -> run.state() == Run.State.COMPLETE);
        assertThat(delivered()).as("what came behind it is there").isEqualTo(7);
        assertThat(watermark()).as("the chain has a gap").isEqualTo(first);

        List<Run> mended = now();

        assertThat(mended.get(0).from()).isEqualTo(lacking.from());
        assertThat(mended.get(0).to()).isEqualTo(lacking.to());
        assertThat(mended.get(0).attempt()).isEqualTo(2);
        assertThat(mended).allMatch(run -> run.state() == Run.State.COMPLETE);
        assertThat(watermark()).isAfterOrEqualTo(caughtUp.get(6).to());
        assertThat(delivered()).isEqualTo(7);
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
        assertThat(archiver.bean(RunWishes.class).accept(second.id(), "ada", ""))
                .isInstanceOf(Acceptance.Refused.class);
        travel(Duration.ZERO);
        day.feed.fault(1, new Fault.WrongTotal(1));
        List<Run> last = now();
        Run third = last.get(0);
        assertThat(third.attempt()).isEqualTo(3);
        assertThat(third.state()).isEqualTo(Run.State.INCOMPLETE);
        assertThat(watermark()).isEqualTo(first.from());

        archiver.bean(RunWishes.class).accept(third.id(), "ada", "");

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
}
