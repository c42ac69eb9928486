package org.chatarchiver.api;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.chatarchiver.api.RunView.ClosedView;
import org.chatarchiver.api.RunView.NotServedView;
import org.chatarchiver.archive.Hindrances;
import org.chatarchiver.ledger.ConnectorPauses;
import org.chatarchiver.ledger.ConnectorPauses.Pause;
import org.chatarchiver.ledger.Decisions;
import org.chatarchiver.ledger.NotServed;
import org.chatarchiver.ledger.Reason;
import org.chatarchiver.ledger.Removals;
import org.chatarchiver.ledger.RunReport;
import org.chatarchiver.ledger.RunReports;
import org.chatarchiver.ledger.Runs;
import org.springframework.stereotype.Component;

/** Puts together what is told of runs. */
@Component
public class RunViews {
    private static final int LISTED = 100;

    private final Runs runs;
    private final RunReports reports;
    private final NotServed notServed;
    private final Decisions decisions;
    private final Removals removals;
    private final Hindrances hindrances;
    private final ConnectorPauses pauses;

    RunViews(
            Runs runs,
            RunReports reports,
            NotServed notServed,
            Decisions decisions,
            Removals removals,
            Hindrances hindrances,
            ConnectorPauses pauses) {
        this.runs = runs;
        this.reports = reports;
        this.notServed = notServed;
        this.decisions = decisions;
        this.removals = removals;
        this.hindrances = hindrances;
        this.pauses = pauses;
    }

    /** With the beginnings of what is told one by one. */
    public Optional<RunView> of(String run) {
        return reports.of(run).map(this::of);
    }

    RunView of(RunReport report) {
        String run = report.run().id();
        return RunView.of(
                report,
                notServed.counts(List.of(run)).getOrDefault(run, Map.of()),
                new RunView.More(
                        notServed.list(run, LISTED, null).stream()
                                .map(NotServedView::of)
                                .toList(),
                        decisions.number(run),
                        decisions.summed(run, LISTED).stream()
                                .map(ClosedView::of)
                                .toList(),
                        removals.of(run)),
                hindrances.of(report.run().connector()),
                pauses.of(report.run().connector()));
    }

    /** Of a connector, newest first; those older than {@code after}, an id, if it is not empty. */
    public List<RunView> list(String connector, int limit, String after) {
        List<RunReport> rows = reports.of(runs.list(connector, limit, after));
        Map<String, Map<Reason, Long>> counts =
                notServed.counts(rows.stream().map(report -> report.run().id()).toList());
        Optional<String> hindrance = hindrances.of(connector);
        Optional<Pause> pause = pauses.of(connector);
        return rows.stream()
                .map(report -> RunView.of(
                        report, counts.getOrDefault(report.run().id(), Map.of()), RunView.More.NONE, hindrance, pause))
                .toList();
    }
}
