package org.chatarchiver.collect;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.chatarchiver.alert.Alarms;
import org.chatarchiver.alert.AlertCause;
import org.chatarchiver.connector.Connector;
import org.chatarchiver.connector.Connectors;
import org.chatarchiver.ledger.ConnectorPauses;
import org.chatarchiver.ledger.ConnectorPauses.Pause;
import org.chatarchiver.ledger.FailedWindows;
import org.chatarchiver.telemessage.TelemessageProperties;
import org.springframework.stereotype.Component;

/** Has it alerted, well before, that the source is about to drop what was not collected for a paused connector. */
@Component("pauseWatch")
public class PauseWatch {
    /** A weekend, at most. */
    private static final Duration LONGEST_NOTICE = Duration.ofDays(2);

    private final Connectors connectors;
    private final ConnectorPauses pauses;
    private final DueWindows due;
    private final FailedWindows failed;
    private final Alarms alarms;
    private final Clock clock;
    private final Duration retention;
    private final Duration notice;

    PauseWatch(
            Connectors connectors,
            ConnectorPauses pauses,
            DueWindows due,
            FailedWindows failed,
            Alarms alarms,
            TelemessageProperties feed,
            Clock clock) {
        this.connectors = connectors;
        this.pauses = pauses;
        this.due = due;
        this.failed = failed;
        this.alarms = alarms;
        this.clock = clock;
        this.retention = feed.retention();
        this.notice = Stream.of(retention.dividedBy(3), LONGEST_NOTICE)
                .min(Comparator.naturalOrder())
                .get();
    }

    /** Raises the alarms that are due, and takes back those that are over. */
    public void look() {
        List<String> ids = connectors.all().stream().map(Connector::id).toList();
        alarms.of(AlertCause.PAUSE_TOO_LONG).stream()
                .map(Alarms.Finding::subject)
                .filter(id -> !ids.contains(id))
                .forEach(id -> alarms.clear(AlertCause.PAUSE_TOO_LONG, id));
        ids.forEach(id -> pauses.of(id)
                .flatMap(pause -> danger(id, pause))
                .ifPresentOrElse(
                        sentence -> alarms.raise(AlertCause.PAUSE_TOO_LONG, id, sentence),
                        () -> alarms.clear(AlertCause.PAUSE_TOO_LONG, id)));
    }

    private Optional<String> danger(String connector, Pause pause) {
        Instant now = clock.instant();
        return missingSince(connector, pause)
                .filter(since -> !due.keptUntil(since).minus(notice).isAfter(now))
                .map(since -> connector + " is " + pause.words() + ", and the source keeps messages for "
                        + Retention.words(retention) + ": " + loss(since, now)
                        + ". Resume it with POST /api/connectors/"
                        + connector + "/resume");
    }

    /** What the source had dropped already when the pause began is not lost by it. */
    private Optional<Instant> missingSince(String connector, Pause pause) {
        Instant kept = due.kept(pause.at());
        return Stream.concat(
                        due.missingSince(connector, kept).stream(),
                        failed.requeued(connector, kept).stream()
                                .map(FailedWindows.Requeued::from)
                                .filter(from -> !from.isBefore(kept)))
                .min(Comparator.naturalOrder());
    }

    private String loss(Instant since, Instant now) {
        Instant until = due.keptUntil(since);
        return until.isAfter(now)
                ? "from " + until.truncatedTo(ChronoUnit.SECONDS) + " on it drops what it has received since " + since
                        + " and nobody has collected"
                : "what it received from " + since + " to " + due.kept().truncatedTo(ChronoUnit.SECONDS)
                        + " and nobody has collected is lost, and more with every minute";
    }
}
