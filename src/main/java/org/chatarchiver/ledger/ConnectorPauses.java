package org.chatarchiver.ledger;

import java.sql.ResultSet;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import org.chatarchiver.audit.AuditAction;
import org.chatarchiver.audit.AuditNotes;
import org.chatarchiver.message.Printable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Connectors for which nothing is collected until somebody resumes them. No run of theirs begins or is taken up, whichever archiver would;
 * the time is the database's, so that it is one for all of them.
 */
@Component
public class ConnectorPauses {
    /** Of a reason, in UTF-16 units. */
    public static final int LONGEST_REASON = 500;

    private static final int LONGEST_NAME = 200;

    private final JdbcClient jdbc;
    private final AuditNotes audit;

    ConnectorPauses(JdbcClient jdbc, AuditNotes audit) {
        this.jdbc = jdbc;
        this.audit = audit;
    }

    /**
     * @param by who wished it
     * @param at since when
     * @param reason in his words
     */
    public record Pause(String by, Instant at, String reason) {
        /** For a sentence or a line of the log: {@code paused by 'ada' since 2026-11-20T10:00:00Z ('The feed moves')}. */
        public String words() {
            return "paused by " + Printable.quoted(by) + " since " + at.truncatedTo(ChronoUnit.SECONDS) + " ("
                    + Printable.quoted(reason) + ")";
        }
    }

    /** The pause in force; empty for none. */
    public Optional<Pause> of(String connector) {
        return jdbc.sql(
                        "select paused_by, paused_at, pause_reason from connector where id = ? and paused_at is not null")
                .params(connector)
                .query((ResultSet row, int number) ->
                        new Pause(row.getString("paused_by"), Sql.at(row, "paused_at"), row.getString("pause_reason")))
                .optional();
    }

    /** @return false, and nothing changed, where it is paused already */
    @Transactional
    public boolean pause(String connector, String by, String reason) {
        jdbc.sql("insert into connector (id) values (?) on conflict do nothing")
                .params(connector)
                .update();
        boolean paused = jdbc.sql(
                                "update connector set paused_at = current_timestamp, paused_by = ?, pause_reason = ? where id = ? and paused_at is null")
                        .params(Sql.text(by, LONGEST_NAME), Sql.text(reason, LONGEST_REASON), connector)
                        .update()
                == 1;
        if (paused) {
            audit.note(AuditAction.CONNECTOR_PAUSED, by, connector, connector, Map.of("reason", reason));
        }
        return paused;
    }

    /** @return false, and nothing changed, where it is not paused */
    @Transactional
    public boolean resume(String connector, String by) {
        boolean resumed = jdbc.sql(
                                "update connector set paused_at = null, paused_by = null, pause_reason = null where id = ? and paused_at is not null")
                        .params(connector)
                        .update()
                == 1;
        if (resumed) {
            audit.note(AuditAction.CONNECTOR_RESUMED, by, connector, connector, Map.of());
        }
        return resumed;
    }
}
