package org.chatarchiver.routing;

import java.time.Clock;
import java.time.Instant;
import java.util.stream.Collectors;
import org.chatarchiver.collect.MissedSchedules;
import org.chatarchiver.connector.Connector;
import org.chatarchiver.connector.Connectors;
import org.chatarchiver.ledger.ConnectorPauses;
import org.chatarchiver.ledger.ConnectorPauses.Pause;
import org.chatarchiver.mapping.MappingStore;
import org.chatarchiver.mapping.Mappings;
import org.chatarchiver.security.DataDirectory;
import org.chatarchiver.security.SessionDoor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Ends a start with one line for the operator: which version runs what, from where, and when next, and where it is looked at. */
@Component
class StartLine {
    private static final Logger LOG = LoggerFactory.getLogger(StartLine.class);

    private final Connectors connectors;
    private final ConnectorPauses pauses;
    private final MappingStore mappings;
    private final DataDirectory data;
    private final ObjectProvider<SessionDoor> door;
    private final Clock clock;

    StartLine(
            Connectors connectors,
            ConnectorPauses pauses,
            MappingStore mappings,
            DataDirectory data,
            ObjectProvider<SessionDoor> door,
            Clock clock) {
        this.connectors = connectors;
        this.pauses = pauses;
        this.mappings = mappings;
        this.data = data;
        this.door = door;
        this.clock = clock;
    }

    @EventListener(ApplicationReadyEvent.class)
    void ready() {
        String console = door.stream().map(one -> "; console " + one.words()).collect(Collectors.joining());
        LOG.info("Chat Archiver {} is ready: {}; data in {}{}", version(), running(), data.root(), console);
    }

    private static String version() {
        String version = StartLine.class.getPackage().getImplementationVersion();
        return version == null ? "(not from its jar)" : version;
    }

    String running() {
        Instant now = clock.instant();
        String all = connectors.all().stream()
                .map(connector -> connector.id() + " ("
                        + pauses.of(connector.id()).map(Pause::words).orElseGet(() -> next(connector, now))
                        + ", " + rows(connector) + ")")
                .collect(Collectors.joining(", "));
        String leftOut = connectors.leftOut() == 0 ? "" : ", " + connectors.leftOut() + " connector files left out";
        return (all.isEmpty() ? "no connector" : all) + leftOut;
    }

    private static String next(Connector connector, Instant now) {
        return "next run "
                + MissedSchedules.next(connector.schedule(), now)
                        .map(Instant::toString)
                        .orElse("never");
    }

    private String rows(Connector connector) {
        Mappings.Current current = mappings.current(connector.id());
        if (current instanceof Mappings.Current.InUse use) {
            return use.file().size() + " mapping rows";
        }
        return current instanceof Mappings.Current.None ? "no mapping file" : "mapping file not usable";
    }
}
