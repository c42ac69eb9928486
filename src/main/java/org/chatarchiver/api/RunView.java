package org.chatarchiver.api;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.chatarchiver.ledger.ConnectorPauses.Pause;
import org.chatarchiver.ledger.Decisions;
import org.chatarchiver.ledger.NotServed;
import org.chatarchiver.ledger.Page;
import org.chatarchiver.ledger.Reason;
import org.chatarchiver.ledger.Run;
import org.chatarchiver.ledger.RunReport;

/**
 * The report of a run; of a dry one, what would happen. Always
 * {@code availableForImport = imported + partiallyImported + skipped + failed}.
 *
 * @param from start of the window, inclusive
 * @param to end of the window, exclusive
 * @param pending items without a final outcome yet, in none of the counts
 * @param pagesUnread landed pages that have not been worked through: what is in them is in none of the counts yet
 * @param waiting those of the pending that wait for their next try; {@code GET /api/items?state=waiting} has them one by one
 * @param waitingByReason why they wait
 * @param failedClosed how many of the failed an administrator has closed, so that no more is done for them; null in a list of runs
 * @param decisions which decisions those were, the first of them; null in a list of runs
 * @param reason why it FAILED or is INCOMPLETE; else null
 * @param attempt how often this very window has been asked for, this time included
 * @param accepted when an administrator took an INCOMPLETE run as it is; null if nobody has
 * @param notServed how often a participant got nothing since the address that the source carries could not be used: no failure, and in
 *     none of the counts
 * @param participantsNotServed the first of them; null in a list of runs
 * @param waitingUntil when a poll that waits asks the source again; null where it does not wait
 * @param waitingFor one sentence: what a poll waits for, or why landed pages are not worked on; null where nothing waits
 * @param summary one sentence
 */
public record RunView(
        String id,
        String connector,
        Run.Cause cause,
        boolean dryRun,
        Instant from,
        Instant to,
        Run.State state,
        String summary,
        Instant started,
        Instant landed,
        Instant finished,
        long availableFromSource,
        long availableForImport,
        long imported,
        long partiallyImported,
        Map<Reason, Long> partiallyByReason,
        long skipped,
        long failed,
        Map<Reason, Long> failedByReason,
        Long failedClosed,
        List<ClosedView> decisions,
        long pending,
        long pagesUnread,
        long waiting,
        Map<Reason, Long> waitingByReason,
        Reason reason,
        String detail,
        int attempt,
        Instant accepted,
        String acceptedBy,
        long notServed,
        Map<Reason, Long> notServedByReason,
        List<NotServedView> participantsNotServed,
        Instant waitingUntil,
        String waitingFor,
        List<PageView> pages) {

    /**
     * @param reason in the administrator's words
     * @param failures how many of the run were closed with it
     */
    public record ClosedView(Instant at, String by, String reason, long failures) {
        static ClosedView of(Decisions.Closed closed) {
            Decisions.Decision decision = closed.decision();
            return new ClosedView(decision.at(), decision.by(), decision.why(), closed.failures());
        }
    }

    /** What the report of one run tells beside its counts, the beginnings of long lists. */
    record More(
            List<NotServedView> participants,
            Long failedClosed,
            List<ClosedView> decisions,
            Map<Integer, Instant> removed) {
        static final More NONE = new More(null, null, null, Map.of());
    }

    /**
     * @param participant as the source gave it
     * @param messages in how many of them
     */
    public record NotServedView(String participant, Reason reason, String detail, long messages) {
        static NotServedView of(NotServed.Participant one) {
            return new NotServedView(one.participant(), one.reason(), one.detail(), one.messages());
        }
    }

    /**
     * @param path in the landing zone
     * @param sha256 of the plain bytes
     * @param size plain bytes
     * @param removed when retention removed it from the landing zone; null while it is there, and in a list of runs
     */
    public record PageView(int number, String path, String sha256, long size, long messages, Instant removed) {
        static PageView of(Page page, Map<Integer, Instant> removed) {
            return new PageView(
                    page.number(),
                    page.path(),
                    page.sha256(),
                    page.size(),
                    page.messages(),
                    removed.get(page.number()));
        }
    }

    /**
     * @param hindrance why pages of the connector wait
     * @param pause of the connector
     */
    static RunView of(
            RunReport report,
            Map<Reason, Long> notServed,
            More more,
            Optional<String> hindrance,
            Optional<Pause> pause) {
        Run run = report.run();
        long times = notServed.values().stream().mapToLong(Long::longValue).sum();
        Optional<Run.Wait> waiting = Standstill.wait(run);
        return new RunView(
                run.id(),
                run.connector(),
                run.cause(),
                run.dry(),
                run.from(),
                run.to(),
                run.state(),
                Summary.of(report) + Summary.closed(more.failedClosed()) + Summary.notServed(times),
                run.started(),
                run.landed(),
                run.finished(),
                report.availableFromSource(),
                report.availableForImport(),
                report.imported(),
                report.partiallyImported(),
                new TreeMap<>(report.partiallyByReason()),
                report.skipped(),
                report.failed(),
                new TreeMap<>(report.failedByReason()),
                more.failedClosed(),
                more.decisions(),
                report.pending(),
                report.unread(),
                report.waiting(),
                new TreeMap<>(report.waitingByReason()),
                run.reason(),
                run.detail(),
                run.attempt(),
                run.accepted(),
                run.acceptedBy(),
                times,
                notServed,
                more.participants(),
                waiting.map(Run.Wait::until).orElse(null),
                Standstill.of(run, report.unread() > 0, hindrance, pause).orElse(null),
                report.pages().stream()
                        .map(page -> PageView.of(page, more.removed()))
                        .toList());
    }
}
