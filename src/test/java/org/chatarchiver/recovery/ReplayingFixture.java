package org.chatarchiver.recovery;

import java.util.Optional;
import org.chatarchiver.connector.Connectors;
import org.chatarchiver.landing.LandingPath;
import org.chatarchiver.ledger.Removals;
import org.chatarchiver.ledger.Replays;
import org.chatarchiver.ledger.Runs;

/** What replays stand on in tests. */
public final class ReplayingFixture {
    private ReplayingFixture() {}

    /** Replays of runs that have landed nothing which the ledger does not know. */
    public static Replaying replaying(Runs runs, Replays replays, Removals removals, Connectors connectors) {
        return new Replaying(runs, replays, removals, connectors, new NothingToAdopt());
    }

    private static final class NothingToAdopt extends Adopting {
        NothingToAdopt() {
            super(null, null, null, null, null, null, null);
        }

        @Override
        boolean takeIn(LandingPath run) {
            return true;
        }

        @Override
        Optional<LandingPath> find(String run) {
            return Optional.empty();
        }
    }
}
