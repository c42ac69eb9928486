package org.chatarchiver.console;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;
import org.chatarchiver.api.Finding;
import org.chatarchiver.api.Findings;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** Everything that is not right now, in one page, each with what to do. */
@Controller
class HealthPage implements Section {
    private static final String PATH = "/console/health";

    private final Findings findings;
    private final ObjectProvider<Section> sections;

    HealthPage(Findings findings, ObjectProvider<Section> sections) {
        this.findings = findings;
        this.sections = sections;
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

    /**
     * Findings of one kind.
     *
     * @param section where they are looked after; null for none
     */
    record Kind(String title, List<Finding> findings, Section section) {}

    @GetMapping(PATH)
    String page(Model model) {
        model.addAttribute(
                "kinds",
                findings.now().stream()
                        .collect(Collectors.groupingBy(Finding::title, LinkedHashMap::new, Collectors.toList()))
                        .entrySet()
                        .stream()
                        .map(kind -> new Kind(capitalised(kind.getKey()), kind.getValue(), section(kind.getValue())))
                        .toList());
        return "console/health";
    }

    private Section section(List<Finding> findings) {
        String path =
                switch (findings.get(0).kind()) {
                    case "CHANNEL_ENTRIES" -> "/console/channels";
                    case "ROUTE_STOPPED", "ROUTES_NOT_IN_FORCE", "CONNECTOR_GONE" -> "/console/routes";
                    default -> ConnectorsPage.PATH;
                };
        return sections.stream()
                .filter(one -> one.path().equals(path))
                .findFirst()
                .orElse(null);
    }

    private static String capitalised(String title) {
        return Character.toUpperCase(title.charAt(0)) + title.substring(1);
    }
}
