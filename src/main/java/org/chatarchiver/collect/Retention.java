package org.chatarchiver.collect;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.chatarchiver.channel.ErrorChannelRecorder;
import org.chatarchiver.ledger.FailedWindows;
import org.chatarchiver.ledger.Failure;
import org.chatarchiver.ledger.Polls;
import org.chatarchiver.ledger.Reason;
import org.chatarchiver.ledger.Run;
import org.chatarchiver.ledger.Runs;
import org.chatarchiver.ledger.Watermarks;
import org.chatarchiver.telemessage.TelemessageProperties;
import org.springframework.stereotype.Component;

/**
 * Holds what runs ask for against how long the source keeps it. What it still has is landed; what it has dropped cannot be told from what
 * never was, so that such a run is never COMPLETE, and has an entry in the source channel until somebody accepts it.
 */
@Component
public class Retention {
    /** Between choosing a window and asking for it. */
    private static final Duration MOMENT = Duration.ofMinutes(1);

    private final DueWindows due;
    private final Watermarks watermarks;
    private final Runs runs;
    private final Polls polls;
    private final FailedWindows failed;
    private final TelemessageProperties feed;
    private final ErrorChannelRecorder channels;
    private final Clock clock;

    Retention(
            DueWindows due,
            Watermarks watermarks,
            Runs runs,
            Polls polls,
            FailedWindows failed,
            TelemessageProperties feed,
            ErrorChannelRecorder channels,
            Clock clock) {
        this.due = due;
        this.watermarks = watermarks;
        this.runs = runs;
        this.polls = polls;
        this.failed = failed;
        this.feed = feed;
        this.channels = channels;
        this.clock = clock;
    }

    /** The run asks for its window, or for the rest of it after a pause: what the source has dropped by now is gone. */
    public void asks(Run run) {
        Instant now = clock.instant();
        if (isPast(run, now)) {
            polls.expired(run.id(), sentence(run, now));
        }
    }

    /**
     * Whether the source had all of the window when it was asked for it, by its clock, which only its answers tell; if not, that is noted,
     * and entered unless the run is dry.
     */
    boolean keeps(Run run) {
        Run known = runs.find(run.id()).orElseThrow();
        boolean noted = known.reason() == Reason.SOURCE_EXPIRED;
        if (!noted && !isPast(run, run.started())) {
            return true;
        }
        String sentence = noted ? known.detail() : sentence(run, run.started());
        if (polls.expired(run.id(), sentence) && !run.dry() && !failed.expired(run, sentence)) {
            channels.enter(List.of(Failure.ofPoll(run.connector(), run.id(), Reason.SOURCE_EXPIRED, sentence)));
        }
        return false;
    }

    private boolean isPast(Run run, Instant asked) {
        return missing(run).isBefore(due.kept(asked).minus(MOMENT));
    }

    /** Since when the window has not landed yet: the overlap in front of the watermark has. */
    private Instant missing(Run run) {
        return run.cause() == Run.Cause.BACKFILL
                ? run.from()
                : watermarks
                        .of(run.connector())
                        .filter(mark -> mark.isAfter(run.from()))
                        .orElse(run.from());
    }

    private String sentence(Run run, Instant asked) {
        return "The source was asked for [" + run.from() + ", " + run.to() + ") and keeps messages for "
                + words(feed.retention()) + " (archiver.telemessage.retention): what it received before "
                + due.kept(asked).truncatedTo(ChronoUnit.SECONDS)
                + " cannot be had any more; what it still had of the window has landed. Accept that with POST /api/runs/"
                + run.id()
                + "/accept once the run is INCOMPLETE; if the source keeps more, correct the setting and requeue.";
    }

    static String words(Duration time) {
        if (time.equals(Duration.ofDays(time.toDays()))) {
            return time.toDays() + " days";
        }
        return time.equals(Duration.ofHours(time.toHours()))
                ? time.toHours() + " hours"
                : time.toMinutes() + " minutes";
    }
}
