package org.chatarchiver.alert;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.chatarchiver.alert.Alarms.Finding;
import org.chatarchiver.connector.Connector;
import org.chatarchiver.connector.Connectors;
import org.chatarchiver.connector.MappingSources;
import org.chatarchiver.ledger.Conditions;
import org.chatarchiver.ledger.Conditions.Traffic;
import org.chatarchiver.ledger.ConnectorPauses;
import org.chatarchiver.ledger.Run;
import org.chatarchiver.ledger.Watermarks;
import org.chatarchiver.message.Printable;
import org.springframework.stereotype.Component;

/** Finds what there is to be alerted on; counts, names and reasons only. */
@Component
class AlertFindings {
    private static final Duration LONGEST_WITHOUT_RUN = Duration.ofHours(26);
    private static final Duration OLDEST_WATERMARK = Duration.ofHours(48);
    private static final Duration DAY = Duration.ofDays(1);
    private static final int WEEKS = 4;
    private static final int USUAL = 3;

    /** Those that the ledger is asked for. */
    static final Set<AlertCause> OF_LEDGER = EnumSet.of(
            AlertCause.CHANNEL_ENTRIES,
            AlertCause.RUN_FAILED,
            AlertCause.RUN_INCOMPLETE,
            AlertCause.NO_COMPLETE_RUN,
            AlertCause.WATERMARK_OLD,
            AlertCause.SILENCE,
            AlertCause.CONNECTOR_GONE);

    private final Conditions ledger;
    private final Watermarks watermarks;
    private final ConnectorPauses pauses;
    private final Connectors connectors;
    private final MappingSources mappings;
    private final Stranded stranded;
    private final Alarms alarms;
    private final Clock clock;
    private final Instant born;

    AlertFindings(
            Conditions ledger,
            Watermarks watermarks,
            ConnectorPauses pauses,
            Connectors connectors,
            MappingSources mappings,
            Stranded stranded,
            Alarms alarms,
            Clock clock) {
        this.ledger = ledger;
        this.watermarks = watermarks;
        this.pauses = pauses;
        this.connectors = connectors;
        this.mappings = mappings;
        this.stranded = stranded;
        this.alarms = alarms;
        this.clock = clock;
        this.born = clock.instant();
    }

    /**
     * What is found of a cause.
     *
     * @param after what happened later counts; for a cause that lasts, what is so now counts
     * @param now what happened later does not count yet
     */
    List<Finding> of(AlertCause cause, Instant after, Instant now) {
        return switch (cause) {
            case CHANNEL_ENTRIES -> entries(after, now);
            case RUN_FAILED -> ended(Run.State.FAILED, after, now);
            case RUN_INCOMPLETE -> ended(Run.State.INCOMPLETE, after, now);
            case NO_COMPLETE_RUN -> each(this::withoutRun);
            case WATERMARK_OLD -> each(this::behind);
            case SILENCE -> each(this::silent);
            case CONNECTOR_LEFT_OUT ->
                connectors.problems().stream()
                        .map(problem -> new Finding(problem.toString(), Printable.of(problem.toString())))
                        .toList();
            case MAPPING_REFUSED ->
                connectors.all().stream()
                        .flatMap(connector -> mappings.problem(connector).stream()
                                .map(sentence -> new Finding(sentence, Printable.of(sentence))))
                        .toList();
            case CONNECTOR_GONE ->
                stranded.all().stream()
                        .map(work -> new Finding(work.connector(), Stranded.sentence(work)))
                        .toList();
            case FEED_CLOCK,
                    BROKER_OUTAGE,
                    DESTINATION_OUTAGE,
                    PAUSE_TOO_LONG,
                    ROUTE_STOPPED,
                    ROUTES_NOT_IN_FORCE,
                    ROUTES_DIFFER -> alarms.of(cause);
        };
    }

    private List<Finding> entries(Instant after, Instant now) {
        return ledger.opened(after, now).stream()
                .map(entries -> new Finding(
                        entries.connector() + " " + entries.channel().id() + " " + entries.reason(),
                        entries.number() + " in channel " + entries.channel().id() + " of " + entries.connector() + ": "
                                + entries.reason()))
                .toList();
    }

    private List<Finding> ended(Run.State state, Instant after, Instant now) {
        return ledger.ended(state, after, now).stream()
                .map(run -> new Finding(
                        run.id(),
                        "run " + run.id() + " of " + run.connector() + " for [" + run.from() + ", " + run.to() + "): "
                                + run.reason() + " (" + Printable.of(run.detail()) + ")"))
                .toList();
    }

    private List<Finding> each(Function<String, Optional<String>> condition) {
        return connectors.all().stream()
                .map(Connector::id)
                .flatMap(id -> condition.apply(id).map(sentence -> new Finding(id, sentence + paused(id))).stream())
                .toList();
    }

    /** Why a connector is quiet, where somebody wished it. */
    private String paused(String connector) {
        return pauses.of(connector).map(pause -> "; it is " + pause.words()).orElse("");
    }

    private Optional<String> withoutRun(String connector) {
        Optional<Instant> last = ledger.lastComplete(connector);
        Instant since = last.or(() -> ledger.firstStart(connector)).orElse(born);
        return older(since, LONGEST_WITHOUT_RUN)
                ? Optional.of(connector + ": "
                        + last.map(at -> "the last complete run ended " + at).orElse("no run was ever complete"))
                : Optional.empty();
    }

    private Optional<String> behind(String connector) {
        return watermarks
                .of(connector)
                .filter(watermark -> older(watermark, OLDEST_WATERMARK))
                .map(watermark -> connector + ": nothing after " + watermark + " has fully landed");
    }

    /** Nothing new for a day, although three of the same days of the four weeks before brought something. */
    private Optional<String> silent(String connector) {
        Instant now = clock.instant();
        if (ledger.traffic(connector, now.minus(DAY), now) != Traffic.NONE) {
            return Optional.empty();
        }
        int busy = 0;
        for (int week = 1; week <= WEEKS; week++) {
            Instant then = now.minus(DAY.multipliedBy(7L * week));
            busy += ledger.traffic(connector, then.minus(DAY), then) == Traffic.SOME ? 1 : 0;
        }
        return busy >= USUAL
                ? Optional.of(connector + ": nothing new in the last day, which had traffic in " + busy + " of the "
                        + WEEKS + " weeks before")
                : Optional.empty();
    }

    private boolean older(Instant time, Duration limit) {
        return time.plus(limit).isBefore(clock.instant());
    }
}
