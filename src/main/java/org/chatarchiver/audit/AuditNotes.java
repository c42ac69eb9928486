package org.chatarchiver.audit;

import java.time.Clock;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.chatarchiver.message.Printable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Notes what happens, in the caller's transaction where there is one: what is rolled back was not done, and what is committed is noted. The
 * chain takes the notes in behind it.
 */
@Component
public class AuditNotes {
    /** Who acts where no person and no schedule does. */
    public static final String ARCHIVER = "archiver";

    /** Who acts where a schedule does. */
    public static final String SCHEDULE = "schedule";

    /** Of a detail as JSON, in UTF-16 units. */
    static final int LONGEST_DETAIL = 65_536;

    private static final int MOST_IDS = 1_000;
    private static final int LONGEST_ACTOR = 200;
    private static final int LONGEST_SUBJECT = 300;

    private final JdbcClient jdbc;
    private final Clock clock;

    AuditNotes(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** As {@link #note(AuditAction, String, String, String, Map)}, of what belongs to no connector. */
    public void note(AuditAction action, String actor, String subject, Map<String, ?> detail) {
        note(action, actor, null, subject, detail);
    }

    /**
     * @param actor a user's name, {@value #SCHEDULE} or {@value #ARCHIVER}
     * @param connector null for none
     * @param subject what it was done to
     * @param detail texts, whole numbers below 2^53, truth values, and lists and maps of them; never a message's text or a secret
     */
    public void note(AuditAction action, String actor, String connector, String subject, Map<String, ?> detail) {
        String canonical = CanonicalJson.of(detail);
        if (canonical.length() > LONGEST_DETAIL) {
            throw new IllegalArgumentException("The detail of " + action + " of " + subject + " has "
                    + canonical.length() + " characters; cut it to " + LONGEST_DETAIL);
        }
        jdbc.sql(
                        "insert into audit_note (happened, actor, action, connector, subject, detail) values (?, ?, ?, ?, ?, ?)")
                .param(clock.instant().truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC))
                .param(text(actor, LONGEST_ACTOR))
                .param(action.name())
                .param(connector)
                .param(text(subject, LONGEST_SUBJECT))
                .param(canonical)
                .update();
    }

    /** Of many ids the first, as many as a detail has room for; how many there are in all is said beside them. */
    public static List<Long> some(List<Long> ids) {
        return ids.size() <= MOST_IDS ? ids : ids.subList(0, MOST_IDS);
    }

    private static String text(String outside, int longest) {
        String clean = Printable.of(outside);
        return clean.length() <= longest ? clean : clean.substring(0, longest);
    }
}
