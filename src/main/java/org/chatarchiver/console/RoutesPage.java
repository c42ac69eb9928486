package org.chatarchiver.console;

import org.chatarchiver.routing.RouteStates;
import org.chatarchiver.routing.StoppedRoutes;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** The route files: what has become of each, and what is wrong. */
@Controller
class RoutesPage implements Section {
    private static final String PATH = "/console/routes";

    private final RouteStates states;
    private final StoppedRoutes stopped;

    RoutesPage(RouteStates states, StoppedRoutes stopped) {
        this.states = states;
        this.stopped = stopped;
    }

    @Override
    public String title() {
        return "Routes";
    }

    @Override
    public String path() {
        return PATH;
    }

    @Override
    public int place() {
        return 4;
    }

    @GetMapping(PATH)
    String page(Model model) {
        model.addAttribute("files", states.files());
        model.addAttribute("problems", states.problems());
        model.addAttribute("stopped", stopped.all());
        return "console/routes";
    }
}
