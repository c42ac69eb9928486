package org.chatarchiver.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.chatarchiver.MovableClock;
import org.chatarchiver.msexchange.transport.Existence;
import org.chatarchiver.msexchange.transport.Fault;
import org.junit.jupiter.api.Test;

/** Which mailbox is asked for while the destination is out, and when. */
class OutagesTest {
    private static final String ANN = "ann@example.com";
    private static final String BEN = "ben@example.com";
    private static final String PROBE = "probe@example.com";
    private static final Duration STEP = Duration.ofMillis(250);

    private final MovableClock clock = new MovableClock("2026-11-20T10:00:00Z");

    @Test
    void withAProbeMailboxThatOneAlone() {
        Outages outages = outages(PROBE);
        outages.delivered(BEN);
        outages.begin(ANN, "no answer");

        assertThat(List.of(next(outages), next(outages))).containsOnly(PROBE);
    }

    @Test
    void withoutAProbeMailboxTheOneThatMetItAndTheOneThatWasDeliveredToLastInTurn() {
        Outages outages = outages("");
        outages.delivered(BEN);
        outages.begin(ANN, "no answer");

        assertThat(List.of(next(outages), next(outages))).containsExactlyInAnyOrder(ANN, BEN);
        outages.answered(unreachable());
        assertThat(outages.current()).isPresent();
        outages.answered(new Existence.Present());
        assertThat(outages.current()).isEmpty();
    }

    @Test
    void withoutAnyDeliveryTheOneThatMetIt() {
        Outages outages = outages("");
        outages.begin(ANN, "no answer");

        assertThat(List.of(next(outages), next(outages))).containsOnly(ANN);
    }

    @Test
    void theProbesComeAfterOneTwoFourSecondsAndSoOnUpToTheSetting() {
        Outages outages = outages("");
        outages.begin(ANN, "no answer");

        assertThat(pauses(outages, 8)).containsExactly(1L, 2L, 4L, 8L, 16L, 30L, 30L, 30L);
    }

    @Test
    void thePausesBeginAnewAfterADeliveryAndGoOnGrowingWithoutOne() {
        Outages outages = outages("");
        outages.begin(ANN, "no answer");
        assertThat(pauses(outages, 3)).containsExactly(1L, 2L, 4L);
        outages.answered(new Existence.Present());

        outages.begin(ANN, "it answers, and takes nothing");
        assertThat(pauses(outages, 1)).as("not over before").containsExactly(16L);
        outages.answered(new Existence.Present());
        outages.delivered(ANN);

        outages.begin(ANN, "no answer");
        assertThat(pauses(outages, 1)).containsExactly(1L);
    }

    @Test
    void aProbeThatTakesLongIsFollowedByItsPauseNotByTheNextOne() {
        Outages outages = outages("");
        outages.begin(ANN, "no answer");
        next(outages);
        clock.pass(Duration.ofMinutes(1));
        outages.answered(unreachable());

        assertThat(outages.probed()).isNull();
    }

    /** In seconds. */
    private List<Long> pauses(Outages outages, int probes) {
        List<Long> pauses = new ArrayList<>();
        for (int i = 0; i < probes; i++) {
            Instant before = clock.instant();
            next(outages);
            outages.answered(unreachable());
            pauses.add(Duration.between(before, clock.instant()).toSeconds());
        }
        return pauses;
    }

    /** As the timer asks until it is time. */
    private String next(Outages outages) {
        for (int i = 0; i < 1_000; i++) {
            String mailbox = outages.probed();
            if (mailbox != null) {
                return mailbox;
            }
            clock.pass(STEP);
        }
        throw new AssertionError("no probe in " + STEP.multipliedBy(1_000));
    }

    private static Existence unreachable() {
        return new Existence.Unknown(Fault.UNREACHABLE, Duration.ZERO, "no answer");
    }

    private Outages outages(String probeMailbox) {
        return DestinationOutages.of(probeMailbox, new Alarms(), new SimpleMeterRegistry(), clock);
    }
}
