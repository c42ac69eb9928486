package org.chatarchiver.console;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/** Gives every page what stands around it. */
@ControllerAdvice(basePackageClasses = ShellAdvice.class)
class ShellAdvice {
    private final Shells shells;

    ShellAdvice(Shells shells) {
        this.shells = shells;
    }

    @ModelAttribute("shell")
    Shell shell(HttpServletRequest request) {
        return shells.of(request);
    }
}
