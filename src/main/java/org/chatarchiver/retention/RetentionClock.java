package org.chatarchiver.retention;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
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
    private final Duration first;
    private final Duration pause;
    private ScheduledExecutorService thread;

    @Autowired
    RetentionClock(Retaining retaining, RetentionProperties properties) {
        this(retaining, properties, FIRST, PAUSE);
    }

    RetentionClock(Retaining retaining, RetentionProperties properties, Duration first, Duration pause) {
        this.retaining = retaining;
        this.properties = properties;
        this.first = first;
        this.pause = pause;
    }

    @EventListener(ApplicationReadyEvent.class)
    synchronized void start() {
        if (thread == null && !properties.connectors().isEmpty()) {
            thread = Executors.newSingleThreadScheduledExecutor(task -> {
                Thread made = new Thread(task, "retention");
                made.setDaemon(true);
                return made;
            });
            thread.scheduleWithFixedDelay(this::pass, first.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    @EventListener(ContextClosedEvent.class)
    synchronized void stop() {
        retaining.stop();
        if (thread != null) {
            thread.shutdown();
            thread = null;
        }
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
