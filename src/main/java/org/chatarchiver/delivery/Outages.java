package org.chatarchiver.delivery;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.util.ObjectHelper;
import org.chatarchiver.alert.Alarms;
import org.chatarchiver.alert.AlertCause;
import org.chatarchiver.message.Printable;
import org.chatarchiver.msexchange.transport.Existence;
import org.chatarchiver.msexchange.transport.Fault;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Remembers that the destination as a whole is out, from the first who notices it until a probe is answered: nothing is sent meanwhile,
 * and nothing fails. Safe for many threads. Gauges: {@code archiver.destination.outage} (1 or 0) and
 * {@code archiver.destination.outage.seconds} (0 without one); counter: {@code archiver.destination.outages}.
 */
@Component("outages")
public class Outages {
    private static final Logger LOG = LoggerFactory.getLogger(Outages.class);

    private static final String DESTINATION = "destination";

    private final Alarms alarms;
    private final Clock clock;
    private final Counter begun;
    private final AtomicReference<Outage> current = new AtomicReference<>();
    private final Suspicion suspicion;
    private final ProbePauses pauses;
    private final ProbeOrder order;
    private final PutAside putAside;
    private volatile String delivered = "";
    private volatile boolean refused;
    private volatile boolean asked;

    /**
     * An outage that goes on.
     *
     * @param mailbox that met it; empty where that is not known
     * @param why one sentence, printable
     */
    public record Outage(String mailbox, String why, Instant since) {}

    Outages(
            ExchangeProperties exchange,
            DeliveryProperties properties,
            OtherMailboxes others,
            Alarms alarms,
            MeterRegistry metrics,
            Clock clock) {
        this.pauses = new ProbePauses(properties.probe(), clock);
        this.order = new ProbeOrder(exchange.probeMailbox(), others);
        this.putAside = new PutAside(clock);
        this.alarms = alarms;
        this.clock = clock;
        this.suspicion = new Suspicion(alarms, clock);
        this.begun = Counter.builder("archiver.destination.outages")
                .description("Outages of the destination that have begun")
                .register(metrics);
        Gauge.builder(
                        "archiver.destination.outage",
                        this,
                        outages -> outages.current().isPresent() ? 1 : 0)
                .description("Whether the destination as a whole cannot be used")
                .register(metrics);
        Gauge.builder("archiver.destination.outage.seconds", this, Outages::seconds)
                .description("How long the destination has been out")
                .register(metrics);
    }

    /** Notes what an {@link OutageException} says, unless it was thrown because of a noted one. */
    public void note(@ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception error) {
        OutageException outage = ObjectHelper.getException(OutageException.class, error);
        if (!outage.isNoted()) {
            begin("", outage.getMessage());
        }
    }

    /** @param mailbox that met it; empty where that is not known */
    public void begin(String mailbox, String why) {
        Outage outage = new Outage(mailbox, Printable.of(why), clock.instant());
        putAside.met(mailbox);
        if (current.compareAndSet(null, outage)) {
            suspicion.end();
            putAside.begun(pauses.longer());
            begun.increment();
            LOG.warn("The destination is out, delivery pauses: {}", outage.why());
            alarms.raise(AlertCause.DESTINATION_OUTAGE, DESTINATION, "Delivery has paused: " + outage.why());
        } else if (!mailbox.isEmpty()) {
            current.updateAndGet(known -> known == null || !known.mailbox().isEmpty()
                    ? known
                    : new Outage(mailbox, known.why(), known.since()));
        }
    }

    /** One that surely is: delivery has paused. */
    public Optional<Outage> ongoing() {
        return Optional.ofNullable(current.get());
    }

    /** With what may be one, for whoever looks; delivery pauses only for what surely is one. */
    public Optional<Outage> current() {
        return Optional.ofNullable(current.get()).or(suspicion::shown);
    }

    /**
     * A mailbox refuses us, and no other can tell whether that is its own affair. Nothing pauses, since it would stop all others; but it
     * is shown, since nobody else may be there to show it.
     */
    public void suspect(String mailbox, String why) {
        if (!isOngoing()) {
            suspicion.of(mailbox, why);
        }
    }

    /** A mailbox answered, so that a refusal of another one is that one's own; or it is known what its refusal means. */
    public void understood() {
        suspicion.end();
    }

    public boolean isOngoing() {
        return current.get() != null;
    }

    /** @throws OutageException while there is one */
    public void orWait() {
        Outage outage = current.get();
        if (outage != null) {
            throw OutageException.noted(outage.why());
        }
    }

    /** An e-mail was filed in this mailbox. */
    public void delivered(String mailbox) {
        delivered = mailbox;
        suspicion.end();
        pauses.anew();
        putAside.delivered();
    }

    /** Until when nothing is sent to this mailbox, so that others get their turn; empty where it has its own. */
    Optional<Instant> putAside(String mailbox) {
        return putAside.until(mailbox);
    }

    /**
     * The mailboxes to ask for, as long as {@link #unanswered}; none without an outage, and in the pauses of 1, 2, 4 ... seconds between
     * probes. An outage that no mailbox is known of is over: the next page will tell.
     */
    public List<String> probed() {
        Outage outage = current.get();
        if (outage == null || !pauses.over()) {
            return List.of();
        }
        pauses.longer();
        refused = false;
        asked = false;
        List<String> mailboxes = order.round(outage, delivered);
        if (mailboxes.isEmpty()) {
            end();
        }
        return mailboxes;
    }

    /** Whether the next mailbox is to be asked for: the first of a probe, and others while it is credentials that are refused. */
    public boolean unanswered() {
        boolean first = !asked;
        asked = true;
        return isOngoing() && (first || refused);
    }

    /** Ends the outage unless it is what the answer tells of, or where credentials are refused says nothing of these. */
    public void answered(@Body Existence answer) {
        Fault fault = answer instanceof Existence.Unknown unknown ? unknown.fault() : null;
        if (fault != null && fault.outage()) {
            refused |= fault == Fault.CREDENTIALS_REFUSED;
            pauses.fromNow();
        } else if (!refused || answer instanceof Existence.Present || fault == Fault.PERMISSION_DENIED) {
            end();
        }
    }

    private void end() {
        Outage outage = current.getAndSet(null);
        if (outage != null) {
            putAside.ended();
            alarms.clear(AlertCause.DESTINATION_OUTAGE, DESTINATION);
            LOG.info("The destination is back after {}, delivery goes on", lasted(outage));
        }
    }

    private Duration lasted(Outage outage) {
        return Duration.ofSeconds(
                Duration.between(outage.since(), clock.instant()).toSeconds());
    }

    private double seconds() {
        return current()
                .map(outage -> Duration.between(outage.since(), clock.instant()).toMillis() / 1000.0)
                .orElse(0.0);
    }
}
