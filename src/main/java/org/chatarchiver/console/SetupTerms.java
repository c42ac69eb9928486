package org.chatarchiver.console;

import java.security.Principal;
import org.chatarchiver.ledger.Draft;
import org.chatarchiver.setup.DraftReview.Step;
import org.chatarchiver.setup.Terms;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The terms of service: shown whole, accepted once by everybody who sets connectors up, and again when they have changed. */
@Controller
class SetupTerms {
    private final SetupFrame frame;
    private final Terms terms;

    SetupTerms(SetupFrame frame, Terms terms) {
        this.frame = frame;
        this.terms = terms;
    }

    @GetMapping(SetupFrame.PATH + "/{draft}/terms")
    String page(@PathVariable String draft, Model model, Principal administrator) {
        model.addAttribute("terms", terms.current());
        terms.acceptedBy(administrator.getName()).ifPresent(one -> model.addAttribute("accepted", one));
        return frame.show(frame.find(draft), Step.TERMS, model, administrator);
    }

    @PostMapping(SetupFrame.PATH + "/{draft}/terms")
    String accept(
            @PathVariable String draft,
            @RequestParam(defaultValue = "") String sha256,
            @RequestParam(defaultValue = "false") boolean accepted,
            Principal administrator,
            RedirectAttributes told) {
        Draft found = frame.find(draft);
        if (!accepted) {
            told.addFlashAttribute("problem", "Tick that you accept the terms; without that no connector is set up.");
            return SetupFrame.to(found.id(), Step.TERMS);
        }
        if (terms.accept(administrator.getName(), sha256) instanceof Terms.Outcome.Changed) {
            told.addFlashAttribute(
                    "problem", "The terms have changed since you opened this page; read them as they are now.");
            return SetupFrame.to(found.id(), Step.TERMS);
        }
        return SetupFrame.to(found.id(), found.replaces() == null ? Step.LOGIN : Step.REVIEW);
    }
}
