package org.chatarchiver.console;

import org.chatarchiver.security.SessionDoor;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestParam;

/** The form to log in by. Who has done so is sent on. */
@Controller
class LoginController {
    /** The parameter that is there behind a log-out. */
    static final String LEFT = "left";

    @GetMapping(SessionDoor.LOGIN)
    String form(
            @RequestParam(name = SessionDoor.WANTED, required = false) String wanted,
            @RequestParam(name = SessionDoor.ENDED, required = false) String ended,
            @RequestParam(name = LEFT, required = false) String left,
            @ModelAttribute(name = "shell", binding = false) Shell shell,
            Model model) {
        String to = Wanted.of(wanted);
        if (!shell.user().isEmpty()) {
            return "redirect:" + to;
        }
        model.addAttribute("to", to);
        model.addAttribute("name", "");
        if (ended != null) {
            model.addAttribute("notice", "Your session has ended. Log in to go on.");
        } else if (left != null) {
            model.addAttribute("notice", "You have logged out, here and of Hawtio.");
        }
        return ConsolePages.LOGIN;
    }

    @GetMapping({"/", "/console", "/console/"})
    String first() {
        return "redirect:" + Wanted.FIRST;
    }
}
