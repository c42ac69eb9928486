package org.chatarchiver.collect;

import java.time.Instant;
import org.chatarchiver.connector.Connector;
import org.chatarchiver.ledger.Opening;
import org.chatarchiver.ledger.Run;
import org.chatarchiver.telemessage.Window;

/**
 * A window to be asked for, in a run of its own.
 *
 * @param wishTo end of the whole back-fill that it is a part of; null for none
 */
record PendingWindow(Window window, Run.Cause cause, Instant wishTo) {
    Opening opening(Connector connector, boolean dry) {
        return new Opening(connector.id(), connector.folder(), cause, dry, window.from(), window.to(), wishTo);
    }

    /** Whether a run asks for this. */
    boolean isOf(Run run) {
        return cause == run.cause()
                && window.from().equals(run.from())
                && window.to().equals(run.to());
    }
}
