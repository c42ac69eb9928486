package org.chatarchiver.ledger;

import java.sql.SQLException;
import org.chatarchiver.message.Printable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says in a sentence why the ledger cannot be opened, in place of the driver's stack trace. */
class LedgerRefusedAnalyzer extends AbstractFailureAnalyzer<SQLException> {
    // org.h2.api.ErrorCode
    private static final int DATABASE_ALREADY_OPEN = 90020;
    private static final int IMPLICITLY_RELATIVE = 90011;

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, SQLException cause) {
        return switch (cause.getErrorCode()) {
            case DATABASE_ALREADY_OPEN ->
                new FailureAnalysis(
                        "The ledger in archiver.data is in use by another process: two archivers on one embedded ledger would deliver twice.",
                        "Stop the other archiver first, or give this one an archiver.data of its own. For several archivers that work together set"
                                + " spring.datasource.url to a PostgreSQL database.",
                        cause);
            case IMPLICITLY_RELATIVE ->
                new FailureAnalysis(
                        "spring.datasource.url names a file by a relative path, which H2 refuses.",
                        "Leave spring.datasource.url out, so that the ledger is below archiver.data, or give the whole path.",
                        cause);
            default ->
                new FailureAnalysis(
                        "The ledger (spring.datasource.url) cannot be opened: "
                                + Printable.of(root(cause).getMessage()),
                        "Check that the database is there and spring.datasource.url, username and password are right; the embedded"
                                + " one needs free space and write permission in archiver.data. Then start again.",
                        cause);
        };
    }

    /** A driver hides behind its own message why there is no connection. */
    private static Throwable root(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage() == null ? failure : root;
    }
}
