package org.chatarchiver.console;

import java.io.IOException;
import java.io.InputStream;
import java.security.Principal;
import java.util.Optional;
import org.chatarchiver.ledger.Draft;
import org.chatarchiver.setup.DraftMapping;
import org.chatarchiver.setup.DraftMapping.Uploaded;
import org.chatarchiver.setup.DraftReview.Step;
import org.chatarchiver.setup.MailboxChecks;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** User mapping: automatic or not, a mapping file with its first rows or its bad ones, and how many of its mailboxes exist. */
@Controller
class SetupMapping {
    private static final String PROBLEM = "problem";
    private static final String PAGE = SetupFrame.PATH + "/{draft}/mapping";

    private final SetupFrame frame;
    private final DraftMapping mapping;
    private final MailboxChecks checks;

    SetupMapping(SetupFrame frame, DraftMapping mapping, MailboxChecks checks) {
        this.frame = frame;
        this.mapping = mapping;
        this.checks = checks;
    }

    /** @param check of other mailboxes that goes on, and is shown therefore; empty for none */
    @GetMapping(PAGE)
    String page(
            @PathVariable String draft,
            @RequestParam(defaultValue = "") String check,
            Model model,
            Principal administrator)
            throws IOException {
        Draft found = frame.find(draft);
        mapping.preview(found).ifPresent(preview -> model.addAttribute("preview", preview));
        model.addAttribute("own", mapping.own(found));
        model.addAttribute("inUse", mapping.inUse(found).isPresent());
        mapping.asked(found)
                .or(() -> checks.progress(check).filter(other -> other.state() == MailboxChecks.State.RUNNING))
                .ifPresent(progress -> model.addAttribute("check", progress));
        return frame.show(found, Step.MAPPING, model, administrator);
    }

    /**
     * @param csv the file that was chosen; null or empty for none
     * @param go whether to go on; else the file is looked at alone
     */
    @PostMapping(PAGE)
    String take(
            @PathVariable String draft,
            @RequestParam(required = false) MultipartFile csv,
            @RequestParam(defaultValue = "false") boolean automatic,
            @RequestParam(defaultValue = "false") boolean file,
            @RequestParam(defaultValue = "false") boolean go,
            Principal administrator,
            RedirectAttributes told)
            throws IOException {
        Draft found = frame.find(draft);
        boolean chosen = csv != null && !csv.isEmpty();
        if (!chosen && !go) {
            told.addFlashAttribute(PROBLEM, "No file came, or an empty one; choose the CSV file of the mapping.");
            return SetupFrame.to(found.id(), Step.MAPPING);
        }
        if (chosen && !upload(found, csv, administrator, told) || !go) {
            return SetupFrame.to(found.id(), Step.MAPPING);
        }
        // With the file that has just been taken, which may not go by unused.
        Optional<String> problem =
                mapping.choose(frame.find(draft), automatic, file || chosen, administrator.getName());
        problem.ifPresent(sentence -> told.addFlashAttribute(PROBLEM, sentence));
        return SetupFrame.to(found.id(), problem.isPresent() ? Step.MAPPING : Step.REVIEW);
    }

    /** @return whether it was taken */
    private boolean upload(Draft draft, MultipartFile csv, Principal administrator, RedirectAttributes told)
            throws IOException {
        Uploaded uploaded;
        try (InputStream in = csv.getInputStream()) {
            uploaded = mapping.upload(draft, in, administrator.getName());
        }
        if (uploaded instanceof Uploaded.Bad bad) {
            told.addFlashAttribute("bad", bad.preview());
        } else if (uploaded instanceof Uploaded.Taken) {
            told.addFlashAttribute("notice", "The file is good, and taken into the draft.");
        } else {
            told.addFlashAttribute(
                    PROBLEM,
                    "Somebody else has changed or finished this draft meanwhile, so the file was not taken; look at it as it is now.");
        }
        return uploaded instanceof Uploaded.Taken;
    }

    /** The mapping that the connector uses, so that it can be mended by whoever has a browser alone. */
    @GetMapping(SetupFrame.PATH + "/{draft}/mapping-in-use.csv")
    ResponseEntity<Resource> inUse(@PathVariable String draft) {
        Draft found = frame.find(draft);
        return mapping.inUse(found)
                .map(file -> SetupDone.csv(file, found.settings().connector()))
                .orElseThrow(() -> new ResponseStatusException(
                        HttpStatus.NOT_FOUND, "The connector uses no mapping file, or has taken none yet."));
    }

    @PostMapping(PAGE + "/mailboxes")
    String ask(@PathVariable String draft, Principal administrator, RedirectAttributes told) throws IOException {
        Draft found = frame.find(draft);
        Optional<MailboxChecks.Start> start = mapping.ask(found, administrator.getName());
        if (start.isEmpty()) {
            told.addFlashAttribute(PROBLEM, "There is no mapping file whose mailboxes could be asked for; upload it.");
        } else if (start.get() instanceof MailboxChecks.Start.Busy busy) {
            told.addFlashAttribute(PROBLEM, busy.sentence());
            told.addAttribute("check", busy.id());
        } else if (start.get() instanceof MailboxChecks.Start.Bad) {
            told.addFlashAttribute(PROBLEM, "The mapping file cannot be used any more; upload it again.");
        }
        return SetupFrame.to(found.id(), Step.MAPPING);
    }

    /** The part of the page that changes by itself. */
    @GetMapping(PAGE + "/mailboxes/{check}")
    String progress(@PathVariable String draft, @PathVariable String check, Model model) {
        model.addAttribute("draft", frame.find(draft));
        model.addAttribute(
                "check",
                checks.progress(check)
                        .orElseThrow(() -> new ResponseStatusException(
                                HttpStatus.NOT_FOUND, "This check is forgotten; begin it again.")));
        return "console/setup-mapping :: mailboxes";
    }

    @PostMapping(PAGE + "/mailboxes/{check}/cancel")
    String cancel(@PathVariable String draft, @PathVariable String check, RedirectAttributes told) {
        if (checks.cancel(check)) {
            told.addFlashAttribute("notice", "Exchange is asked no more.");
        }
        return SetupFrame.to(frame.find(draft).id(), Step.MAPPING);
    }
}
