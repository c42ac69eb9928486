package org.chatarchiver.collect;

import java.net.SocketTimeoutException;
import java.security.cert.CertificateException;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Variable;
import org.chatarchiver.landing.LandingException;
import org.chatarchiver.ledger.Failure;
import org.chatarchiver.ledger.Reason;
import org.chatarchiver.ledger.Run;
import org.chatarchiver.message.Printable;
import org.chatarchiver.telemessage.FeedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Turns the error that ended a poll into an entry of the source channel. */
@Component("pollFailures")
public class PollFailures {
    private static final Logger LOG = LoggerFactory.getLogger(PollFailures.class);

    private final Leases leases;

    PollFailures(Leases leases) {
        this.leases = leases;
    }

    /**
     * Ends the poll; the run ends when its failure has been entered, and if that fails too, it is taken up again when its lease lapses.
     *
     * @param error what was thrown; {@code @ExchangeException} would give its root cause instead, such as a parser's complaint that
     *     quotes the page
     */
    public Failure end(
            @Variable(CollectVariables.POLL) CollectionState poll,
            @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception error,
            Exchange exchange) {
        // Whatever went wrong is nobody's failure then.
        Optional<String> told = toldToEnd(poll.run().id(), exchange);
        if (told.isPresent()) {
            LOG.info("Run {} breaks off: {}", poll.run().id(), told.get());
            return Failure.ofPoll(
                    poll.connector().id(), poll.run().id(), Reason.RUN_INTERRUPTED, "The poll was told to stop");
        }
        Reason reason = reason(error);
        String sentence = sentence(reason, error);
        if (reason == Reason.INTERNAL_ERROR) {
            LOG.error("Run {} failed unexpectedly", poll.run().id(), error);
        }
        leases.leave(poll.run().id());
        String kept = error instanceof FeedException known ? known.kept() : "";
        return Failure.ofPoll(
                        poll.connector().id(), poll.run().id(), reason, sentence + kept(kept) + left(poll, reason))
                .at(kept);
    }

    private Optional<String> toldToEnd(String run, Exchange exchange) {
        if (exchange.getContext().isStopping()) {
            return Optional.of("the archiver stops, and it goes on after the next start");
        }
        if (leases.givesWay(run)) {
            return Optional.of("its connector is paused, and it goes on when that is resumed");
        }
        return leases.keeps(run)
                ? Optional.empty()
                : Optional.of("it was cancelled, or another archiver goes on with it");
    }

    private static String kept(String path) {
        return path.isEmpty() ? "" : "; what came is kept as " + path;
    }

    /** What nothing will ask for by itself: the schedule takes up its own windows again. */
    private static String left(CollectionState poll, Reason reason) {
        WindowQueue windowQueue = poll.windowQueue();
        boolean dropped = poll.run().cause() == Run.Cause.BACKFILL
                && !windowQueue.isEmpty()
                && windowQueue.failed(reason, poll.run().cause()).isEmpty();
        return dropped
                ? ". The back-fill ends here: requeue this entry, or ask for ["
                        + poll.run().to() + ", " + windowQueue.end() + ") again"
                : "";
    }

    /** The failure in one list; none for a dry run, which enters nothing into the channels: its report says why it failed. */
    public List<List<Failure>> entries(@Body Failure failure, @Variable(CollectVariables.POLL) CollectionState poll) {
        boolean entered = !poll.run().dry() && failure.reason() != Reason.RUN_INTERRUPTED;
        return entered ? List.of(List.of(failure)) : List.of();
    }

    /** Not even the failure could be noted, such as when the ledger is out of reach: the run is taken up again when its lease has lapsed. */
    public CollectionState abandon(
            @Variable(CollectVariables.POLL) CollectionState poll,
            @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception error) {
        LOG.error("Run {} breaks off, and is taken up again", poll.run().id(), error);
        leases.leave(poll.run().id());
        return poll.ended();
    }

    private static String sentence(Reason reason, Exception error) {
        if (reason == Reason.INTERNAL_ERROR) {
            return "The archiver itself failed (" + error.getClass().getSimpleName() + "); see its log";
        }
        if (reason == Reason.SOURCE_UNTRUSTED) {
            // The cure first: only so much of it is kept, and Java's own words are long.
            return Printable.of("The feed's certificate is refused: check the host of archiver.telemessage.base-url,"
                    + " or have Java trust who issued it (" + error.getMessage() + ")");
        }
        return Printable.of(String.valueOf(error.getMessage()));
    }

    /** Whether the feed could not prove who it is: an untrusted, expired or foreign certificate, not a handshake that broke off. */
    private static boolean untrusted(Exception error) {
        if (error instanceof SSLPeerUnverifiedException) {
            return true;
        }
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateException) {
                return error instanceof SSLException;
            }
        }
        return false;
    }

    static Reason reason(Exception error) {
        if (error instanceof FeedException known) {
            return known.reason();
        }
        if (error instanceof LandingException) {
            return Reason.LANDING_FAILED;
        }
        if (untrusted(error)) {
            return Reason.SOURCE_UNTRUSTED;
        }
        if (error instanceof SocketTimeoutException) {
            return Reason.SOURCE_STALLED;
        }
        return error instanceof java.io.IOException ? Reason.SOURCE_UNAVAILABLE : Reason.INTERNAL_ERROR;
    }
}
