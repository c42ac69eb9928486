package org.chatarchiver.console;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import org.chatarchiver.api.AuditController;
import org.chatarchiver.api.RemarksController;
import org.chatarchiver.audit.AuditAction;
import org.chatarchiver.audit.AuditChain;
import org.chatarchiver.audit.AuditEntry;
import org.chatarchiver.audit.AuditLog;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Who did what, and when, the newest first; and what readers want to be known of it. */
@Controller
class AuditPage implements Section {
    static final String PATH = "/console/audit";
    static final String REMARKS = PATH + "/remarks";

    private static final int LISTED = 50;

    private final AuditLog log;
    private final AuditChain chain;
    private final AuditController files;
    private final RemarksController remarks;

    AuditPage(AuditLog log, AuditChain chain, AuditController files, RemarksController remarks) {
        this.log = log;
        this.chain = chain;
        this.files = files;
        this.remarks = remarks;
    }

    @Override
    public String title() {
        return "Audit";
    }

    @Override
    public String path() {
        return PATH;
    }

    @Override
    public int place() {
        return 8;
    }

    /**
     * Which entries are shown; each empty for all.
     *
     * @param from the first day, in UTC
     * @param to the last day
     */
    record Shown(String from, String to, String action, String actor, String connector, String subject) {
        Shown {
            from = given(from);
            to = given(to);
            action = given(action);
            actor = given(actor);
            connector = given(connector);
            subject = given(subject);
        }

        private static String given(String value) {
            return value == null ? "" : value.strip();
        }

        String begin() {
            return from.isEmpty() ? "" : start(from, 0).toString();
        }

        String end() {
            return to.isEmpty() ? "" : start(to, 1).toString();
        }

        AuditLog.Filter filter() {
            return new AuditLog.Filter(
                    from.isEmpty() ? null : start(from, 0),
                    to.isEmpty() ? null : start(to, 1),
                    named(action),
                    orNull(actor),
                    orNull(connector),
                    orNull(subject));
        }

        private static String orNull(String value) {
            return value.isEmpty() ? null : value;
        }
    }

    /** The beginning of a day in UTC, so many days later. */
    static Instant start(String day, int later) {
        try {
            return LocalDate.parse(day).plusDays(later).atStartOfDay().toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            throw new ResponseStatusException(HttpStatus.BAD_REQUEST, "A day is written as 2026-11-20.");
        }
    }

    private static AuditAction named(String action) {
        return action.isEmpty()
                ? null
                : Arrays.stream(AuditAction.values())
                        .filter(known -> known.name().equals(action))
                        .findFirst()
                        .orElseThrow(() -> new ResponseStatusException(
                                HttpStatus.BAD_REQUEST, "There is no such action; choose one of the list."));
    }

    /** @param after the number of an entry, behind which the list goes on; 0 for the newest */
    @GetMapping(PATH)
    String page(@ModelAttribute("shown") Shown shown, @RequestParam(defaultValue = "0") long after, Model model) {
        chain.appendNotes();
        List<AuditEntry> entries = log.newest(shown.filter(), LISTED + 1, after);
        model.addAttribute("entries", entries.stream().limit(LISTED).toList());
        model.addAttribute(
                "next", entries.size() > LISTED ? entries.get(LISTED - 1).seq() : null);
        model.addAttribute("actions", AuditAction.values());
        model.addAttribute("longestSubject", RemarksController.LONGEST_SUBJECT);
        model.addAttribute("longestRemark", RemarksController.LONGEST_REMARK);
        return "console/audit";
    }

    @GetMapping(PATH + ".csv")
    void csv(@ModelAttribute("shown") Shown shown, HttpServletResponse response) throws IOException {
        files.csv(
                shown.begin(),
                shown.end(),
                shown.action(),
                shown.actor(),
                shown.connector(),
                shown.subject(),
                response);
    }

    @PostMapping(REMARKS)
    String remark(
            @RequestParam(defaultValue = "") String subject,
            @RequestParam(defaultValue = "") String remark,
            Principal user,
            RedirectAttributes told) {
        try {
            AuditEntry entry = remarks.add(subject, remark, user);
            told.addFlashAttribute("notice", "The remark is entry " + entry.seq() + " of the audit log, for good.");
        } catch (ErrorResponseException refused) {
            told.addFlashAttribute("problem", refused.getBody().getDetail());
        }
        return "redirect:" + PATH;
    }
}
