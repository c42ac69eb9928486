package org.chatarchiver.ledger;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.chatarchiver.audit.AuditAction;
import org.chatarchiver.audit.AuditNotes;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Removes what a run tells as a whole once the ledger tells nothing of its pages any more: what it met again of other runs, participants
 * that were not served, and whom its pages concerned. Part by part, each in a transaction of its own: the next call goes on. Its totals
 * stay as they are.
 */
@Component
public class RunDetails {
    private static final int AT_ONCE = 5_000;

    private final JdbcClient jdbc;
    private final JdbcTemplate batch;
    private final RetentionLease lease;
    private final Unsettled unsettled;
    private final Holds holds;
    private final AuditNotes audit;
    private final Clock clock;

    RunDetails(
            JdbcClient jdbc,
            JdbcTemplate batch,
            RetentionLease lease,
            Unsettled unsettled,
            Holds holds,
            AuditNotes audit,
            Clock clock) {
        this.jdbc = jdbc;
        this.batch = batch;
        this.lease = lease;
        this.unsettled = unsettled;
        this.holds = holds;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Runs of a connector whose last page went before a time, none of which the ledger tells of any more; by id, behind {@code after}.
     */
    public List<Run> due(String connector, Instant before, int limit, String after) {
        return jdbc.sql("""
                        select r.* from run r join run_removal x on x.run = r.id
                        where r.connector = ? and r.kept = 'LEDGER' and r.id > ? and x.removed < ?
                            and not exists (select 1 from page_removal p where p.run = r.id and p.details is null)
                        order by r.connector, r.kept, r.id limit ?""")
                .params(connector, after, Sql.at(before), limit)
                .query(Runs::row)
                .list();
    }

    /** What a part has come to. */
    public enum Part {
        MORE,
        /** Nothing is left but what messages are known by. */
        DONE,
        /** It is held or needed, or met what is. */
        KEPT
    }

    /**
     * Removes a part, unless the run is held.
     *
     * @param held whether the holds in force cover the run or one of its pages
     */
    @Transactional
    public Part remove(Run run, Function<List<Hold>, Optional<Kept>> held) {
        if (!lease.lock()
                || held.apply(holds.inForce()).or(() -> unsettled.of(run)).isPresent()) {
            return Part.KEPT;
        }
        jdbc.sql("update run_removal set details = ? where run = ? and details is null")
                .params(Sql.at(clock.instant()), run.id())
                .update();
        int rows = metAgain(run.id());
        String what = "metAgain";
        if (rows == 0) {
            rows = capturesMetAgain(run.id());
            what = "capturesMetAgain";
        }
        if (rows == 0) {
            rows = notServed(run.id());
            what = "participants";
        }
        if (rows > 0) {
            note(run, Map.of(what, rows));
            return Part.MORE;
        }
        return meetsWhatIsThere(run.id()) ? Part.KEPT : done(run);
    }

    private Part done(Run run) {
        jdbc.sql("delete from page_parties where run = ?").params(run.id()).update();
        jdbc.sql("update run set kept = 'IDENTITIES' where id = ? and kept = 'LEDGER'")
                .params(run.id())
                .update();
        note(run, Map.of("kept", Removals.Keeping.IDENTITIES.name()));
        return Part.DONE;
    }

    private void note(Run run, Map<String, ?> detail) {
        audit.note(AuditAction.RETENTION_APPLIED, AuditNotes.SCHEDULE, run.connector(), run.id(), detail);
    }

    /** What was delivered, and whose page is gone: what is failed counts in the run as closed, and what can be sent again changes its totals. */
    private int metAgain(String run) {
        List<ItemKey> keys =
                jdbc.sql("""
                        select m.message, m.target from met_again m join item i on i.message = m.message and i.target = m.target
                        join page_removal p on p.run = i.run and p.page = i.page
                        where m.run = ? and p.removed is not null and i.state in ('IMPORTED', 'PARTIAL') limit ?""").params(run, AT_ONCE).query(ItemKey.class).list();
        // By their keys: H2 reads the whole table for a deletion with a sub-select.
        batch.batchUpdate(
                "delete from met_again where run = ? and message = ? and target = ?",
                keys.stream()
                        .map(key -> new Object[] {run, key.message(), key.target()})
                        .toList());
        return keys.size();
    }

    private boolean meetsWhatIsThere(String run) {
        return !jdbc.sql("""
                        select 1 from met_again m join item i on i.message = m.message and i.target = m.target
                        where m.run = ? and i.state <> 'FAILED' limit 1""").params(run).query(Integer.class).list().isEmpty();
    }

    private record CaptureMet(UUID message, String owner) {}

    private int capturesMetAgain(String run) {
        List<CaptureMet> met = jdbc.sql("select message, owner from capture_met_again where run = ? limit ?")
                .params(run, AT_ONCE)
                .query(CaptureMet.class)
                .list();
        batch.batchUpdate(
                "delete from capture_met_again where run = ? and message = ? and owner = ?",
                met.stream()
                        .map(one -> new Object[] {run, one.message(), one.owner()})
                        .toList());
        return met.size();
    }

    private record Sighted(UUID message, UUID person) {}

    private int notServed(String run) {
        List<Sighted> sighted = jdbc.sql("select message, person from not_served_message where run = ? limit ?")
                .params(run, AT_ONCE)
                .query(Sighted.class)
                .list();
        batch.batchUpdate(
                "delete from not_served_message where run = ? and message = ? and person = ?",
                sighted.stream()
                        .map(one -> new Object[] {run, one.message(), one.person()})
                        .toList());
        return sighted.size()
                + jdbc.sql("delete from not_served where run = ?").params(run).update();
    }
}
