package org.chatarchiver.collect;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Variable;
import org.chatarchiver.ledger.Polls;
import org.chatarchiver.message.Printable;
import org.chatarchiver.telemessage.FeedRefusedException;
import org.chatarchiver.telemessage.FeedUnavailableException;
import org.chatarchiver.telemessage.TelemessageProperties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Waits between two tries of a page: for as long as the feed asks, else longer from try to try, with jitter. Not left to Camel's
 * redelivery, which tells nobody that it waits and can be woken only by a stop of the whole archiver.
 */
@Component("pollRetries")
public class PollRetries {
    private static final Logger LOG = LoggerFactory.getLogger(PollRetries.class);
    private static final double JITTER = 0.15;

    /** Who reads the log would take a run that says nothing for so long for one that hangs. */
    private static final Duration LONG = Duration.ofMinutes(2);

    private final TelemessageProperties.Retry settings;
    private final Leases leases;
    private final Polls polls;
    private final CollectMeters meters;
    private final Clock clock;

    PollRetries(TelemessageProperties feed, Leases leases, Polls polls, CollectMeters meters, Clock clock) {
        this.settings = feed.retry();
        this.leases = leases;
        this.polls = polls;
        this.meters = meters;
        this.clock = clock;
    }

    /**
     * Sits the pause out.
     *
     * @return the poll with another try of its page; null where that makes no sense, or where the run was told to stop meanwhile
     */
    public CollectionState again(
            @Variable(CollectVariables.POLL) CollectionState poll,
            @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception error)
            throws InterruptedException {
        Optional<IOException> trouble = passing(error);
        if (trouble.isEmpty() || poll.tries() >= settings.retries()) {
            return null;
        }
        String run = poll.run().id();
        Duration pause = pause(trouble.get(), poll.tries());
        Instant until = clock.instant().plus(pause);
        String what = "The feed is asked for page " + poll.page() + " again, after: "
                + Printable.of(trouble.get().getMessage());
        polls.waits(run, until, what);
        meters.again(poll.connector().id(), PollFailures.reason(trouble.get()), isAsked(trouble.get()));
        if (pause.compareTo(LONG) > 0) {
            LOG.info(
                    "Run {} of {} waits until {}. {}",
                    run,
                    poll.connector().id(),
                    until.truncatedTo(ChronoUnit.SECONDS),
                    what);
        }
        boolean waited = leases.sit(run, pause);
        polls.waits(run, null, null);
        return waited ? poll.triedAgain() : null;
    }

    /** What may pass, however deep Camel has wrapped it. */
    private static Optional<IOException> passing(Exception error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof FeedRefusedException) {
                return Optional.empty();
            }
            if (cause instanceof IOException trouble) {
                return Optional.of(trouble);
            }
        }
        return Optional.empty();
    }

    private static boolean isAsked(IOException error) {
        return error instanceof FeedUnavailableException feed
                && feed.retryAfter().isPresent();
    }

    private Duration pause(IOException error, int tries) {
        if (isAsked(error)) {
            return ((FeedUnavailableException) error).retryAfter().orElseThrow();
        }
        double grown = settings.initial().toMillis() * Math.pow(2, Math.min(tries, 62));
        double most = Math.min(grown, settings.max().toMillis());
        return Duration.ofMillis(
                Math.round(most * (1 + ThreadLocalRandom.current().nextDouble(-JITTER, JITTER))));
    }
}
