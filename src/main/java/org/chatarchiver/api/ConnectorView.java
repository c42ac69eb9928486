package org.chatarchiver.api;

import java.time.Instant;
import org.chatarchiver.collect.FeedLogins;
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
 * @param state what it does now
 * @param waitingFor one sentence: what it waits for, or what has to be mended before it can go on; null for nothing
 * @param mappingRefused one sentence: why its mapping file as it is now is not used, while the one before it is; null for nothing
 * @param nextRun when its schedule has it run next; null while it is paused, and where its schedule names no more times
 * @param lastArchived when an item was last archived; null where none of its latest runs archived any
 * @param loginChecked when TeleMessage last took or refused its user name and password, since the archiver was started; else null
 * @param passwordChanged when the file with its password was last written; null where there is none
 */
public record ConnectorView(
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
        Pause paused,
        State state,
        String waitingFor,
        String mappingRefused,
        Instant nextRun,
        Instant lastArchived,
        FeedLogins.Check loginChecked,
        Instant passwordChanged) {

    /** What a connector does. */
    public enum State {
        /** Nothing until the next time of its schedule. */
        IDLE,
        /** A run of it polls, or is archived. */
        RUNNING,
        /** What has landed cannot go on: for want of a mapping, or of the destination. */
        WAITING,
        /** Nothing is collected until somebody resumes it. */
        PAUSED,
        /** TeleMessage refuses its user name and password, or there is none. */
        LOGIN_REFUSED
    }

    /** The latest run. */
    public record LastRun(
            String id, Run.State state, Run.Cause cause, boolean dryRun, Instant started, Instant finished) {
        static LastRun of(Run run) {
            return new LastRun(run.id(), run.state(), run.cause(), run.dry(), run.started(), run.finished());
        }
    }

    /** What was looked up of a connector; each null where there is none. */
    record Known(
            Instant watermark,
            Run lastRun,
            Pause paused,
            String loginProblem,
            String hindrance,
            String mappingRefused,
            Instant nextRun,
            Instant lastArchived,
            FeedLogins.Check loginChecked,
            Instant passwordChanged) {

        private boolean runs() {
            return lastRun != null && lastRun.state() == Run.State.RUNNING;
        }

        /** What keeps it from working counts more than what it would do. */
        State state() {
            if (paused != null) {
                return State.PAUSED;
            }
            if (loginProblem != null) {
                return State.LOGIN_REFUSED;
            }
            if (hindrance != null) {
                return State.WAITING;
            }
            return runs() ? State.RUNNING : State.IDLE;
        }

        String waitingFor() {
            return loginProblem != null ? loginProblem : hindrance;
        }
    }

    static ConnectorView of(Connector connector, Known known) {
        return new ConnectorView(
                connector.id(),
                connector.name(),
                connector.network(),
                connector.folder(),
                connector.schedule(),
                connector.username(),
                connector.mapping(),
                connector.automaticMapping(),
                known.watermark(),
                known.lastRun() == null ? null : LastRun.of(known.lastRun()),
                known.paused(),
                known.state(),
                known.waitingFor(),
                known.mappingRefused(),
                known.paused() == null ? known.nextRun() : null,
                known.lastArchived(),
                known.loginChecked(),
                known.passwordChanged());
    }
}
