package org.chatarchiver.ledger;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.chatarchiver.audit.AuditAction;
import org.chatarchiver.audit.AuditNotes;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** What the audit log is told of pages: one entry when one lands, and one each time that its work ends. */
@Component
class PageAudit {
    private final AuditNotes notes;
    private final JdbcTemplate jdbc;

    PageAudit(AuditNotes notes, JdbcTemplate jdbc) {
        this.notes = notes;
        this.jdbc = jdbc;
    }

    void landed(Page page) {
        note(AuditAction.PAGE_LANDED, page, landing(page));
    }

    /** One that lay in the landing zone, its archiver having died before it could record it. It may have another number than its file. */
    void adopted(Page page) {
        Map<String, Object> detail = landing(page);
        detail.put("adopted", true);
        note(AuditAction.PAGE_LANDED, page, detail);
    }

    private static Map<String, Object> landing(Page page) {
        Map<String, Object> detail = digest(page);
        detail.put("path", page.path());
        detail.put("size", page.size());
        detail.put("messages", page.messages());
        return detail;
    }

    /** With the items of it by their state as of now; told before the page is done, so that a kill between the two tells it again. */
    void delivered(Page page) {
        Map<String, Object> detail = digest(page);
        jdbc.query(
                "select state, count(*) as number from item where run = ? and page = ? group by state",
                row -> {
                    detail.put(row.getString("state").toLowerCase(Locale.ROOT), row.getLong("number"));
                },
                page.run(),
                page.number());
        note(AuditAction.PAGE_DELIVERED, page, detail);
    }

    private static Map<String, Object> digest(Page page) {
        Map<String, Object> detail = new LinkedHashMap<>();
        detail.put("sha256", page.sha256());
        return detail;
    }

    private void note(AuditAction action, Page page, Map<String, ?> detail) {
        String connector = jdbc.queryForObject("select connector from run where id = ?", String.class, page.run());
        notes.note(action, AuditNotes.ARCHIVER, connector, page.run() + "/" + page.number(), detail);
    }
}
