package org.chatarchiver.alert;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.chatarchiver.connector.Connectors;
import org.chatarchiver.ledger.KnownConnectors;
import org.springframework.stereotype.Component;

/** What waits for connectors that do not run, since their files are gone or bad. Safe for many threads. */
@Component
public class Stranded {
    private static final Duration FRESH = Duration.ofSeconds(5);

    private final Connectors connectors;
    private final Recent<KnownConnectors.Work> work;

    Stranded(KnownConnectors known, Connectors connectors, Clock clock) {
        this.connectors = connectors;
        this.work = new Recent<>(known::work, FRESH, clock);
    }

    public List<KnownConnectors.Work> all() {
        return work.get().stream()
                .filter(one -> connectors.find(one.connector()).isEmpty())
                .toList();
    }

    public static String sentence(KnownConnectors.Work work) {
        return work.connector() + " does not run, while " + work.words()
                + "; mend or restore its file in routes/connectors";
    }
}
