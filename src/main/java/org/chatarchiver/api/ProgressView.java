package org.chatarchiver.api;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.chatarchiver.ledger.Reason;
import org.chatarchiver.ledger.Run;
import org.chatarchiver.ledger.RunProgress.Progress;

/**
 * How far a run is.
 *
 * @param polling whether the source is still asked: more pages may come
 * @param pagesLanded so far
 * @param pagesDone that have been worked through
 * @param itemsDone with a final outcome, failed ones included
 * @param itemsKnown that come out of what has landed, at least: of what is not read yet, one for each message
 * @param itemsPerSecond of late; null where it is not known yet, and where the run has ended
 * @param secondsLeft for what is known, at that rate; null where that is not known, and where nothing is left
 * @param waiting items that wait for their next try
 * @param waitingByReason why they wait
 * @param waitingUntil when a poll that waits asks the source again; null where it does not wait
 * @param waitingFor one sentence: why it stands still; null where nothing is known to hold it
 */
public record ProgressView(
        String run,
        String connector,
        Run.State state,
        boolean dryRun,
        Instant from,
        Instant to,
        Instant started,
        boolean polling,
        int pagesLanded,
        int pagesDone,
        long itemsDone,
        long itemsKnown,
        Double itemsPerSecond,
        Long secondsLeft,
        long waiting,
        Map<Reason, Long> waitingByReason,
        Instant waitingUntil,
        String waitingFor) {

    static ProgressView of(Progress progress, Double rate, String waitingFor) {
        Run run = progress.run();
        boolean running = run.state() == Run.State.RUNNING;
        Double perSecond = running ? rate : null;
        return new ProgressView(
                run.id(),
                run.connector(),
                run.state(),
                run.dry(),
                run.from(),
                run.to(),
                run.started(),
                Standstill.polls(run),
                progress.pagesLanded(),
                progress.pagesDone(),
                progress.itemsDone(),
                progress.itemsKnown(),
                perSecond,
                secondsLeft(progress, perSecond),
                progress.itemsWaiting(),
                new TreeMap<>(progress.waitingByReason()),
                Standstill.wait(run).map(Run.Wait::until).orElse(null),
                running ? waitingFor : null);
    }

    private static Long secondsLeft(Progress progress, Double rate) {
        long left = progress.itemsKnown() - progress.itemsDone();
        return rate == null || rate == 0 || left <= 0 ? null : (Long) Math.round(Math.ceil(left / rate));
    }
}
