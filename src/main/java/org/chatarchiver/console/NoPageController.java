package org.chatarchiver.console;

import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;

/** Says that there is nothing where no other controller has a page. */
@Controller
class NoPageController {
    @RequestMapping("/console/{page:(?!static$).+}/**")
    @ResponseStatus(HttpStatus.NOT_FOUND)
    String none(Model model) {
        model.addAllAttributes(ConsolePages.model(
                HttpStatus.NOT_FOUND, "The address is wrong, or what it names has been removed since."));
        return ConsolePages.ERROR;
    }
}
