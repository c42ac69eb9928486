package org.chatarchiver.ledger;

import java.util.List;
import java.util.Map;

/**
 * The counts of a run (product.md 12), kept with the ledger's rows, so that always
 * {@code availableForImport = imported + partiallyImported + skipped + failed}.
 *
 * @param availableFromSource the source's own count, or the distinct captures where it gives none
 * @param arrived distinct captures: message ids, each as often as there are owners whose devices captured it
 * @param pending items without a final outcome yet: counted nowhere else
 * @param partiallyByReason reasons that occurred; a dry run tells none
 * @param unread landed pages that have not been worked through once
 * @param waiting those of the pending that wait for their next try
 * @param waitingByReason why they wait; some have no reason but that they were asked for again
 * @param failedByReason reasons that occurred
 */
public record RunReport(
        Run run,
        long availableFromSource,
        long arrived,
        long imported,
        long partiallyImported,
        Map<Reason, Long> partiallyByReason,
        long skipped,
        Map<Reason, Long> failedByReason,
        long pending,
        long unread,
        long waiting,
        Map<Reason, Long> waitingByReason,
        List<Page> pages) {

    public long failed() {
        return failedByReason.values().stream().mapToLong(Long::longValue).sum();
    }

    public long availableForImport() {
        return imported + partiallyImported + skipped + failed();
    }

    /** Whether everything that the source has said it has arrived. */
    boolean complete() {
        return run.totalCount() == null || run.totalCount() == arrived;
    }
}
