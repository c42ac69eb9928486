package org.chatarchiver.retention;

import java.time.Duration;
import org.chatarchiver.ledger.BackgroundTurns;
import org.chatarchiver.message.Printable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Has removed what is due once an hour, on a thread of its own; where nothing is ever to be removed there is none. */
@Component
class RetentionClock {
    private static final Logger LOG = LoggerFactory.getLogger(RetentionClock.class);
    private static final Duration FIRST = Duration.ofMinutes(1);
    private static final Duration PAUSE = Duration.ofHours(1);

    private final Retaining retaining;
    private final RetentionProperties properties;
    private final BackgroundTurns turns;

    @Autowired
    RetentionClock(Retaining retaining, RetentionProperties properties) {
        this(retaining, properties, FIRST, PAUSE);
    }

    RetentionClock(Retaining retaining, RetentionProperties properties, Duration first, Duration pause) {
        this.retaining = retaining;
        this.properties = properties;
        this.turns = new BackgroundTurns("retention", first, pause, this::pass);
    }

    @EventListener(ApplicationReadyEvent.class)
    void start() {
        if (!properties.connectors().isEmpty()) {
            turns.start();
        }
    }

    @EventListener(ContextClosedEvent.class)
    void stop() {
        retaining.stop();
        turns.stop();
    }

    /** Nothing may come out of it: what does ends all that is still to come. */
    private void pass() {
        try {
            retaining.pass();
        } catch (Exception e) {
            LOG.warn(
                    "Retention cannot go on now, and is tried again in an hour: {}",
                    Printable.of(String.valueOf(e.getMessage())));
        }
    }
}
