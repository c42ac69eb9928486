package org.chatarchiver.collect;

import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.Header;
import org.apache.camel.Headers;
import org.apache.camel.Variable;
import org.chatarchiver.landing.Judged;
import org.chatarchiver.landing.LandingPath;
import org.chatarchiver.landing.Landings;
import org.chatarchiver.landing.Staged;
import org.chatarchiver.landing.Staging;
import org.chatarchiver.ledger.Reason;
import org.chatarchiver.ledger.Run;
import org.chatarchiver.message.Printable;
import org.chatarchiver.telemessage.FeedAnswer;
import org.chatarchiver.telemessage.FeedBody;
import org.chatarchiver.telemessage.FeedException;
import org.chatarchiver.telemessage.FeedRefusedException;
import org.chatarchiver.telemessage.FeedRequest;
import org.chatarchiver.telemessage.FeedUnavailableException;
import org.chatarchiver.telemessage.PageScan;
import org.chatarchiver.telemessage.PageSummary;
import org.chatarchiver.telemessage.TelemessageProperties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Asks the feed for a page and takes its answer to the local disk, proving on the way that it is a whole page. */
@Component("pageFetch")
public class PageFetch {
    private static final Logger LOG = LoggerFactory.getLogger(PageFetch.class);
    private static final int MOST_RESTARTS = 3;

    private final FeedLogins logins;
    private final TelemessageProperties feed;
    private final Staging staging;
    private final Landings landings;
    private final FeedClocks clocks;
    private final Leases leases;
    private final Retention retention;
    private final Clock clock;

    PageFetch(
            FeedLogins logins,
            TelemessageProperties feed,
            Staging staging,
            Landings landings,
            FeedClocks clocks,
            Leases leases,
            Retention retention,
            Clock clock) {
        this.logins = logins;
        this.feed = feed;
        this.staging = staging;
        this.landings = landings;
        this.clocks = clocks;
        this.leases = leases;
        this.retention = retention;
        this.clock = clock;
    }

    /** Puts the request into the headers. */
    public void request(@Variable(CollectVariables.POLL) CollectionState poll, @Headers Map<String, Object> headers)
            throws IOException {
        leases.check(poll.run().id());
        if (poll.cursor() == null || poll.tries() > 0) {
            retention.asks(poll.run());
        }
        FeedLogins.send(request(poll), headers);
    }

    /** Reads the answer to its end and closes it; what was answered with 200 and is no page is landed beside the pages. */
    public Staged<PageSummary> stage(
            @Body InputStream body,
            @Header("CamelHttpResponseCode") int status,
            @Headers Map<String, Object> headers,
            @Variable(CollectVariables.POLL) CollectionState poll)
            throws IOException {
        try {
            FeedAnswer answer = FeedAnswer.ofPage(
                    status,
                    FeedLogins.first(headers, "Retry-After"),
                    FeedLogins.first(headers, "Location"),
                    clock.instant());
            logins.check(answer, poll.connector(), request(poll), headers);
            if (answer instanceof FeedAnswer.CursorExpired) {
                if (poll.cursor() == null || poll.restarts() >= MOST_RESTARTS) {
                    throw new FeedRefusedException(
                            Reason.CURSOR_EXPIRED,
                            "The feed answers 410 again and again for this window: ask TeleMessage about it");
                }
                throw new CursorExpiredException("The feed no longer knows the cursor of page " + poll.page());
            }
            clocks.observe(FeedLogins.first(headers, "Date"));
            if (poll.page() == 1
                    && poll.run().cause() != Run.Cause.BACKFILL
                    && clocks.contradict(poll.windowQueue().skew())) {
                throw new ClockDeviatesException("The feed's clock is not the one by which the window was chosen");
            }
            String path = LandingPath.of(
                            poll.connector().id(),
                            poll.run().started(),
                            poll.run().id())
                    .page(poll.page());
            Judged<PageSummary> judged = judge(
                    path,
                    new PolledBody(
                            FeedLogins.body(body, status), leases, poll.run().id()),
                    FeedLogins.first(headers, "Content-Encoding"));
            if (judged instanceof Judged.Rejected<PageSummary> rejected) {
                throw kept(rejected);
            }
            return ((Judged.Whole<PageSummary>) judged).staged();
        } finally {
            FeedLogins.drop(body);
        }
    }

    private Judged<PageSummary> judge(String path, InputStream body, String encoding) throws IOException {
        InputStream plain;
        try {
            plain = FeedBody.inflate(body, encoding, feed.page());
        } catch (FeedRefusedException e) {
            // An encoding that nobody asked for: kept as it came.
            return staging.judge(path, FeedBody.inflate(body, null, feed.page()), unread -> {
                throw e;
            });
        }
        return staging.judge(path, plain, PageScan::scan);
    }

    /** Lands what came instead of a page; where that fails, the feed's failure is still the one that counts. */
    private IOException kept(Judged.Rejected<PageSummary> rejected) {
        IOException why = rejected.why();
        if (rejected.bytes() == null) {
            return why;
        }
        try (Staged<Void> bytes = rejected.bytes()) {
            if (why instanceof FeedException broken && broken.reason() == Reason.RUN_INTERRUPTED) {
                // Broken off from here: nothing was wrong with it, and whoever goes on asks for it again.
                return why;
            }
            String path = landings.land(bytes).path();
            LOG.warn(
                    "What the feed gave for a page is none, and is kept as {}: {}",
                    path,
                    Printable.of(why.getMessage()));
            return why instanceof FeedException known
                    ? known.kept(path)
                    : new FeedUnavailableException(
                                    PollFailures.reason(why), null, String.valueOf(why.getMessage()), why)
                            .kept(path);
        } catch (IOException e) {
            LOG.warn("What the feed gave for a page is none, and cannot be kept: {}", Printable.of(e.getMessage()));
            return why;
        }
    }

    private FeedRequest request(CollectionState poll) throws IOException {
        return FeedRequest.messages(
                feed.feed(),
                logins.of(poll.connector()),
                poll.connector().network(),
                poll.window(),
                feed.pageLimit(),
                poll.cursor());
    }
}
