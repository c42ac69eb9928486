package org.chatarchiver.api;

import java.time.Clock;
import org.chatarchiver.archive.Hindrances;
import org.chatarchiver.collect.FeedLogins;
import org.chatarchiver.collect.MissedSchedules;
import org.chatarchiver.connector.Connector;
import org.chatarchiver.ledger.ConnectorPauses;
import org.chatarchiver.ledger.LastArchived;
import org.chatarchiver.ledger.Runs;
import org.chatarchiver.ledger.Watermarks;
import org.springframework.stereotype.Component;

/** Looks up how far a connector has got. */
@Component
public class ConnectorViews {
    private final Runs runs;
    private final Watermarks watermarks;
    private final ConnectorPauses pauses;
    private final LastArchived archived;
    private final FeedLogins logins;
    private final Hindrances hindrances;
    private final Clock clock;

    ConnectorViews(
            Runs runs,
            Watermarks watermarks,
            ConnectorPauses pauses,
            LastArchived archived,
            FeedLogins logins,
            Hindrances hindrances,
            Clock clock) {
        this.runs = runs;
        this.watermarks = watermarks;
        this.pauses = pauses;
        this.archived = archived;
        this.logins = logins;
        this.hindrances = hindrances;
        this.clock = clock;
    }

    public ConnectorView of(Connector connector) {
        String id = connector.id();
        return ConnectorView.of(
                connector,
                new ConnectorView.Known(
                        watermarks.of(id).orElse(null),
                        runs.list(id, 1, "").stream().findFirst().orElse(null),
                        pauses.of(id).orElse(null),
                        logins.problem(connector).orElse(null),
                        hindrances.of(id).orElse(null),
                        MissedSchedules.next(connector.schedule(), clock.instant())
                                .orElse(null),
                        archived.of(id).orElse(null),
                        logins.checked(id).orElse(null),
                        logins.passwordChanged(id).orElse(null)));
    }
}
