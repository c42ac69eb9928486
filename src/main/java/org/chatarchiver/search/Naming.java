package org.chatarchiver.search;

import java.time.Duration;
import org.chatarchiver.ledger.BackgroundTurns;
import org.chatarchiver.ledger.SearchLists;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Has messages be found by their owners, mailboxes and Message-IDs within half a minute of their being archived. On a thread of its own. */
@Component
class Naming {
    private static final Logger LOG = LoggerFactory.getLogger(Naming.class);
    private static final Duration PAUSE = Duration.ofSeconds(20);

    private final SearchLists names;
    private final BackgroundTurns turns;
    /** Since all were entered last. */
    private volatile boolean warned;

    @Autowired
    Naming(SearchLists names) {
        this(names, PAUSE);
    }

    Naming(SearchLists names, Duration pause) {
        this.names = names;
        this.turns = new BackgroundTurns("search-lists", pause, pause, this::enter);
    }

    @EventListener(ApplicationReadyEvent.class)
    void start() {
        turns.start();
    }

    @EventListener(ContextClosedEvent.class)
    void stop() {
        turns.stop();
    }

    /** Nothing may come out of it: what does ends all that is still to come. */
    void enter() {
        try {
            while (!turns.areStopped() && names.enter()) {
                LOG.debug("Pages are entered for the search");
            }
            warned = warned && names.missing() > 0;
        } catch (RuntimeException | Error e) {
            if (warned || turns.areStopped()) {
                LOG.debug("Pages cannot be entered for the search", e);
            } else {
                LOG.warn(
                        "Pages cannot be entered for the search: their messages are found by message id only; tried again",
                        e);
            }
            warned = true;
        }
    }
}
