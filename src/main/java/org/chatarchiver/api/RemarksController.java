package org.chatarchiver.api;

import io.swagger.v3.oas.annotations.Operation;
import java.security.Principal;
import java.util.Map;
import org.chatarchiver.audit.AuditAction;
import org.chatarchiver.audit.AuditChain;
import org.chatarchiver.audit.AuditEntry;
import org.chatarchiver.audit.AuditLog;
import org.chatarchiver.audit.AuditNotes;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What people want to be known of what the audit log tells. A remark is an entry like any other: never changed, never removed. */
@RestController
public class RemarksController {
    public static final int LONGEST_SUBJECT = 300;
    public static final int LONGEST_REMARK = 1_000;

    private final AuditNotes notes;
    private final AuditChain chain;
    private final AuditLog log;

    RemarksController(AuditNotes notes, AuditChain chain, AuditLog log) {
        this.notes = notes;
        this.chain = chain;
        this.log = log;
    }

    /**
     * @param subject what it is about: a run, a page as {@code <run>/<number>}, the number of an entry of the log, or anything else
     * @param remark one line of plain text
     */
    record Remark(String subject, String remark) {}

    /** Whoever may read the audit log may add to it. */
    @Operation(summary = "Adds a remark to the audit log, for good")
    @Refuses(status = HttpStatus.FORBIDDEN, when = "the user has no role, or another site has asked")
    @ResponseStatus(HttpStatus.CREATED)
    @PostMapping("/api/audit/remarks")
    AuditEntry remark(@RequestBody Remark remark, Principal user) {
        return add(remark.subject(), remark.remark(), user);
    }

    /** @throws org.springframework.web.ErrorResponseException a problem detail (RFC 9457) if one is empty, too long, or more than a line */
    public AuditEntry add(String subject, String remark, Principal user) {
        String about = PlainReason.of("subject", subject, LONGEST_SUBJECT, "what the remark is about");
        String text = PlainReason.of("remark", remark, LONGEST_REMARK, "what is to be known");
        notes.note(AuditAction.REMARK, user.getName(), about, Map.of("remark", text));
        chain.append();
        return log.newest(new AuditLog.Filter(null, null, AuditAction.REMARK, user.getName(), null, about), 1, 0)
                .get(0);
    }
}
