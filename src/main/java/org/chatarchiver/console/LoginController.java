package org.chatarchiver.console;

import jakarta.servlet.http.HttpServletRequest;
import org.chatarchiver.security.SessionDoor;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestParam;

/** The pages of the door: the form to log in by, from which those who have are sent on, and the step over the threshold. */
@Controller
class LoginController {
    /** The parameter that is there behind a log-out. */
    static final String LEFT = "left";

    private final LoginForm form;

    LoginController(LoginForm form) {
        this.form = form;
    }

    @GetMapping(SessionDoor.LOGIN)
    String form(
            HttpServletRequest request,
            @RequestParam(name = SessionDoor.ENDED, required = false) String ended,
            @RequestParam(name = LEFT, required = false) String left,
            @ModelAttribute(name = "shell", binding = false) Shell shell,
            Model model) {
        if (!shell.user().isEmpty()) {
            return "redirect:" + LoginForm.wanted(request);
        }
        model.addAllAttributes(form.model(request, ""));
        if (ended != null) {
            model.addAttribute("notice", "Your session has ended. Log in to go on.");
        } else if (left != null) {
            String elsewhere = form.ways().isEmpty() ? "" : " Where you logged in elsewhere for it, you still are.";
            model.addAttribute("notice", "You have logged out, here and of Hawtio." + elsewhere);
        }
        return ConsolePages.LOGIN;
    }

    /** A page of ours that leads on: the browser then asks as from us, and sends the session's cookie, which it does not from another site's page. */
    @GetMapping(SessionDoor.ONWARD)
    String onward(HttpServletRequest request, Model model) {
        model.addAttribute("to", LoginForm.wanted(request));
        return "console/onward";
    }

    @GetMapping({"/", "/console", "/console/"})
    String first() {
        return "redirect:" + Wanted.FIRST;
    }
}
