package org.chatarchiver.console;

import jakarta.servlet.http.HttpServletResponse;
import java.security.Principal;
import java.util.List;
import java.util.Optional;
import org.chatarchiver.api.RunViews;
import org.chatarchiver.ledger.Difference;
import org.chatarchiver.ledger.Verifications;
import org.chatarchiver.ledger.Verifications.Progress;
import org.chatarchiver.ledger.Verifications.Verified;
import org.chatarchiver.verify.Verifying;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What the last verification of a run has found, or how far it is. */
@Controller
class VerifyPage {
    private static final String PATH = RunPage.PATH + "/{run}/verify";

    private final RunViews views;
    private final Verifying verifying;
    private final Verifications verifications;

    VerifyPage(RunViews views, Verifying verifying, Verifications verifications) {
        this.views = views;
        this.verifying = verifying;
        this.verifications = verifications;
    }

    /**
     * A verification, as the page shows it.
     *
     * @param atWork whether it goes on at this moment
     */
    record Shown(Verified verified, boolean atWork, List<Difference> differences) {
        public String rhythm() {
            return Moving.RHYTHM;
        }

        public boolean same() {
            return ended() && verified.kinds().isEmpty();
        }

        /** It has come to its end. */
        public boolean ended() {
            return verified.ended() != null && verified.problem() == null;
        }

        /** It goes on by itself soon, since its archiver was stopped or killed. */
        public boolean waits() {
            return verified.ended() == null && !atWork;
        }

        public long all() {
            return verified.kinds().values().stream().mapToLong(Long::longValue).sum();
        }

        /** Steps of it: a folder and a page are one each. */
        public int steps() {
            return verified.progress().mailboxes() + verified.progress().pages();
        }

        public int done() {
            return verified.progress().mailboxesDone() + verified.progress().pagesDone();
        }

        public String counts() {
            Words words = new Words();
            Progress progress = verified.progress();
            return words.number(progress.mailboxesDone()) + " of "
                    + (progress.mailboxes() == 0 ? "all folders" : words.count(progress.mailboxes(), "folder"))
                    + " read through, " + words.number(progress.pagesDone()) + " of "
                    + words.count(progress.pages(), "page") + " and " + words.number(progress.itemsDone()) + " of "
                    + words.count(progress.items(), "item") + " verified.";
        }
    }

    @GetMapping(PATH)
    String page(@PathVariable String run, Model model) {
        model.addAttribute("run", RunPage.known(views, run));
        model.addAttribute("shown", shown(run).orElse(null));
        return "console/verify";
    }

    /** How far it is; at its end the whole page is to be asked for again. */
    @GetMapping(PATH + "/live")
    String live(@PathVariable String run, Model model, HttpServletResponse response) {
        Shown shown = shown(run)
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND, "The run was never verified."));
        if (shown.verified().ended() != null) {
            response.setHeader("HX-Refresh", "true");
        }
        model.addAttribute("shown", shown);
        return "console/verify :: live";
    }

    private Optional<Shown> shown(String run) {
        return verifying
                .latest(run)
                .map(latest ->
                        new Shown(latest.verified(), latest.atWork(), verifications.differences(latest.verified())));
    }

    @PostMapping(PATH)
    String verify(@PathVariable String run, Principal administrator, RedirectAttributes told) {
        Verifying.Answer answer = verifying.start(run, administrator.getName());
        if (answer instanceof Verifying.Answer.UnknownRun) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND, "There is no such run.");
        }
        if (answer instanceof Verifying.Answer.Refused refused) {
            told.addFlashAttribute("problem", refused.sentence() + ".");
        }
        return "redirect:" + RunPage.PATH + "/" + run + "/verify";
    }
}
