package org.chatarchiver.collect;

import java.util.List;
import org.chatarchiver.connector.Connector;
import org.chatarchiver.connector.Connectors;
import org.chatarchiver.ledger.FailedWindows;
import org.chatarchiver.ledger.Run;
import org.chatarchiver.ledger.Runs;
import org.chatarchiver.telemessage.Window;
import org.springframework.stereotype.Component;

/**
 * Asks for the windows of failed polls whose entries were requeued, each once. What is still to be asked for stands in the ledger: while
 * another run of the connector polls, and over a restart, it waits there.
 */
@Component("askingAgain")
public class AskingAgain {
    private final Connectors connectors;
    private final FailedWindows failed;
    private final Runs runs;
    private final RunOpenings openings;
    private final DueWindows due;
    private final PollHandover handover;

    AskingAgain(
            Connectors connectors,
            FailedWindows failed,
            Runs runs,
            RunOpenings openings,
            DueWindows due,
            PollHandover handover) {
        this.connectors = connectors;
        this.failed = failed;
        this.runs = runs;
        this.openings = openings;
        this.due = due;
        this.handover = handover;
    }

    /** Starts what can be started now; the rest is for the next call. */
    public void ask() {
        connectors.all().forEach(this::ask);
    }

    /**
     * What a requeue cannot bring back.
     *
     * @param entries whose window begins before what the source keeps
     * @param givenUp those of them that are not asked for again, since what was left of them has landed
     */
    public record Expired(int entries, int givenUp) {}

    /** @param ids of open entries of the source channel; empty for all */
    public Expired expired(List<Long> ids) {
        return new Expired(failed.expired(ids, due.kept(), false), failed.expired(ids, due.kept(), true));
    }

    private void ask(Connector connector) {
        List<PendingWindow> wanted = failed.requeued(connector.id(), due.kept()).stream()
                .flatMap(window -> wanted(window).stream())
                .distinct()
                .toList();
        if (!wanted.isEmpty()) {
            WindowQueue windowQueue = new WindowQueue(wanted, null, 0);
            runs.open(windowQueue.first().opening(connector, false))
                    .map(run -> openings.opened(connector, run, windowQueue.rest()))
                    .ifPresent(handover::begin);
        }
    }

    /** A window of the schedule is asked for as by hand, so that the watermark may move on. */
    private static List<PendingWindow> wanted(FailedWindows.Requeued window) {
        return window.backfill()
                ? DueWindows.backfill(window.from(), window.wishTo())
                : List.of(new PendingWindow(new Window(window.from(), window.to()), Run.Cause.MANUAL, null));
    }
}
