package org.chatarchiver.api;

import io.swagger.v3.oas.annotations.Operation;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.chatarchiver.evidence.EvidenceExport;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The evidence of a time, for whoever is to check it without the archiver. */
@RestController
public class EvidenceController {
    private static final String ZIP = "application/zip";
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("uuuuMMdd", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final EvidenceExport export;

    EvidenceController(EvidenceExport export) {
        this.export = export;
    }

    /**
     * Of the runs of whose window a part lies in the time: reports, one line for each item, the pages' digests, the audit log and its ends,
     * and a README with a program that checks all of it. As it is read; the audit log tells who has asked for it.
     */
    @Operation(summary = "A ZIP with the evidence of a time, and how to check it; no message's text is in it")
    @GetMapping("/api/evidence")
    void evidence(@RequestParam String from, @RequestParam String to, Principal user, HttpServletResponse response)
            throws IOException {
        write(AuditController.time("from", from), AuditController.time("to", to), user, response);
    }

    /** @param from null for none, which is refused */
    public void write(Instant from, Instant to, Principal user, HttpServletResponse response) throws IOException {
        if (from == null || to == null || !from.isBefore(to)) {
            throw Refusal.badRequest(
                    "The time from " + from + " to " + to + " is empty; give two times, the earlier first.");
        }
        response.setContentType(ZIP);
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                ContentDisposition.attachment()
                        .filename("evidence-" + DAY.format(from) + "-" + DAY.format(to) + ".zip")
                        .build()
                        .toString());
        export.write(from, to, user.getName(), response.getOutputStream());
    }
}
