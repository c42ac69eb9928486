package org.chatarchiver.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.chatarchiver.MovableClock;
import org.chatarchiver.audit.AuditAction;
import org.chatarchiver.audit.AuditChain;
import org.chatarchiver.audit.AuditCheck;
import org.chatarchiver.audit.AuditEntry;
import org.chatarchiver.audit.AuditHead;
import org.chatarchiver.audit.AuditLog;
import org.chatarchiver.audit.AuditNotes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The audit log as a chain that shows what somebody has done to it. */
class AuditChainTest {
    private final MovableClock clock = new MovableClock("2026-11-20T10:00:00.123456Z");
    private final DataSource database;
    private AnnotationConfigApplicationContext ledger;
    private JdbcTemplate jdbc;
    private AuditNotes notes;
    private AuditChain chain;
    private AuditLog log;
    private AuditCheck check;

    AuditChainTest(Database database) {
        this.database = database.empty();
    }

    @BeforeEach
    void start() {
        ledger = LedgerBeans.on(database, clock);
        jdbc = ledger.getBean(JdbcTemplate.class);
        notes = ledger.getBean(AuditNotes.class);
        chain = ledger.getBean(AuditChain.class);
        log = ledger.getBean(AuditLog.class);
        check = ledger.getBean(AuditCheck.class);
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    @LedgerTest
    void anEntryIsTheHashOfItsCanonicalJsonAndOfTheEntryBefore() throws Exception {
        notes.note(
                AuditAction.CONNECTOR_PAUSED,
                "ada",
                "wechat",
                "wechat",
                Map.of("reason", "Über \"uns\"\n", "count", 7));
        notes.note(AuditAction.REMARK, "bob", "wechat", Map.of());

        AuditHead head = chain.append();

        List<AuditEntry> newest = log.newest(AuditLog.Filter.ALL, 10, 0);
        assertThat(newest).extracting(AuditEntry::seq).containsExactly(2L, 1L);
        AuditEntry first = newest.get(1);
        String canonical = "{\"action\":\"CONNECTOR_PAUSED\",\"actor\":\"ada\",\"at\":\"2026-11-20T10:00:00.123456Z\","
                + "\"connector\":\"wechat\",\"detail\":{\"count\":7,\"reason\":\"Über \\\"uns\\\"\\n\"},\"previous\":\""
                + "0".repeat(64) + "\",\"seq\":1,\"subject\":\"wechat\"}";
        assertThat(first.hash()).isEqualTo(sha256(canonical));
        assertThat(newest.get(0).previous()).isEqualTo(first.hash());
        assertThat(head).isEqualTo(new AuditHead(2, newest.get(0).hash()));
        assertThat(check.check(List.of())).isEmpty();
    }

    @LedgerTest
    void whatIsRolledBackIsNotNoted() {
        TransactionTemplate transaction = new TransactionTemplate(ledger.getBean(PlatformTransactionManager.class));
        transaction.executeWithoutResult(status -> {
            notes.note(AuditAction.REMARK, "ada", "x", Map.of());
            status.setRollbackOnly();
        });

        assertThat(chain.append().seq()).isZero();
    }

    @LedgerTest
    void theDatabaseRefusesToChangeOrRemoveEntries() {
        remarks(1);

        assertThatThrownBy(() -> jdbc.update("update audit_entry set actor = 'eve'"))
                .hasStackTraceContaining("only ever added");
        assertThatThrownBy(() -> jdbc.update("delete from audit_entry")).hasStackTraceContaining("only ever added");
        assertThat(check.check(List.of())).isEmpty();
    }

    @LedgerTest
    void whatManyNoteAndAppendAtOnceIsInTheChainOnceEach() {
        CompletableFuture.allOf(IntStream.range(0, 8)
                        .mapToObj(one -> CompletableFuture.runAsync(() -> {
                            for (int i = 0; i < 40; i++) {
                                notes.note(AuditAction.REMARK, "user" + one, "note " + i, Map.of());
                                if (i % 10 == one) {
                                    chain.append();
                                }
                            }
                        }))
                        .toArray(CompletableFuture[]::new))
                .join();

        assertThat(chain.append().seq()).isEqualTo(320);
        assertThat(check.check(List.of())).isEmpty();
        assertThat(log.newest(new AuditLog.Filter(null, null, null, "user3", null, null), 1000, 0))
                .hasSize(40);
        assertThat(jdbc.queryForObject("select count(*) from audit_note", Long.class))
                .isZero();
    }

    @LedgerTest
    void anEntryThatWasChangedPastTheTriggerIsNamed() {
        remarks(5);
        past("update audit_entry set actor = 'eve' where seq = 3");

        assertThat(check.check(List.of())).singleElement().satisfies(found -> {
            assertThat(found.seq()).isEqualTo(3);
            assertThat(found.sentence()).isEqualTo("audit entry 3: it is not as it was written");
        });
    }

    @LedgerTest
    void anEntryThatWasMadeNoJsonIsNamed() {
        remarks(2);
        past("update audit_entry set detail = '{' where seq = 1");

        assertThat(check.check(List.of())).extracting(AuditCheck.Break::seq).containsExactly(1L);
    }

    @LedgerTest
    void anEntryThatWasRemovedIsNamed() {
        remarks(5);
        past("delete from audit_entry where seq in (2, 3)");

        assertThat(check.check(List.of()))
                .extracting(AuditCheck.Break::sentence)
                .containsExactly("audit entry 2: the entries 2 to 3 are gone");
    }

    @LedgerTest
    void anEntryThatWasPutInWithAHashOfItsOwnIsNamed() {
        remarks(3);
        past("update audit_entry set seq = 4 where seq = 3");
        past(
                "insert into audit_entry select 3, happened, actor, action, connector, 'other', detail, previous, hash from audit_entry where seq = 4");

        assertThat(check.check(List.of())).extracting(AuditCheck.Break::seq).contains(3L, 4L);
    }

    @LedgerTest
    void aTailThatWasCutOffIsNamedByTheLedgersEndAndByEndsWrittenDownElsewhere() {
        remarks(5);
        AuditHead head = chain.head();
        past("delete from audit_entry where seq > 3");

        assertThat(check.check(List.of()))
                .extracting(AuditCheck.Break::sentence)
                .singleElement()
                .asString()
                .contains("audit entry 4", "are gone");

        jdbc.update("update audit_head set seq = 3, hash = (select hash from audit_entry where seq = 3)");
        assertThat(check.check(List.of())).as("a chain by itself does not tell").isEmpty();
        assertThat(check.check(List.of(new AuditCheck.Witness("the manifest of run x", head))))
                .extracting(AuditCheck.Break::sentence)
                .containsExactly(
                        "audit entry 4: the entries from here to 5 are gone, which the manifest of run x knew of");

        remarks(2);
        assertThat(check.check(List.of(new AuditCheck.Witness("the manifest of run x", head))))
                .as("others in their place")
                .extracting(AuditCheck.Break::seq)
                .containsExactly(5L);
    }

    @LedgerTest
    void whatIsAppendedWhileTheWitnessesAreHeardIsNoGap() {
        remarks(3);

        assertThat(check.check(() -> {
                    remarks(2);
                    return List.of(new AuditCheck.Witness("a manifest that has just landed", chain.head()))
                            .iterator();
                }))
                .isEmpty();
    }

    private void remarks(int number) {
        for (int i = 0; i < number; i++) {
            clock.pass(java.time.Duration.ofSeconds(1));
            notes.note(AuditAction.REMARK, "ada", "remark " + i, Map.of());
        }
        chain.append();
    }

    /** As somebody with the database's own rights does it. */
    private void past(String change) {
        boolean embedded = jdbc.execute((java.sql.Connection connection) ->
                connection.getMetaData().getDatabaseProductName().equals("H2"));
        if (embedded) {
            jdbc.execute("drop trigger if exists audit_entry_append_only");
        } else {
            jdbc.execute("alter table audit_entry disable trigger all");
        }
        jdbc.update(change);
    }

    private static String sha256(String text) throws Exception {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    }
}
