package org.chatarchiver.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.chatarchiver.MovableClock;
import org.chatarchiver.msexchange.MicrosoftExchangeTransport;
import org.chatarchiver.msexchange.transport.Existence;
import org.chatarchiver.msexchange.transport.Fault;
import org.junit.jupiter.api.Test;

/** Which mailbox is asked for while the destination is out. */
class OutagesTest {
    private static final String ANN = "ann@example.com";
    private static final String BEN = "ben@example.com";
    private static final String PROBE = "probe@example.com";

    @Test
    void withAProbeMailboxThatOneAlone() {
        Outages outages = outages(PROBE);
        outages.delivered(BEN);
        outages.begin(ANN, "no answer");

        assertThat(List.of(outages.probed(), outages.probed())).containsOnly(PROBE);
    }

    @Test
    void withoutAProbeMailboxTheOneThatMetItAndTheOneThatWasDeliveredToLastInTurn() {
        Outages outages = outages("");
        outages.delivered(BEN);
        outages.begin(ANN, "no answer");

        assertThat(List.of(outages.probed(), outages.probed())).containsExactlyInAnyOrder(ANN, BEN);
        outages.answered(new Existence.Unknown(Fault.UNREACHABLE, Duration.ZERO, "no answer"));
        assertThat(outages.current()).isPresent();
        outages.answered(new Existence.Present());
        assertThat(outages.current()).isEmpty();
    }

    @Test
    void withoutAnyDeliveryTheOneThatMetIt() {
        Outages outages = outages("");
        outages.begin(ANN, "no answer");

        assertThat(List.of(outages.probed(), outages.probed())).containsOnly(ANN);
    }

    private static Outages outages(String probeMailbox) {
        return new Outages(
                new ExchangeProperties(
                        MicrosoftExchangeTransport.imap,
                        3,
                        16,
                        Set.of(),
                        probeMailbox,
                        "",
                        "",
                        null,
                        null,
                        null,
                        null,
                        null),
                new Alarms(),
                new SimpleMeterRegistry(),
                new MovableClock("2026-11-20T10:00:00Z"));
    }
}
