package org.chatarchiver.ledger;

import java.sql.ResultSet;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.chatarchiver.audit.AuditAction;
import org.chatarchiver.audit.AuditNotes;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What was last said of each cause of alerts. Written when a mail has gone out: one may go out twice, but none is left out. */
@Component
public class AlertLog {
    private final JdbcClient jdbc;
    private final AuditNotes audit;
    private final Clock clock;

    AlertLog(JdbcClient jdbc, AuditNotes audit, Clock clock) {
        this.jdbc = jdbc;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * @param sent when the last mail went out
     * @param covered what happened later has not been told
     * @param subjects digest of what the mail named, lower-case hex SHA-256
     */
    public record Said(Instant sent, Instant covered, String subjects) {}

    public Optional<Said> last(String cause) {
        return jdbc.sql("select sent, covered, subjects from alert where cause = ?")
                .params(cause)
                .query((ResultSet row, int number) ->
                        new Said(Sql.at(row, "sent"), Sql.at(row, "covered"), row.getString("subjects")))
                .optional();
    }

    @Transactional
    public void said(String cause, Instant covered, String subjects) {
        jdbc.sql("insert into alert (cause, sent, covered, subjects) values (?, ?, ?, ?) on conflict do nothing")
                .params(cause, Sql.at(clock.instant()), Sql.at(covered), subjects)
                .update();
        jdbc.sql("update alert set sent = ?, covered = ?, subjects = ? where cause = ?")
                .params(Sql.at(clock.instant()), Sql.at(covered), subjects, cause)
                .update();
        audit.note(
                AuditAction.ALERT_SENT,
                AuditNotes.ARCHIVER,
                cause,
                Map.of("covered", covered.toString(), "subjects", subjects));
    }
}
