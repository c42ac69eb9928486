package org.chatarchiver.api;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.chatarchiver.archive.Hindrances;
import org.chatarchiver.collect.FeedLogins;
import org.chatarchiver.collect.MissedSchedules;
import org.chatarchiver.connector.Connector;
import org.chatarchiver.connector.MappingSources;
import org.chatarchiver.ledger.ConnectorPauses;
import org.chatarchiver.ledger.LastArchived;
import org.chatarchiver.ledger.Runs;
import org.chatarchiver.ledger.Watermarks;
import org.springframework.stereotype.Component;

/** Looks up how far a connector has got. */
@Component
public class ConnectorViews {
    private static final Duration ARCHIVED_FRESH = Duration.ofSeconds(15);

    private final Runs runs;
    private final Watermarks watermarks;
    private final ConnectorPauses pauses;
    private final LastArchived archived;
    private final FeedLogins logins;
    private final Hindrances hindrances;
    private final MappingSources mappings;
    private final Clock clock;
    /** Reads all items of a page, which a page that is looked at every two seconds may not. */
    private final Cache<String, Instant> archivedLast = Caffeine.newBuilder()
            .maximumSize(1_000)
            .expireAfterWrite(ARCHIVED_FRESH)
            .build();

    ConnectorViews(
            Runs runs,
            Watermarks watermarks,
            ConnectorPauses pauses,
            LastArchived archived,
            FeedLogins logins,
            Hindrances hindrances,
            MappingSources mappings,
            Clock clock) {
        this.runs = runs;
        this.watermarks = watermarks;
        this.pauses = pauses;
        this.archived = archived;
        this.logins = logins;
        this.hindrances = hindrances;
        this.mappings = mappings;
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
                        mappings.refused(connector).orElse(null),
                        MissedSchedules.next(connector.schedule(), clock.instant())
                                .orElse(null),
                        archivedLast.get(
                                id, connectorId -> archived.of(connectorId).orElse(null)),
                        logins.checked(id).orElse(null),
                        logins.passwordChanged(id).orElse(null)));
    }
}
