package org.chatarchiver.console;

import java.security.Principal;
import java.util.Optional;
import org.chatarchiver.ledger.Draft;
import org.chatarchiver.setup.DraftLogin;
import org.chatarchiver.setup.DraftReview.Step;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The log-in to TeleMessage, which is asked at once. What was typed is shown again where it is refused, but never the password. */
@Controller
class SetupLogin {
    private final SetupFrame frame;
    private final DraftLogin login;

    SetupLogin(SetupFrame frame, DraftLogin login) {
        this.frame = frame;
        this.login = login;
    }

    @GetMapping(SetupFrame.PATH + "/{draft}/login")
    String page(@PathVariable String draft, Model model, Principal administrator) {
        Draft found = frame.find(draft);
        model.addAttribute("known", login.hasPassword(found));
        if (!model.containsAttribute("username")) {
            model.addAttribute("username", found.settings().username());
        }
        return frame.show(found, Step.LOGIN, model, administrator);
    }

    @PostMapping(SetupFrame.PATH + "/{draft}/login")
    String check(
            @PathVariable String draft,
            @RequestParam(defaultValue = "") String username,
            @RequestParam(defaultValue = "") String password,
            Principal administrator,
            RedirectAttributes told) {
        Draft found = frame.find(draft);
        Optional<String> problem = login.check(found, username.strip(), password, administrator.getName());
        if (problem.isPresent()) {
            told.addFlashAttribute("problem", problem.get());
            told.addFlashAttribute("username", username.strip());
            return SetupFrame.to(found.id(), Step.LOGIN);
        }
        told.addFlashAttribute("notice", "TeleMessage takes the log-in.");
        return SetupFrame.to(found.id(), found.replaces() == null ? Step.MAPPING : Step.REVIEW);
    }
}
