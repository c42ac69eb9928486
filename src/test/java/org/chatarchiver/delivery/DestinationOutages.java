package org.chatarchiver.delivery;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import org.chatarchiver.alert.Alarms;
import org.chatarchiver.msexchange.MicrosoftExchangeTransport;

/** The memory of outages at a time that the test sets, with probes half a minute apart at most. */
public final class DestinationOutages {
    private DestinationOutages() {}

    public static Outages of(String probeMailbox, Alarms alarms, MeterRegistry metrics, Clock clock) {
        return of(probeMailbox, List.of(), alarms, metrics, clock);
    }

    /** @param others mailboxes that are known beside those which met an outage */
    public static Outages of(
            String probeMailbox, List<String> others, Alarms alarms, MeterRegistry metrics, Clock clock) {
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
                DeliverySettings.shipped(),
                () -> others,
                alarms,
                metrics,
                clock);
    }
}
