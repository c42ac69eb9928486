package org.chatarchiver.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Supplier;
import org.chatarchiver.ledger.LedgerReach;
import org.springframework.core.NestedRuntimeException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.session.Session;
import org.springframework.session.SessionRepository;
import org.springframework.transaction.CannotCreateTransactionException;

/**
 * The sessions in the ledger. While it does not answer nobody's log-in can be looked up; who logs in then is logged in at this archiver
 * alone, and until the ledger answers again, so that there is a console to see by what is wrong. Safe for many threads.
 */
final class StoredSessions<S extends Session> implements SessionRepository<StoredSession> {
    private static final int MOST = 1_000;

    private final SessionRepository<S> rows;
    private final SessionValues values;
    private final LedgerReach ledger;
    private final Cache<String, StoredSession> meanwhile;

    /** @param longest how long one that could not be written is remembered */
    StoredSessions(SessionRepository<S> rows, SessionValues values, LedgerReach ledger, Duration longest) {
        this.rows = rows;
        this.values = values;
        this.ledger = ledger;
        this.meanwhile = Caffeine.newBuilder()
                .maximumSize(MOST)
                .expireAfterWrite(longest)
                .build();
    }

    @Override
    public StoredSession createSession() {
        return new StoredSession(rows.createSession(), values);
    }

    @Override
    public StoredSession findById(String id) {
        return asked(
                () -> {
                    S row = rows.findById(id);
                    return row == null ? null : new StoredSession(row, values);
                },
                () -> meanwhile.getIfPresent(id));
    }

    @Override
    public void save(StoredSession session) {
        asked(
                () -> {
                    rows.save(row(session));
                    return null;
                },
                () -> {
                    meanwhile.put(session.getId(), session);
                    return null;
                });
    }

    @Override
    public void deleteById(String id) {
        boolean here = meanwhile.asMap().remove(id) != null;
        asked(
                () -> {
                    rows.deleteById(id);
                    return null;
                },
                () -> {
                    if (!here) {
                        throw new DataAccessResourceFailureException(
                                "The ledger does not answer, and the session cannot be ended");
                    }
                    return null;
                });
    }

    private <T> T asked(Supplier<T> question, Supplier<T> otherwise) {
        if (ledger.isKnownOut()) {
            return otherwise.get();
        }
        try {
            return question.get();
        } catch (CannotCreateTransactionException | DataAccessResourceFailureException e) {
            ledger.missed(cause(e));
            return otherwise.get();
        }
    }

    private static SQLException cause(NestedRuntimeException failure) {
        return failure.getMostSpecificCause() instanceof SQLException sql ? sql : new SQLException(failure);
    }

    @SuppressWarnings("unchecked")
    private S row(StoredSession session) {
        // All that there are were made from the rows' own.
        return (S) session.row();
    }
}
