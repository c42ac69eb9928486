package org.chatarchiver.collect;

import org.chatarchiver.connector.Connector;
import org.chatarchiver.ledger.Opening;
import org.chatarchiver.ledger.Run;
import org.chatarchiver.ledger.Watermarks;
import org.chatarchiver.observation.WorkFields;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Begins the poll of a run that has just been opened in the ledger. */
@Component
public class RunOpenings {
    private static final Logger LOG = LoggerFactory.getLogger(RunOpenings.class);

    private final Leases leases;
    private final Watermarks watermarks;

    RunOpenings(Leases leases, Watermarks watermarks) {
        this.leases = leases;
        this.watermarks = watermarks;
    }

    CollectionState opened(Connector connector, Run run, WindowQueue behind) {
        begin(run);
        WorkFields.within(
                connector.id(),
                run.id(),
                () -> LOG.info(
                        "Run {} of {} asks for [{}, {}){}{}",
                        run.id(),
                        connector.id(),
                        run.from(),
                        run.to(),
                        run.attempt() > 1 ? ", time " + run.attempt() : "",
                        run.dry() ? ", dry" : ""));
        return CollectionState.start(connector, run, behind);
    }

    /** Again for a run that is taken up: the archiver may have died in the middle of this. */
    public void begin(Run run) {
        if (run.movesWatermark()) {
            watermarks.begin(run.connector(), run.from());
        }
        // Last: a lease that is held is renewed, and the run of one that is not goes on once it has lapsed.
        leases.hold(run);
    }

    static Opening opening(CollectionState poll, WindowQueue windowQueue) {
        return windowQueue.first().opening(poll.connector(), poll.run().dry());
    }
}
