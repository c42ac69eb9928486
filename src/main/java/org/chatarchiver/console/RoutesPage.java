package org.chatarchiver.console;

import java.util.List;
import java.util.stream.Collectors;
import org.chatarchiver.routing.RouteDifferences;
import org.chatarchiver.routing.RouteFlow;
import org.chatarchiver.routing.RouteStates;
import org.chatarchiver.routing.StoppedRoutes;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** The routes: how they call each other, what has become of each file, and what is wrong. */
@Controller
class RoutesPage implements Section {
    private static final String PATH = "/console/routes";

    private final RouteStates states;
    private final StoppedRoutes stopped;
    private final RouteDifferences differences;
    private final RouteFlow flow;

    RoutesPage(RouteStates states, StoppedRoutes stopped, RouteDifferences differences, RouteFlow flow) {
        this.states = states;
        this.stopped = stopped;
        this.differences = differences;
        this.flow = flow;
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
        model.addAttribute("differences", differences.all());
        List<RouteFlow.Step> steps = flow.steps();
        model.addAttribute("steps", steps);
        model.addAttribute(
                "picture",
                FlowPicture.of(
                        steps,
                        stopped.all().stream().map(StoppedRoutes.Stopped::route).collect(Collectors.toSet())));
        return "console/routes";
    }
}
