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
 * @param itemsKnown that come out of what has landed, and while it polls, of what the source has announced for the window, at least: of
 *     what is not read yet, one for each message
 * @param announced messages that the source says the window has; null where it has not said so, and once all has landed
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
        Long announced,
        Double itemsPerSecond,
        Long secondsLeft,
        long waiting,
        Map<Reason, Long> waitingByReason,
        Instant waitingUntil,
        String waitingFor) {

    /** @param announced 0 where that is not known */
    static ProgressView of(Progress progress, long announced, Double rate, String waitingFor) {
        Run run = progress.run();
        boolean polls = Standstill.polls(run);
        long toLand = polls ? Math.max(0, announced - progress.messages()) : 0;
        long known = progress.itemsKnown() + toLand;
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
                polls,
                progress.pagesLanded(),
                progress.pagesDone(),
                progress.itemsDone(),
                known,
                polls && announced > 0 ? (Long) announced : null,
                perSecond,
                secondsLeft(known - progress.itemsDone(), perSecond),
                progress.itemsWaiting(),
                new TreeMap<>(progress.waitingByReason()),
                Standstill.wait(run).map(Run.Wait::until).orElse(null),
                running ? waitingFor : null);
    }

    private static Long secondsLeft(long left, Double rate) {
        return rate == null || rate == 0 || left <= 0 ? null : (Long) Math.round(Math.ceil(left / rate));
    }
}
