package org.chatarchiver.ledger;

import java.sql.SQLException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says that another archiver has the embedded ledger open, in place of H2's stack trace (its error 90020). */
class LedgerInUseAnalyzer extends AbstractFailureAnalyzer<SQLException> {
    private static final int DATABASE_ALREADY_OPEN = 90020;

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, SQLException cause) {
        if (cause.getErrorCode() != DATABASE_ALREADY_OPEN) {
            return null;
        }
        return new FailureAnalysis(
                "The ledger in archiver.data is in use by another process: two archivers on one embedded ledger would deliver twice.",
                "Stop the other archiver first, or give this one an archiver.data of its own. For several archivers that work together set"
                        + " spring.datasource.url to a PostgreSQL database.",
                cause);
    }
}
