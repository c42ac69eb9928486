package org.chatarchiver.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.chatarchiver.audit.AuditAction;
import org.chatarchiver.audit.AuditNotes;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Who has accepted which terms of service, and when. Rows are only ever added; of each text one copy is kept. */
@Component
public class TermsAcceptances {
    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_VERSION = 100;

    private final JdbcClient jdbc;
    private final AuditNotes audit;
    private final Clock clock;

    TermsAcceptances(JdbcClient jdbc, AuditNotes audit, Clock clock) {
        this.jdbc = jdbc;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * One of them.
     *
     * @param sha256 of the text, lower-case hex
     * @param by the user's name
     */
    public record Entry(String version, String sha256, String by, Instant at) {}

    /** The latest of this user for the text of this digest. */
    public Optional<Entry> find(String user, String sha256) {
        return jdbc.sql("""
                        select t.version, t.sha256, a.accepted, a.accepted_by from terms_acceptance a join terms t on t.sha256 = a.terms
                        where a.accepted_by = ? and a.terms = ? order by a.id desc limit 1""")
                .params(Sql.text(user, LONGEST_NAME), sha256)
                .query((ResultSet row, int number) -> entry(row))
                .optional();
    }

    /**
     * Records that the user accepts the text, unless that is recorded.
     *
     * @param sha256 of the text's UTF-8, lower-case hex
     * @param text at most 65,536 characters, without NUL
     */
    @Transactional
    public Entry accept(String user, String version, String sha256, String text) {
        jdbc.sql("insert into terms (sha256, version, text) values (?, ?, ?) on conflict do nothing")
                .params(sha256, Sql.text(version, LONGEST_VERSION), text)
                .update();
        // Locked, or a double click would be two acceptances.
        jdbc.sql("select sha256 from terms where sha256 = ? for update")
                .params(sha256)
                .query(String.class)
                .single();
        return find(user, sha256).orElseGet(() -> {
            jdbc.sql("insert into terms_acceptance (terms, accepted, accepted_by) values (?, ?, ?)")
                    .params(sha256, Sql.at(clock.instant()), Sql.text(user, LONGEST_NAME))
                    .update();
            audit.note(AuditAction.TERMS_ACCEPTED, user, sha256, Map.of("version", Sql.text(version, LONGEST_VERSION)));
            return find(user, sha256).orElseThrow();
        });
    }

    private static Entry entry(ResultSet row) throws SQLException {
        return new Entry(
                row.getString("version"),
                row.getString("sha256"),
                row.getString("accepted_by"),
                Sql.at(row, "accepted"));
    }
}
