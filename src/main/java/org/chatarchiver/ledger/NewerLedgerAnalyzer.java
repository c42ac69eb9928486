package org.chatarchiver.ledger;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says in a sentence what to do about a ledger that is newer than the program. */
class NewerLedgerAnalyzer extends AbstractFailureAnalyzer<NewerLedgerException> {
    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, NewerLedgerException cause) {
        return new FailureAnalysis(
                cause.getMessage(),
                "Start the later version again. To go back to this one, restore the ledger from a backup that was made before the later one"
                        + " was started first, and set archiver.recover-since to a time before that backup.",
                cause);
    }
}
