package org.chatarchiver.api;

import java.util.Optional;
import org.chatarchiver.ledger.ConnectorPauses.Pause;
import org.chatarchiver.ledger.Run;

/** Why a run does not move. */
final class Standstill {
    private Standstill() {}

    /** Whether the source is still asked. */
    static boolean polls(Run run) {
        return run.state() == Run.State.RUNNING && run.landed() == null;
    }

    /** What the poll waits for before it asks again. What a poll left behind that was ended while it waited says nothing any more. */
    static Optional<Run.Wait> wait(Run run) {
        return Optional.ofNullable(run.waiting()).filter(wait -> polls(run));
    }

    /**
     * One sentence; empty where nothing is known to hold it.
     *
     * @param unread whether pages of it have landed that are not worked through
     * @param hindrance why pages of the connector wait
     * @param pause of the connector
     */
    static Optional<String> of(Run run, boolean unread, Optional<String> hindrance, Optional<Pause> pause) {
        return wait(run)
                .map(Run.Wait::what)
                .or(() -> pause.filter(any -> polls(run))
                        .map(it -> "Goes on when the connector is resumed, which is " + it.words() + "."))
                .or(() -> unread ? hindrance : Optional.empty());
    }
}
