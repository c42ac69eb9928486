package org.chatarchiver.routing;

import java.io.IOException;
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
    private final Manifests manifests;
    private final Retention retention;

    Completing(
            Runs runs,
            RunReports reports,
            RunOpenings openings,
            Leases leases,
            Manifests manifests,
            Retention retention) {
        this.runs = runs;
        this.reports = reports;
        this.openings = openings;
        this.leases = leases;
        this.manifests = manifests;
        this.retention = retention;
    }

    /** The next page, or the next window's first page in a run of its own, or the end. */
    public Poll next(@Variable(Variables.POLL) Poll poll) throws IOException {
        Poll turned = poll.turned();
        return turned.open() ? turned : landed(turned);
    }

    /** The window has landed to its last page. */
    Poll landed(Poll turned) throws IOException {
        manifests.land(turned);
        Run run = turned.run();
        boolean kept = retention.keeps(run);
        Agenda agenda = turned.agenda().landed();
        leases.leave(run.id());
        Optional<Run> next = Optional.empty();
        if (agenda.isEmpty()) {
            runs.landed(run.id(), turned.totalCount());
        } else {
            next = runs.landed(run.id(), turned.totalCount(), RunOpenings.opening(turned, agenda));
        }
        if (turned.whole() && kept) {
            reports.reach(run);
        }
        return next.map(opened -> openings.opened(turned.connector(), opened, agenda.rest()))
                .orElseGet(turned::ended);
    }

    /** The poll has ended by an error: the run ends FAILED, and the windows behind it are asked for if that makes sense. */
    public Poll ended(@Body Failure failure, @Variable(Variables.POLL) Poll poll) {
        Run run = poll.run();
        if (failure.reason() == Reason.RUN_INTERRUPTED) {
            leases.giveUp(run.id());
            return poll.ended();
        }
        Agenda agenda = poll.agenda().failed(failure.reason(), run.cause());
        leases.leave(run.id());
        if (agenda.isEmpty()) {
            runs.failed(run.id(), failure.reason(), failure.detail());
            return poll.ended();
        }
        return runs.failed(run.id(), failure.reason(), failure.detail(), RunOpenings.opening(poll, agenda))
                .map(opened -> openings.opened(poll.connector(), opened, agenda.rest()))
                .orElseGet(poll::ended);
    }
}
