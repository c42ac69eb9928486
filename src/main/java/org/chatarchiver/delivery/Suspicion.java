package org.chatarchiver.delivery;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.chatarchiver.alert.Alarms;
import org.chatarchiver.alert.AlertCause;
import org.chatarchiver.message.Printable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What may be an outage of the destination, as far as the one mailbox that was asked can tell. Shown once it lasts: after a start the next
 * mailbox mostly tells within a moment. Safe for many threads.
 */
final class Suspicion {
    private static final Logger LOG = LoggerFactory.getLogger(Suspicion.class);
    private static final Duration MOMENT = Duration.ofSeconds(5);
    private static final String SUBJECT = "refused";

    private final Alarms alarms;
    private final Clock clock;
    private final AtomicReference<Doubt> current = new AtomicReference<>();

    private record Doubt(Outages.Outage outage, boolean shown) {}

    Suspicion(Alarms alarms, Clock clock) {
        this.alarms = alarms;
        this.clock = clock;
    }

    void of(String mailbox, String why) {
        Instant now = clock.instant();
        Doubt known = current.get();
        if (known == null) {
            current.compareAndSet(null, new Doubt(new Outages.Outage(mailbox, Printable.of(why), now), false));
        } else if (!known.shown()
                && !known.outage().since().plus(MOMENT).isAfter(now)
                && current.compareAndSet(known, new Doubt(known.outage(), true))) {
            String sentence = "The destination refuses the mailbox "
                    + Printable.of(known.outage().mailbox()) + ", and no other has been asked: "
                    + known.outage().why();
            LOG.warn("{}", sentence);
            alarms.raise(AlertCause.DESTINATION_OUTAGE, SUBJECT, sentence);
        }
    }

    Optional<Outages.Outage> shown() {
        return Optional.ofNullable(current.get()).filter(Doubt::shown).map(Doubt::outage);
    }

    void end() {
        Doubt known = current.getAndSet(null);
        if (known != null && known.shown()) {
            alarms.clear(AlertCause.DESTINATION_OUTAGE, SUBJECT);
            LOG.info(
                    "What the refusal of {} means is known now",
                    Printable.of(known.outage().mailbox()));
        }
    }
}
