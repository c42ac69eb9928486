package org.chatarchiver.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.chatarchiver.audit.AuditAction;
import org.chatarchiver.audit.AuditNotes;
import org.chatarchiver.ledger.LedgerReach;
import org.chatarchiver.message.Printable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.stereotype.Component;

/**
 * Tells the audit log who logs in, and whose log-in is refused. Of programs, which send their password with every request, once an hour for
 * each user and address. Of refused ones {@value #MOST_REFUSED} an hour, and then how many more there were, so that guessing cannot fill
 * the ledger. A ledger that cannot be reached keeps nobody out, and the log says what is missing in it.
 */
@Component
public class LoginAudit {
    static final int MOST_REFUSED = 1_000;

    private static final Logger LOG = LoggerFactory.getLogger(LoginAudit.class);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final String API = "api";

    /** A name that was only claimed is no actor's. */
    private static final String NOBODY = "nobody";

    private final ObjectProvider<AuditNotes> notes;
    private final ObjectProvider<LedgerReach> ledger;
    private final Cache<String, Boolean> told =
            Caffeine.newBuilder().maximumSize(10_000).expireAfterWrite(HOUR).build();
    private final Cache<String, AtomicLong> refused = Caffeine.newBuilder()
            .expireAfterWrite(HOUR)
            .removalListener((String all, AtomicLong number, com.github.benmanes.caffeine.cache.RemovalCause why) ->
                    more(number.get() - MOST_REFUSED))
            .build();

    /** Where there is no ledger there is neither. */
    LoginAudit(ObjectProvider<AuditNotes> notes, ObjectProvider<LedgerReach> ledger) {
        this.notes = notes;
        this.ledger = ledger;
    }

    /** @param door what vouches for the user: {@code console} for a password, or the issuer's title */
    public void loggedIn(String user, String address, String door) {
        note(AuditAction.LOGGED_IN, user, user, Map.of("address", Printable.of(address), "door", Printable.of(door)));
    }

    void asked(String user, String address) {
        if (told.asMap().putIfAbsent(user + "\n" + address, true) == null) {
            loggedIn(user, address, API);
        }
    }

    void refused(String user, String address) {
        if (refused.get("", none -> new AtomicLong()).incrementAndGet() <= MOST_REFUSED) {
            note(AuditAction.LOGIN_REFUSED, NOBODY, user, Map.of("address", Printable.of(address)));
        }
    }

    private void more(long number) {
        if (number > 0) {
            note(AuditAction.LOGIN_REFUSED, NOBODY, "", Map.of("more", number));
        }
    }

    private void note(AuditAction action, String actor, String user, Map<String, ?> detail) {
        if (ledger.stream().anyMatch(LedgerReach::isKnownOut)) {
            missing(action, user);
            return;
        }
        try {
            notes.ifAvailable(log -> log.note(action, actor, user, detail));
        } catch (DataAccessException e) {
            if (e instanceof DataAccessResourceFailureException
                    && e.getMostSpecificCause() instanceof SQLException why) {
                // Whatever else a log-in asks the ledger for need not wait for it again.
                ledger.ifAvailable(reach -> reach.missed(why));
            }
            missing(action, user);
        }
    }

    private static void missing(AuditAction action, String user) {
        LOG.warn(
                "{} of '{}' is missing in the audit log, for the ledger cannot be reached", action, Printable.of(user));
    }
}
