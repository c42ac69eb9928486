package org.chatarchiver.collect;

import java.util.Optional;
import org.chatarchiver.ledger.Acceptance;
import org.chatarchiver.ledger.Polls;
import org.chatarchiver.ledger.Run;
import org.chatarchiver.ledger.RunReports;
import org.chatarchiver.ledger.Runs;
import org.chatarchiver.message.Printable;
import org.chatarchiver.observation.WorkFields;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** What administrators wish for runs that are there already. */
@Component
public class RunWishes {
    private static final Logger LOG = LoggerFactory.getLogger(RunWishes.class);

    private final Runs runs;
    private final RunReports reports;
    private final Polls polls;
    private final DueWindows due;
    private final Leases leases;

    RunWishes(Runs runs, RunReports reports, Polls polls, DueWindows due, Leases leases) {
        this.runs = runs;
        this.reports = reports;
        this.polls = polls;
        this.due = due;
        this.leases = leases;
    }

    /**
     * Takes the window of an INCOMPLETE run as it is.
     *
     * @param why for the audit log; empty where it is not said
     */
    public Acceptance accept(String run, String administrator, String why) {
        return reports.accept(run, administrator, why, due.kept());
    }

    /**
     * Ends a run that polls, wherever it does; what it has landed is archived all the same.
     *
     * @param why for the audit log; empty where it is not said
     */
    public Cancellation cancel(String id, String administrator, String why) {
        Optional<Run> run = runs.find(id);
        if (run.isEmpty()) {
            return new Cancellation.UnknownRun();
        }
        if (!polls.cancel(id, administrator, why)) {
            Run ended = runs.find(id).orElseThrow();
            return new Cancellation.Refused(
                    ended.state() == Run.State.RUNNING
                            ? "Everything of the run has landed and is being delivered; only a poll can be cancelled"
                            : "The run is " + ended.state() + "; only one that polls can be cancelled");
        }
        WorkFields.within(
                run.get().connector(),
                id,
                () -> LOG.info("Run {} is cancelled by {}", id, Printable.of(administrator)));
        leases.stop(id);
        return new Cancellation.Done(reports.of(id).orElseThrow());
    }
}
