package org.chatarchiver.recovery;

import org.chatarchiver.landing.LandingContext;
import org.chatarchiver.ledger.Adoptions;

/** The memory of a lost ledger in tests. */
public final class RecoveryFixture {
    private RecoveryFixture() {}

    /** Of a ledger that has lost nothing. */
    public static Recovery whole(LandingContext landing, Adoptions ledger) {
        Recovery recovery = recovery(landing, ledger, "");
        recovery.beforeApplicationStart(null);
        return recovery;
    }

    /** @param since a time before all that the ledger has lost */
    public static Recovery since(LandingContext landing, Adoptions ledger, String since) {
        return recovery(landing, ledger, since);
    }

    private static Recovery recovery(LandingContext landing, Adoptions ledger, String since) {
        return new Recovery(new LedgerAge(landing.landedRuns(), ledger), new RecoveryProperties(since));
    }
}
