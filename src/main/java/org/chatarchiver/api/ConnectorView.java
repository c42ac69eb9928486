package org.chatarchiver.api;

import java.time.Instant;
import org.chatarchiver.connector.Connector;
import org.chatarchiver.ledger.ConnectorPauses.Pause;
import org.chatarchiver.ledger.Run;

/**
 * A connector and how far it has got.
 *
 * @param mapping {@code file:<path>} of the mapping file; empty for none
 * @param watermark end of the gap-free chain of landed windows; null before the first
 * @param lastRun null before the first
 * @param paused who wished that nothing is collected, since when and why; null where it is
 */
record ConnectorView(
        String id,
        String name,
        String network,
        String folder,
        String schedule,
        String username,
        String mapping,
        boolean automaticMapping,
        Instant watermark,
        LastRun lastRun,
        Pause paused) {

    record LastRun(String id, Run.State state, Run.Cause cause, boolean dryRun, Instant started, Instant finished) {
        static LastRun of(Run run) {
            return new LastRun(run.id(), run.state(), run.cause(), run.dry(), run.started(), run.finished());
        }
    }

    static ConnectorView of(Connector connector, Instant watermark, Run lastRun, Pause paused) {
        return new ConnectorView(
                connector.id(),
                connector.name(),
                connector.network(),
                connector.folder(),
                connector.schedule(),
                connector.username(),
                connector.mapping(),
                connector.automaticMapping(),
                watermark,
                lastRun == null ? null : LastRun.of(lastRun),
                paused);
    }
}
