package org.chatarchiver.collect;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.camel.ProducerTemplate;
import org.chatarchiver.alert.Alarms;
import org.chatarchiver.connector.Connector;
import org.chatarchiver.connector.Connectors;
import org.chatarchiver.connector.Problem;
import org.chatarchiver.landing.Landings;
import org.chatarchiver.ledger.AskedWindows;
import org.chatarchiver.ledger.ConnectorPauses;
import org.chatarchiver.ledger.FailedWindows;
import org.chatarchiver.ledger.Polls;
import org.chatarchiver.ledger.Reason;
import org.chatarchiver.ledger.RunLeases;
import org.chatarchiver.ledger.RunReports;
import org.chatarchiver.ledger.Runs;
import org.chatarchiver.ledger.Watermarks;
import org.chatarchiver.security.DataDirectory;
import org.chatarchiver.security.Secrets;
import org.chatarchiver.telemessage.ChunkProperties;
import org.chatarchiver.telemessage.FeedUnavailableException;
import org.chatarchiver.telemessage.PageReader;
import org.chatarchiver.telemessage.TelemessageProperties;
import org.springframework.util.unit.DataSize;

/** Connectors without files, and runs that open in the ledger but poll nothing. */
public final class CollectingFixture {
    private CollectingFixture() {}

    public static void put(Connectors connectors, List<Problem> problems, Connector... all) {
        connectors.replace(Arrays.stream(all).collect(Collectors.toMap(Connector::id, Function.identity())), problems);
    }

    public static Leases leases(RunLeases leases) {
        return new Leases(leases);
    }

    /** With passwords in a directory of its own, where there are none. */
    public static FeedLogins logins(DataDirectory data, Clock clock) {
        return new FeedLogins(new Secrets(data), data, clock);
    }

    /** @param routes where {@code direct:collect-run} is sent to */
    public static RunStarts starts(
            Connectors connectors,
            Runs runs,
            ConnectorPauses pauses,
            Watermarks watermarks,
            AskedWindows asked,
            Leases leases,
            ProducerTemplate routes,
            Clock clock) {
        return new RunStarts(
                connectors,
                runs,
                pauses,
                watermarks,
                dueWindows(watermarks, asked, clock),
                new RunOpenings(leases, watermarks),
                leases,
                handover(leases, routes),
                clock);
    }

    static PollHandover handover(Leases leases, ProducerTemplate routes) {
        return new PollHandover(leases, routes, routes.getCamelContext());
    }

    public static ConnectorWishes connectorWishes(
            Connectors connectors,
            ConnectorPauses pauses,
            Watermarks watermarks,
            AskedWindows asked,
            Leases leases,
            RunStarts starts,
            ProducerTemplate routes,
            Clock clock) {
        return new ConnectorWishes(
                pauses,
                watermarks,
                dueWindows(watermarks, asked, clock),
                leases,
                new MissedSchedules(connectors, watermarks, pauses, starts, handover(leases, routes), clock));
    }

    public static RunWishes wishes(
            Runs runs,
            RunReports reports,
            Polls polls,
            Watermarks watermarks,
            AskedWindows asked,
            Leases leases,
            Clock clock) {
        return new RunWishes(runs, reports, polls, dueWindows(watermarks, asked, clock), leases);
    }

    static DueWindows dueWindows(Watermarks watermarks, AskedWindows asked, Clock clock) {
        FeedClocks clocks = new FeedClocks(feed(), clock, new SimpleMeterRegistry(), new Alarms());
        return new DueWindows(watermarks, asked, clocks, feed());
    }

    /** Attachments in a landing zone, of runs that nobody tells to stop. */
    public static PageAttachments pageAttachments(Landings landings, PageReader reader, RunLeases leases) {
        return new PageAttachments(
                landings, reader, new ChunkProperties(1_000, DataSize.ofMegabytes(4)), feed(), new Leases(leases));
    }

    public static FeedPauses feedPauses(Clock clock) {
        return new FeedPauses(feed(), clock);
    }

    /** As if the feed had answered the request for an attachment so. */
    public static void pause(FeedPauses pauses, AttachmentRef ref, Duration pause) {
        pauses.heed(ref, new FeedUnavailableException(Reason.SOURCE_UNAVAILABLE, pause, "Later.", null));
    }

    static TelemessageProperties feed() {
        return new TelemessageProperties(
                "https://archive.example.invalid",
                1000,
                Duration.ofMinutes(5),
                Duration.ofHours(1),
                Duration.ofDays(7),
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                Duration.ofMinutes(30),
                DataSize.ofGigabytes(4),
                DataSize.ofGigabytes(2),
                10_000,
                100,
                DataSize.ofKilobytes(64),
                DataSize.ofMegabytes(64),
                new TelemessageProperties.Retry(
                        Duration.ofSeconds(1), Duration.ofSeconds(1), 0, Duration.ofMinutes(5)));
    }

    /** @param routes where {@code direct:collect-run} is sent to */
    public static AskingAgain askingAgain(
            Connectors connectors,
            Runs runs,
            Watermarks watermarks,
            FailedWindows failed,
            AskedWindows asked,
            RunLeases leases,
            ProducerTemplate routes,
            Clock clock) {
        Leases held = new Leases(leases);
        return new AskingAgain(
                connectors,
                failed,
                runs,
                new RunOpenings(held, watermarks),
                dueWindows(watermarks, asked, clock),
                handover(held, routes));
    }
}
