package org.chatarchiver.audit;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Appends notes to the chain. One row stands for its end and is locked by who appends, so that archivers on one database append one after
 * the other. A kill leaves the chain as it was, and the notes where they are.
 */
@Component("auditChain")
public class AuditChain {
    private static final int AT_ONCE = 500;

    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;

    AuditChain(JdbcTemplate jdbc, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
        transaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    private record Note(
            long id,
            OffsetDateTime happened,
            String actor,
            String action,
            String connector,
            String subject,
            String detail) {}

    /**
     * Appends all that has been noted and committed.
     *
     * @return the end of the chain then
     */
    public AuditHead append() {
        AuditHead head = null;
        while (head == null || waits()) {
            head = transaction.execute(status -> appendSome());
        }
        return head;
    }

    /** As {@link #append()} where there is something, without a lock where there is not. */
    public void appendNotes() {
        if (waits()) {
            append();
        }
    }

    /** The end of the chain as it is now. */
    public AuditHead head() {
        return jdbc.queryForObject("select seq, hash from audit_head where id = 1", AuditChain::head);
    }

    private static AuditHead head(ResultSet row, int number) throws SQLException {
        return new AuditHead(row.getLong("seq"), row.getString("hash"));
    }

    private boolean waits() {
        return Boolean.TRUE.equals(jdbc.queryForObject("select exists (select 1 from audit_note)", Boolean.class));
    }

    private AuditHead appendSome() {
        AuditHead head =
                jdbc.queryForObject("select seq, hash from audit_head where id = 1 for update", AuditChain::head);
        List<Note> notes = jdbc.query(
                "select id, happened, actor, action, connector, subject, detail from audit_note order by id limit ?",
                AuditChain::note,
                AT_ONCE);
        if (notes.isEmpty()) {
            return head;
        }
        List<Object[]> rows = new ArrayList<>();
        for (Note note : notes) {
            long seq = head.seq() + 1;
            Instant at = note.happened().toInstant();
            String hash = AuditEntry.hash(
                    seq, at, note.actor(), note.action(), note.connector(), note.subject(), note.detail(), head.hash());
            rows.add(new Object[] {
                seq,
                note.happened(),
                note.actor(),
                note.action(),
                note.connector(),
                note.subject(),
                note.detail(),
                head.hash(),
                hash
            });
            head = new AuditHead(seq, hash);
        }
        insert(rows);
        remove(notes);
        move(head);
        return head;
    }

    private void insert(List<Object[]> rows) {
        jdbc.batchUpdate(
                "insert into audit_entry (seq, happened, actor, action, connector, subject, detail, previous, hash) values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                rows);
    }

    private void remove(List<Note> notes) {
        jdbc.batchUpdate(
                "delete from audit_note where id = ?",
                notes.stream().map(note -> new Object[] {note.id()}).toList());
    }

    private void move(AuditHead head) {
        jdbc.update("update audit_head set seq = ?, hash = ? where id = 1", head.seq(), head.hash());
    }

    private static Note note(ResultSet row, int number) throws SQLException {
        return new Note(
                row.getLong("id"),
                row.getObject("happened", OffsetDateTime.class),
                row.getString("actor"),
                row.getString("action"),
                row.getString("connector"),
                row.getString("subject"),
                row.getString("detail"));
    }
}
