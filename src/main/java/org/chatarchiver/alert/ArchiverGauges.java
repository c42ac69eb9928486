package org.chatarchiver.alert;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.chatarchiver.connector.Connector;
import org.chatarchiver.connector.ConnectorMeters;
import org.chatarchiver.connector.Connectors;
import org.chatarchiver.ledger.Channel;
import org.chatarchiver.ledger.Conditions;
import org.chatarchiver.ledger.ConnectorPauses;
import org.chatarchiver.ledger.Tellings;
import org.chatarchiver.ledger.Waiting;
import org.chatarchiver.ledger.Watermarks;
import org.chatarchiver.message.Printable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * What is to be alerted on, as gauges, all but the last two by connector: {@code archiver.channel.open} also by channel,
 * {@code archiver.watermark.age.seconds} and {@code archiver.run.complete.age.seconds} (absent before the first complete window or run),
 * {@code archiver.unarchived.age.seconds} (since the oldest page landed that has anything left to archive; 0 for none),
 * {@code archiver.pages.unarchived} (that have landed and are not archived, whoever has queued them),
 * {@code archiver.runs.failed} (since the last complete one), {@code archiver.items.waiting}, {@code archiver.connector.paused} (1 or 0),
 * {@code archiver.connectors.left_out}; and by channel alone {@code archiver.channel.untold}, the
 * entries that its route has still to be told of. Safe for many threads.
 */
@Component("archiverGauges")
public class ArchiverGauges implements ConnectorMeters {
    private static final Logger LOG = LoggerFactory.getLogger(ArchiverGauges.class);
    private static final Duration FRESH = Duration.ofSeconds(5);

    private final Conditions ledger;
    private final Watermarks watermarks;
    private final ConnectorPauses pauses;
    private final Clock clock;
    private final MultiGauge watermarkAges;
    private final MultiGauge runAges;
    private final MultiGauge unarchivedAges;
    private final MultiGauge unarchived;
    private final MultiGauge failed;
    private final MultiGauge waits;
    private final MultiGauge paused;
    private final MultiGauge open;
    private final Recent<Conditions.Open> counts;
    private final Recent<Waiting.Number> numbers;
    private final Recent<Conditions.Unarchived> pages;
    private final Map<String, Recent<Instant>> oldest = new ConcurrentHashMap<>();
    private final Recent<Tellings.Number> untold;
    private volatile List<Connector> shown = List.of();

    ArchiverGauges(
            MeterRegistry registry,
            Conditions ledger,
            Waiting waiting,
            Watermarks watermarks,
            ConnectorPauses pauses,
            Tellings tellings,
            Connectors connectors,
            Clock clock) {
        this.ledger = ledger;
        this.watermarks = watermarks;
        this.pauses = pauses;
        this.clock = clock;
        this.counts = new Recent<>(ledger::open, FRESH, clock);
        this.numbers = new Recent<>(waiting::numbers, FRESH, clock);
        this.pages = new Recent<>(ledger::unarchived, FRESH, clock);
        Gauge.builder("archiver.connectors.left_out", connectors, Connectors::leftOut)
                .description("Connector files that are bad and of which nothing runs")
                .register(registry);
        this.untold = new Recent<>(tellings::numbers, FRESH, clock);
        for (Channel channel : Channel.values()) {
            Gauge.builder("archiver.channel.untold", () -> untold(channel))
                    .description("Entries that the route of an error channel has still to be told of")
                    .tag("channel", channel.id())
                    .register(registry);
        }
        this.watermarkAges = gauge(
                registry, "archiver.watermark.age.seconds", "How long ago the gap-free chain of landed windows ends");
        this.runAges = gauge(registry, "archiver.run.complete.age.seconds", "How long ago the last complete run ended");
        this.unarchivedAges = gauge(
                registry,
                "archiver.unarchived.age.seconds",
                "How long ago the oldest page landed that has anything left to archive");
        this.unarchived = gauge(registry, "archiver.pages.unarchived", "Pages that have landed and are not archived");
        this.failed = gauge(registry, "archiver.runs.failed", "Runs that have failed since the last complete one");
        this.waits = gauge(registry, "archiver.items.waiting", "Items that wait for their next try");
        this.paused = gauge(registry, "archiver.connector.paused", "1 while somebody has paused a connector");
        this.open = gauge(registry, "archiver.channel.open", "Open entries of an error channel");
    }

    private static MultiGauge gauge(MeterRegistry registry, String name, String description) {
        return MultiGauge.builder(name).description(description).register(registry);
    }

    @Override
    public void connectors(Collection<Connector> running) {
        shown = List.copyOf(running);
        List<String> ids = running.stream().map(Connector::id).toList();
        oldest.keySet().retainAll(ids);
        register(unarchivedAges, ids, id -> age(oldestUnarchived(id)));
        register(unarchived, ids, this::unarchived);
        register(failed, ids, ledger::failedSinceComplete);
        register(waits, ids, this::waiting);
        register(paused, ids, id -> pauses.of(id).isPresent() ? 1 : 0);
        open.register(
                ids.stream()
                        .flatMap(id -> Arrays.stream(Channel.values())
                                .map(channel -> MultiGauge.Row.of(
                                        Tags.of("connector", id, "channel", channel.id()),
                                        id,
                                        connector -> open(connector, channel))))
                        .toList(),
                true);
        try {
            refresh();
        } catch (DataAccessException | TransactionException e) {
            // What is shown is one thing, what runs another: the ages come with the next refresh.
            LOG.warn("The ledger cannot be asked for ages to show, which come later: {}", Printable.of(e.toString()));
        }
    }

    /** Adds what was not known yet: an age of nothing is no number, and is not shown as one. */
    public void refresh() {
        List<String> ids = shown.stream().map(Connector::id).toList();
        register(watermarkAges, known(ids, watermarks::of), id -> age(watermarks.of(id)));
        register(runAges, known(ids, ledger::lastComplete), id -> age(ledger.lastComplete(id)));
    }

    private static List<String> known(List<String> ids, Function<String, Optional<Instant>> time) {
        return ids.stream().filter(id -> time.apply(id).isPresent()).toList();
    }

    private static void register(MultiGauge gauge, List<String> ids, ToDoubleFunction<String> value) {
        gauge.register(
                ids.stream()
                        .map(id -> MultiGauge.Row.of(Tags.of("connector", id), id, value))
                        .toList(),
                true);
    }

    private Optional<Instant> oldestUnarchived(String connector) {
        return oldest
                .computeIfAbsent(
                        connector,
                        id -> new Recent<>(
                                () -> ledger.oldestUnarchived(id).stream().toList(), FRESH, clock))
                .get()
                .stream()
                .findFirst();
    }

    private double unarchived(String connector) {
        return pages.get().stream()
                .filter(one -> one.connector().equals(connector))
                .mapToLong(Conditions.Unarchived::number)
                .sum();
    }

    private double open(String connector, Channel channel) {
        return counts.get().stream()
                .filter(count -> count.connector().equals(connector) && count.channel() == channel)
                .mapToLong(Conditions.Open::number)
                .sum();
    }

    private long untold(Channel channel) {
        return untold.get().stream()
                .filter(count -> count.channel() == channel)
                .mapToLong(Tellings.Number::number)
                .sum();
    }

    private double waiting(String connector) {
        return numbers.get().stream()
                .filter(number -> number.connector().equals(connector))
                .mapToLong(Waiting.Number::number)
                .sum();
    }

    private double age(Optional<Instant> time) {
        return time.map(at -> Duration.between(at, clock.instant()).toMillis() / 1000.0)
                .orElse(0.0);
    }
}
