package org.chatarchiver.collect;

import java.util.Optional;
import org.apache.camel.Body;
import org.apache.camel.Variable;
import org.chatarchiver.ledger.Failure;
import org.chatarchiver.ledger.Reason;
import org.chatarchiver.ledger.Run;
import org.chatarchiver.ledger.RunReports;
import org.chatarchiver.ledger.Runs;
import org.springframework.stereotype.Component;

/** Turns the pages of a poll, and ends it: on to the next window, if there is one. */
@Component("completing")
public class Completing {
    private final Runs runs;
    private final RunReports reports;
    private final RunOpenings openings;
    private final Leases leases;
    private final Retention retention;

    Completing(Runs runs, RunReports reports, RunOpenings openings, Leases leases, Retention retention) {
        this.runs = runs;
        this.reports = reports;
        this.openings = openings;
        this.leases = leases;
        this.retention = retention;
    }

    /** On to the next page; closed where that was the last one of the window. */
    public CollectionState turn(@Variable(CollectVariables.FETCHED) CollectionState poll) {
        return poll.turned();
    }

    /** Whether the window has landed to its last page. */
    public boolean landed(@Body CollectionState poll) {
        return !poll.open();
    }

    /** What the source no longer had when it was asked is noted, and entered into the channel source, before the run ends. */
    public LandedWindow holdAgainstRetention(@Body CollectionState poll) {
        return new LandedWindow(poll, retention.keeps(poll.run()), Optional.empty());
    }

    /** Ends the run and opens that of the next window, if there is one, in one transaction: no other slips in between. */
    public LandedWindow endRun(@Body LandedWindow window) {
        CollectionState poll = window.poll();
        Run run = poll.run();
        WindowQueue windowQueue = poll.windowQueue().landed();
        leases.leave(run.id());
        if (windowQueue.isEmpty()) {
            runs.landed(run.id(), poll.totalCount());
            return window;
        }
        return window.before(runs.landed(run.id(), poll.totalCount(), RunOpenings.opening(poll, windowQueue)));
    }

    /** Whether all that the source had in the window has landed. */
    public boolean complete(@Body LandedWindow window) {
        return window.kept() && window.poll().whole();
    }

    /** Where runs of this kind move it. */
    public void moveWatermark(@Body LandedWindow window) {
        reports.reach(window.poll().run());
    }

    /** The next window's first page in a run of its own, or the end. */
    public CollectionState next(@Body LandedWindow window) {
        CollectionState poll = window.poll();
        return window.next()
                .map(opened -> openings.opened(
                        poll.connector(), opened, poll.windowQueue().landed().rest()))
                .orElseGet(poll::ended);
    }

    /** The poll has ended by an error: the run ends FAILED, and the windows behind it are asked for if that makes sense. */
    public CollectionState ended(@Body Failure failure, @Variable(CollectVariables.POLL) CollectionState poll) {
        Run run = poll.run();
        if (failure.reason() == Reason.RUN_INTERRUPTED) {
            leases.giveUp(run.id());
            return poll.ended();
        }
        WindowQueue windowQueue = poll.windowQueue().failed(failure.reason(), run.cause());
        leases.leave(run.id());
        if (windowQueue.isEmpty()) {
            runs.failed(run.id(), failure.reason(), failure.detail());
            return poll.ended();
        }
        return runs.failed(run.id(), failure.reason(), failure.detail(), RunOpenings.opening(poll, windowQueue))
                .map(opened -> openings.opened(poll.connector(), opened, windowQueue.rest()))
                .orElseGet(poll::ended);
    }
}
