package org.chatarchiver.console;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;
import org.chatarchiver.api.Finding;
import org.chatarchiver.api.Findings;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** Everything that is not right now, in one page, each with what to do. */
@Controller
class HealthPage implements Section {
    private static final String PATH = "/console/health";

    private final Findings findings;

    HealthPage(Findings findings) {
        this.findings = findings;
    }

    @Override
    public String title() {
        return "Health";
    }

    @Override
    public String path() {
        return PATH;
    }

    @Override
    public int place() {
        return 5;
    }

    /** Findings of one kind. */
    record Kind(String title, List<Finding> findings) {}

    @GetMapping(PATH)
    String page(Model model) {
        model.addAttribute(
                "kinds",
                findings.now().stream()
                        .collect(Collectors.groupingBy(Finding::title, LinkedHashMap::new, Collectors.toList()))
                        .entrySet()
                        .stream()
                        .map(kind -> new Kind(capitalised(kind.getKey()), kind.getValue()))
                        .toList());
        return "console/health";
    }

    private static String capitalised(String title) {
        return Character.toUpperCase(title.charAt(0)) + title.substring(1);
    }
}
