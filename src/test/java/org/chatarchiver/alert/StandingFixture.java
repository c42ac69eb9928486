package org.chatarchiver.alert;

import java.time.Clock;
import org.chatarchiver.connector.Connectors;
import org.chatarchiver.connector.MappingSources;
import org.chatarchiver.ledger.Conditions;
import org.chatarchiver.ledger.ConnectorPauses;
import org.chatarchiver.ledger.KnownConnectors;
import org.chatarchiver.ledger.Watermarks;

/** What is wrong by the ledger and the connectors that a test has. */
public final class StandingFixture {
    private StandingFixture() {}

    public static StandingFindings of(
            Conditions conditions,
            Watermarks watermarks,
            ConnectorPauses pauses,
            KnownConnectors known,
            Connectors connectors,
            MappingSources mappings,
            Clock clock) {
        Stranded stranded = new Stranded(known, connectors, clock);
        return new StandingFindings(
                new AlertFindings(conditions, watermarks, pauses, connectors, mappings, stranded, new Alarms(), clock),
                clock);
    }
}
