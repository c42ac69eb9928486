package org.chatarchiver.console;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;
import org.chatarchiver.alert.AlertCause;
import org.chatarchiver.api.Finding;
import org.chatarchiver.api.Findings;
import org.chatarchiver.ledger.Conditions;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** Everything that is not right now, in one page, each with what to do. */
@Controller
class HealthPage implements Section {
    private static final String PATH = "/console/health";

    private final Findings findings;
    private final ChannelsPage channels;
    private final ObjectProvider<Section> sections;

    HealthPage(Findings findings, ChannelsPage channels, ObjectProvider<Section> sections) {
        this.findings = findings;
        this.channels = channels;
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
     * @param section where they are looked after; null for none, and where each has an address of its own
     */
    record Kind(String title, List<Line> lines, Section section) {}

    /** @param entries the open ones that a finding about a channel is of */
    record Line(Finding finding, List<Conditions.Entries> entries) {
        /** What is so: of route files one for each problem, which their alert puts into one line. */
        public List<String> sentences() {
            return finding.kind().equals(AlertCause.ROUTES_NOT_IN_FORCE.name())
                    ? List.of(finding.sentence().split(" \\| "))
                    : List.of(finding.sentence());
        }
    }

    @GetMapping(PATH)
    String page(Model model) {
        model.addAttribute(
                "kinds",
                findings.now().stream()
                        .collect(Collectors.groupingBy(Finding::title, LinkedHashMap::new, Collectors.toList()))
                        .entrySet()
                        .stream()
                        .map(kind ->
                                new Kind(capitalised(kind.getKey()), lines(kind.getValue()), section(kind.getValue())))
                        .toList());
        return "console/health";
    }

    private List<Line> lines(List<Finding> findings) {
        List<Conditions.Entries> open =
                findings.stream().anyMatch(finding -> finding.channel() != null) ? channels.kinds() : List.of();
        return findings.stream()
                .map(finding -> new Line(
                        finding,
                        open.stream()
                                .filter(entries -> entries.channel() == finding.channel())
                                .toList()))
                .toList();
    }

    private Section section(List<Finding> findings) {
        String path =
                switch (findings.get(0).kind()) {
                    case "CHANNEL_ENTRIES" -> "";
                    case "ROUTE_STOPPED", "ROUTES_NOT_IN_FORCE", "ROUTES_DIFFER", "CONNECTOR_GONE" -> "/console/routes";
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
