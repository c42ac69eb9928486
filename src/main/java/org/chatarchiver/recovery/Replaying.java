package org.chatarchiver.recovery;

import java.io.IOException;
import java.util.Optional;
import org.chatarchiver.connector.Connectors;
import org.chatarchiver.landing.LandingPath;
import org.chatarchiver.ledger.Removals;
import org.chatarchiver.ledger.Replays;
import org.chatarchiver.ledger.Run;
import org.chatarchiver.ledger.Runs;
import org.chatarchiver.message.Printable;
import org.chatarchiver.observation.WorkFields;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Re-checks runs at the destination from their landed pages alone, without the feed. The work itself is done by the archive route. */
@Component("replaying")
public class Replaying {
    private static final Logger LOG = LoggerFactory.getLogger(Replaying.class);

    private final Runs runs;
    private final Replays replays;
    private final Removals removals;
    private final Connectors connectors;
    private final Adopting adopting;

    public Replaying(Runs runs, Replays replays, Removals removals, Connectors connectors, Adopting adopting) {
        this.runs = runs;
        this.replays = replays;
        this.removals = removals;
        this.connectors = connectors;
        this.adopting = adopting;
    }

    /** What came of a wish to replay a run. */
    public sealed interface Answer {
        record Started(Replays.Replay replay) implements Answer {}

        /** Neither the ledger nor the landing zone has it. */
        record UnknownRun(String sentence) implements Answer {}

        /** Not now, or never. */
        record Refused(String sentence) implements Answer {}

        /** The landing zone cannot be read. */
        record Unavailable(String sentence) implements Answer {}
    }

    /** Begins a replay; the sweep queues the run's pages. */
    public Answer replay(String id, String administrator, String why) {
        try {
            Optional<LandingPath> landed =
                    runs.find(id).map(run -> LandingPath.of(run.connector(), run.started(), run.id()));
            if (landed.isEmpty()) {
                landed = adopting.find(id);
            }
            boolean settled = landed.isPresent() && adopting.takeIn(landed.get());
            return runs.find(id)
                    .map(run -> settled ? start(run, administrator, why) : polling(id))
                    .orElseGet(() -> new Answer.UnknownRun(
                            "There is no run '" + Printable.of(id) + "'; GET /api/connectors/{id}/runs lists them"));
        } catch (IOException e) {
            return new Answer.Unavailable("The landing zone cannot be read now: " + Printable.of(e.getMessage()));
        }
    }

    /** Ends the replays that have nothing left to look for. */
    public void finish() {
        for (String run : replays.finish()) {
            replays.of(run).ifPresent(replay -> ended(runs.find(run).orElseThrow(), replay));
        }
    }

    private static void ended(Run run, Replays.Replay replay) {
        WorkFields.within(
                run.connector(),
                run.id(),
                () -> LOG.info(
                        "The replay of run {} has ended: {} items were present, {} were delivered again, {} failed",
                        run.id(),
                        replay.present(),
                        replay.deliveredAgain(),
                        replay.failed()));
    }

    private Answer start(Run run, String administrator, String why) {
        Optional<String> gone = removals.gone(run.id());
        if (gone.isPresent()) {
            return new Answer.Refused(gone.get() + ", so that the run cannot be read again");
        }
        if (run.dry()) {
            return new Answer.Refused(
                    "The run " + run.id() + " was dry: it has delivered nothing that could be missing");
        }
        if (connectors.find(run.connector()).isEmpty()) {
            return new Answer.Refused("The connector " + run.connector()
                    + " does not run; mend or restore its file in routes/connectors");
        }
        if (!replays.start(run.id(), administrator, why)) {
            return new Answer.Refused("A replay of the run " + run.id() + " is under way; wait for it to end");
        }
        Replays.Replay begun = replays.of(run.id()).orElseThrow();
        WorkFields.within(
                run.connector(),
                run.id(),
                () -> LOG.info(
                        "Run {} is replayed for {}: {} items are looked for",
                        run.id(),
                        Printable.of(administrator),
                        begun.items()));
        return new Answer.Started(begun);
    }

    private static Answer polling(String run) {
        return new Answer.Refused("The run " + run + " is polling; wait for it to end");
    }
}
