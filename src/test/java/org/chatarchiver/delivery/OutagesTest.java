package org.chatarchiver.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.chatarchiver.MovableClock;
import org.chatarchiver.alert.Alarms;
import org.chatarchiver.msexchange.transport.Existence;
import org.chatarchiver.msexchange.transport.Fault;
import org.junit.jupiter.api.Test;

/** Which mailbox is asked for while the destination is out, and when. */
class OutagesTest {
    private static final String ANN = "ann@example.com";
    private static final String BEN = "ben@example.com";
    private static final String CAT = "cat@example.com";
    private static final String DAN = "dan@example.com";
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

        assertThat(outages.probed()).isEmpty();
    }

    @Test
    void withoutAProbeMailboxEveryOtherOneThatIsKnownGetsItsTurnToo() {
        Outages outages = outages("", CAT, DAN);
        outages.delivered(BEN);
        outages.begin(ANN, "no answer");

        assertThat(List.of(next(outages), next(outages), next(outages))).containsExactlyInAnyOrder(ANN, BEN, CAT);
    }

    @Test
    void aDestinationThatDoesNotAnswerIsAskedOnceInAProbe() {
        Outages outages = outages("", CAT, DAN);
        outages.begin(ANN, "no answer");

        assertThat(probe(outages, unreachable(), unreachable())).hasSize(1);
    }

    @Test
    void whereCredentialsAreRefusedOthersAreAskedAndTheFirstThatWorksEndsTheOutage() {
        Outages outages = outages("", CAT, DAN, "eve@example.com");
        outages.begin(ANN, "refused");

        assertThat(probe(outages, refused(), refused(), new Existence.Present()))
                .containsExactly(ANN, CAT, DAN);
        assertThat(outages.current()).isEmpty();
    }

    @Test
    void aMailboxThatIsMissingOrInAnotherTroubleSaysNothingOfCredentialsThatAreRefused() {
        Outages outages = outages("", CAT, DAN);
        outages.begin(ANN, "refused");

        probe(outages, refused(), new Existence.Missing("none"), unknown(Fault.UNAVAILABLE));
        assertThat(outages.current()).isPresent();

        probe(outages, new Existence.Missing("none"));
        assertThat(outages.current()).as("none is refused").isEmpty();
    }

    @Test
    void aProbeAsksForFiveMailboxesAtMostAndTheNextOneForOthers() {
        List<String> many =
                IntStream.range(0, 7).mapToObj(n -> n + "@example.com").toList();
        Outages outages = outages("", many.toArray(String[]::new));
        outages.begin(ANN, "refused");

        assertThat(probe(outages, refused())).hasSize(5).contains(ANN).containsAll(many.subList(0, 4));
        assertThat(probe(outages, refused())).contains(ANN).containsAll(many.subList(4, 7));
        assertThat(probe(outages, refused())).as("all have been asked").containsAll(many.subList(0, 4));
    }

    @Test
    void aProbeMailboxThatIsRefusedItselfKeepsNobodyWaitingWhileAnotherWorks() {
        Outages outages = outages(PROBE, CAT);
        outages.begin(ANN, "refused");

        assertThat(probe(outages, refused(), refused(), new Existence.Present()))
                .containsExactly(PROBE, ANN, CAT);
        assertThat(outages.current()).isEmpty();
    }

    @Test
    void whoeverMetAnOutageThatCameBackBeforeADeliveryLetsOthersGoFirstForAMoment() {
        Outages outages = outages("");
        outages.begin(ANN, "may not be written");
        outages.answered(new Existence.Present());
        assertThat(outages.putAside(ANN)).as("it may be over").isEmpty();

        outages.begin(BEN, "may not be written");
        outages.answered(new Existence.Present());

        assertThat(outages.putAside(ANN)).hasValue(clock.instant().plusSeconds(10));
        assertThat(outages.putAside("Ben@Example.com")).isPresent();
        assertThat(outages.putAside(CAT)).isEmpty();
        clock.pass(Duration.ofSeconds(10));
        assertThat(outages.putAside(ANN)).isEmpty();
    }

    @Test
    void nobodyIsPutAsideOnceSomethingWasDelivered() {
        Outages outages = outages("");
        for (int i = 0; i < 2; i++) {
            outages.begin(ANN, "may not be written");
            outages.answered(new Existence.Present());
        }

        outages.delivered(BEN);

        assertThat(outages.putAside(ANN)).isEmpty();
    }

    /** Whom a probe asks for; the answers in turn, the last one for all that follow. */
    private List<String> probe(Outages outages, Existence... answers) {
        List<String> asked = new ArrayList<>();
        for (String mailbox : due(outages)) {
            if (outages.unanswered()) {
                outages.answered(answers[Math.min(asked.size(), answers.length - 1)]);
                asked.add(mailbox);
            }
        }
        return asked;
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
    private List<String> due(Outages outages) {
        for (int i = 0; i < 1_000; i++) {
            List<String> mailboxes = outages.probed();
            if (!mailboxes.isEmpty()) {
                return mailboxes;
            }
            clock.pass(STEP);
        }
        throw new AssertionError("no probe in " + STEP.multipliedBy(1_000));
    }

    private String next(Outages outages) {
        return due(outages).get(0);
    }

    private static Existence unreachable() {
        return unknown(Fault.UNREACHABLE);
    }

    private static Existence refused() {
        return unknown(Fault.CREDENTIALS_REFUSED);
    }

    private static Existence unknown(Fault fault) {
        return new Existence.Unknown(fault, Duration.ZERO, "no");
    }

    private Outages outages(String probeMailbox, String... others) {
        return DestinationOutages.of(probeMailbox, List.of(others), new Alarms(), new SimpleMeterRegistry(), clock);
    }
}
