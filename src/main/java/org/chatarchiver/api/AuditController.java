package org.chatarchiver.api;

import io.swagger.v3.oas.annotations.Operation;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.constraints.PositiveOrZero;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import org.chatarchiver.audit.AuditAction;
import org.chatarchiver.audit.AuditChain;
import org.chatarchiver.audit.AuditEntry;
import org.chatarchiver.audit.AuditLog;
import org.chatarchiver.message.Csv;
import org.chatarchiver.message.Printable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The audit log: who did what, and when. */
@RestController
public class AuditController {
    private static final MediaType CSV = new MediaType("text", "csv", StandardCharsets.UTF_8);

    private final AuditLog log;
    private final AuditChain chain;

    AuditController(AuditLog log, AuditChain chain) {
        this.log = log;
        this.chain = chain;
    }

    /** Newest first. An entry without its hash, as canonical JSON (RFC 8785), has that hash: whoever has the entries can check it. */
    @Operation(summary = "The audit log, newest first: who did what, and when")
    @GetMapping("/api/audit")
    Listing<AuditEntry> list(
            @RequestParam(defaultValue = "") String from,
            @RequestParam(defaultValue = "") String to,
            @RequestParam(defaultValue = "") String action,
            @RequestParam(defaultValue = "") String actor,
            @RequestParam(defaultValue = "") String connector,
            @RequestParam(defaultValue = "") String subject,
            @RequestParam(defaultValue = "100") @Limit int limit,
            @RequestParam(defaultValue = "0") @PositiveOrZero long after) {
        chain.appendNotes();
        return Listing.of(
                log.newest(filter(from, to, action, actor, connector, subject), Listing.rows(limit), after),
                limit,
                entry -> entry,
                AuditEntry::seq);
    }

    /** All that match, oldest first, as it is read. */
    @Operation(summary = "The audit log as CSV, oldest first")
    @GetMapping("/api/audit.csv")
    public void csv(
            @RequestParam(defaultValue = "") String from,
            @RequestParam(defaultValue = "") String to,
            @RequestParam(defaultValue = "") String action,
            @RequestParam(defaultValue = "") String actor,
            @RequestParam(defaultValue = "") String connector,
            @RequestParam(defaultValue = "") String subject,
            HttpServletResponse response)
            throws IOException {
        AuditLog.Filter filter = filter(from, to, action, actor, connector, subject);
        chain.appendNotes();
        response.setContentType(CSV.toString());
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                ContentDisposition.attachment().filename("audit.csv").build().toString());
        Writer lines = response.getWriter();
        lines.write(Csv.BEGIN);
        lines.write(Csv.line("seq", "at", "actor", "action", "connector", "subject", "detail", "previous", "hash"));
        try {
            log.each(filter, entry -> write(lines, entry));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static void write(Writer lines, AuditEntry entry) {
        try {
            lines.write(Csv.line(
                    entry.seq(),
                    entry.at(),
                    entry.actor(),
                    entry.action(),
                    entry.connector(),
                    entry.subject(),
                    entry.detail(),
                    entry.previous(),
                    entry.hash()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static AuditLog.Filter filter(
            String from, String to, String action, String actor, String connector, String subject) {
        return new AuditLog.Filter(
                time("from", from), time("to", to), action(action), given(actor), given(connector), given(subject));
    }

    private static String given(String value) {
        return value.isEmpty() ? null : value;
    }

    static Instant time(String name, String value) {
        try {
            return value.isEmpty() ? null : OffsetDateTime.parse(value).toInstant();
        } catch (DateTimeException e) {
            throw Refusal.badRequest("The parameter " + name + " is " + Printable.quoted(value)
                    + ", which is no ISO 8601 time with an offset, such as 2026-11-20T00:00:00Z.");
        }
    }

    private static AuditAction action(String name) {
        return name.isEmpty()
                ? null
                : Arrays.stream(AuditAction.values())
                        .filter(action -> action.name().equals(name))
                        .findFirst()
                        .orElseThrow(() -> Refusal.badRequest("The parameter action is " + Printable.quoted(name)
                                + ", which is none of " + Arrays.toString(AuditAction.values()) + "."));
    }
}
