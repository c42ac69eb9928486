package org.chatarchiver.api;

import java.util.Optional;
import org.chatarchiver.archive.Hindrances;
import org.chatarchiver.collect.Announced;
import org.chatarchiver.ledger.ConnectorPauses;
import org.chatarchiver.ledger.RunProgress;
import org.chatarchiver.ledger.RunProgress.Progress;
import org.springframework.stereotype.Component;

/** Looks up how far a run is, how fast, and what holds it. */
@Component
public class ProgressViews {
    private final RunProgress progress;
    private final Announced announced;
    private final Hindrances hindrances;
    private final ConnectorPauses pauses;
    private final Rates rates = new Rates(System::nanoTime);

    ProgressViews(RunProgress progress, Announced announced, Hindrances hindrances, ConnectorPauses pauses) {
        this.progress = progress;
        this.announced = announced;
        this.hindrances = hindrances;
        this.pauses = pauses;
    }

    /** Empty where there is no such run. */
    public Optional<ProgressView> of(String run) {
        return progress.of(run).map(this::view);
    }

    private ProgressView view(Progress now) {
        String connector = now.run().connector();
        return ProgressView.of(
                now,
                announced.of(now.run().id()),
                rates.of(now.run().id(), now.itemsDone()),
                Standstill.of(
                                now.run(),
                                now.pagesDone() < now.pagesLanded(),
                                hindrances.of(connector),
                                pauses.of(connector))
                        .orElse(null));
    }
}
