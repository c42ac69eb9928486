package org.chatarchiver.ledger;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.chatarchiver.audit.AuditAction;
import org.chatarchiver.audit.AuditNotes;
import org.springframework.stereotype.Component;

/** What the audit log is told of runs, in the transactions that change them. */
@Component
class RunAudit {
    private final AuditNotes notes;
    private final RunTotals totals;

    RunAudit(AuditNotes notes, RunTotals totals) {
        this.notes = notes;
        this.totals = totals;
    }

    /** @param by null where nobody asked for it */
    void opened(Run run, String by) {
        String actor = run.cause() == Run.Cause.SCHEDULE ? AuditNotes.SCHEDULE : AuditNotes.ARCHIVER;
        note(AuditAction.RUN_OPENED, by == null ? actor : by, run, window(run));
    }

    void ended(Run run) {
        Map<String, Object> detail = window(run);
        detail.put("state", run.state().name());
        detail.put("reason", run.reason() == null ? "" : run.reason().name());
        if (run.totalCount() != null) {
            detail.put("totalCount", run.totalCount());
        }
        Tally tally = totals.of(List.of(run.id())).get(run.id());
        detail.put("imported", tally.imported);
        detail.put("partial", tally.partial);
        detail.put("skipped", tally.skipped);
        detail.put(
                "failed",
                tally.failed.values().stream().mapToLong(Long::longValue).sum());
        note(AuditAction.RUN_ENDED, AuditNotes.ARCHIVER, run, detail);
    }

    /** @param why empty where it was not said */
    void accepted(Run run, String administrator, String why) {
        note(AuditAction.RUN_ACCEPTED, administrator, run, window(run, why));
    }

    /** @param why empty where it was not said */
    void cancelled(Run run, String administrator, String why) {
        note(AuditAction.RUN_CANCELLED, administrator, run, window(run, why));
    }

    /** @param why empty where it was not said */
    void replayed(Run run, String administrator, String why) {
        note(AuditAction.RUN_REPLAYED, administrator, run, window(run, why));
    }

    private void note(AuditAction action, String actor, Run run, Map<String, ?> detail) {
        notes.note(action, actor, run.connector(), run.id(), detail);
    }

    private static Map<String, Object> window(Run run, String why) {
        Map<String, Object> detail = window(run);
        if (!why.isEmpty()) {
            detail.put("reason", why);
        }
        return detail;
    }

    private static Map<String, Object> window(Run run) {
        Map<String, Object> detail = new LinkedHashMap<>();
        detail.put("cause", run.cause().name());
        detail.put("from", run.from().toString());
        detail.put("to", run.to().toString());
        if (run.dry()) {
            detail.put("dryRun", true);
        }
        return detail;
    }
}
