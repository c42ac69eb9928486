package org.chatarchiver.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.chatarchiver.audit.AuditAction;
import org.chatarchiver.audit.AuditNotes;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Holds that administrators have set. Each stays for ever, with who has set it, when and why, and who has lifted it; several on one
 * subject stand each by itself.
 */
@Component
public class Holds {
    /** Of a reason, in characters. */
    public static final int LONGEST_REASON = 500;

    /** Of a subject, in characters. */
    public static final int LONGEST_SUBJECT = 1000;

    private static final int LONGEST_NAME = 200;

    private final JdbcClient jdbc;
    private final RetentionLease lease;
    private final AuditNotes audit;
    private final Clock clock;

    Holds(JdbcClient jdbc, RetentionLease lease, AuditNotes audit, Clock clock) {
        this.jdbc = jdbc;
        this.lease = lease;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Sets one, in force when this returns.
     *
     * @param subject at most {@value #LONGEST_SUBJECT} characters
     * @param reason not empty, at most {@value #LONGEST_REASON} characters
     */
    @Transactional
    public Hold set(Hold.Kind kind, String subject, String administrator, String reason) {
        lease.lock();
        jdbc.sql("insert into hold (kind, subject, reason, held, held_by) values (?, ?, ?, ?, ?)")
                .params(
                        kind.name(),
                        Sql.text(subject, LONGEST_SUBJECT),
                        Sql.text(reason, LONGEST_REASON),
                        Sql.at(clock.instant()),
                        Sql.text(administrator, LONGEST_NAME))
                .update();
        Hold hold = jdbc.sql("select * from hold where kind = ? and subject = ? order by id desc limit 1")
                .params(kind.name(), Sql.text(subject, LONGEST_SUBJECT))
                .query(Holds::row)
                .single();
        note(AuditAction.HOLD_SET, hold, administrator, reason);
        return hold;
    }

    /**
     * Lifts one; what is lifted already stays as it is.
     *
     * @param why not empty, at most {@value #LONGEST_REASON} characters
     * @return whether it is this call's doing
     */
    @Transactional
    public boolean lift(long id, String administrator, String why) {
        boolean lifted =
                jdbc.sql("update hold set lifted = ?, lifted_by = ?, lifted_why = ? where id = ? and lifted is null")
                                .params(
                                        Sql.at(clock.instant()),
                                        Sql.text(administrator, LONGEST_NAME),
                                        Sql.text(why, LONGEST_REASON),
                                        id)
                                .update()
                        == 1;
        if (lifted) {
            note(AuditAction.HOLD_LIFTED, find(id).orElseThrow(), administrator, why);
        }
        return lifted;
    }

    private void note(AuditAction action, Hold hold, String administrator, String reason) {
        audit.note(
                action,
                administrator,
                hold.kind() + " " + hold.subject(),
                Map.of("hold", hold.id(), "reason", Sql.text(reason, LONGEST_REASON)));
    }

    public Optional<Hold> find(long id) {
        return jdbc.sql("select * from hold where id = ?")
                .params(id)
                .query(Holds::row)
                .optional();
    }

    /** All that are in force. */
    public List<Hold> inForce() {
        return jdbc.sql("select * from hold where lifted is null order by id")
                .query(Holds::row)
                .list();
    }

    /**
     * Oldest first, behind the hold {@code after}.
     *
     * @param lifted those that are, or those in force
     */
    public List<Hold> list(boolean lifted, int limit, long after) {
        return jdbc.sql("select * from hold where lifted is " + (lifted ? "not " : "")
                        + "null and id > ? order by id limit ?")
                .params(after, limit)
                .query(Holds::row)
                .list();
    }

    private static Hold row(ResultSet row, int number) throws SQLException {
        Instant lifted = Sql.at(row, "lifted");
        return new Hold(
                row.getLong("id"),
                Hold.Kind.valueOf(row.getString("kind")),
                row.getString("subject"),
                row.getString("reason"),
                Sql.at(row, "held"),
                row.getString("held_by"),
                lifted == null
                        ? null
                        : new Hold.Lifting(lifted, row.getString("lifted_by"), row.getString("lifted_why")));
    }
}
