package org.chatarchiver.console;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.chatarchiver.api.CoverageFiles;
import org.chatarchiver.connector.Connector;
import org.chatarchiver.connector.Connectors;
import org.chatarchiver.coverage.UnmetRows;
import org.chatarchiver.ledger.CaptureDays;
import org.chatarchiver.ledger.UnmappedPeople;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/** Who is archived, and who is not: four lists of a connector, each as a file too. */
@Controller
class CoveragePage implements Section {
    private static final String PATH = "/console/coverage";
    private static final String VIEW = "console/coverage";
    private static final int LISTED = 50;
    private static final int MOST_DAYS = 3_650;

    private final Connectors connectors;
    private final UnmappedPeople people;
    private final CaptureDays captures;
    private final UnmetRows unmet;
    private final CoverageFiles files;

    CoveragePage(
            Connectors connectors, UnmappedPeople people, CaptureDays captures, UnmetRows unmet, CoverageFiles files) {
        this.connectors = connectors;
        this.people = people;
        this.captures = captures;
        this.unmet = unmet;
        this.files = files;
    }

    @Override
    public String title() {
        return "Coverage";
    }

    @Override
    public String path() {
        return PATH;
    }

    @Override
    public int place() {
        return 6;
    }

    /**
     * What is asked for.
     *
     * @param connector an id; where none is given that of the first
     * @param from the first day, in UTC; empty for the first of all
     * @param to the last day
     * @param days for how many somebody is silent
     * @param after where the list goes on; empty for its beginning
     */
    record Asked(String connector, String from, String to, Integer days, String after) {}

    private record Filled(String connector, String from, String to, int days, String after) {}

    @GetMapping(PATH)
    String unmapped(@ModelAttribute("asked") Asked asked, Model model) {
        Filled filled = filled(asked, "unmapped", model, UnmappedPeople::isPlace);
        list(model, people.list(filled.connector(), filled.after(), LISTED + 1), UnmappedPeople.Person::place);
        return VIEW;
    }

    @GetMapping(PATH + "/mapping")
    String mapping(@ModelAttribute("asked") Asked asked, Model model) {
        Filled filled = filled(asked, "mapping", model, after -> after.matches("\\d{0,9}"));
        UnmetRows.Part part = unmet.list(
                        filled.connector(), filled.after().isEmpty() ? 0 : Long.parseLong(filled.after()), LISTED)
                .orElse(null);
        model.addAttribute("rows", part == null ? List.of() : part.rows());
        model.addAttribute("next", part == null ? null : part.next());
        model.addAttribute("without", part == null);
        return VIEW;
    }

    @GetMapping(PATH + "/silent")
    String silent(@ModelAttribute("asked") Asked asked, Model model) {
        Filled filled = filled(asked, "silent", model, CaptureDays::isOwner);
        list(
                model,
                captures.silent(filled.connector(), filled.days(), filled.after(), LISTED + 1),
                CaptureDays.Owner::place);
        return VIEW;
    }

    @GetMapping(PATH + "/captures")
    String captures(@ModelAttribute("asked") Asked asked, Model model) {
        Filled filled = filled(asked, "captures", model, CaptureDays::isDay);
        list(
                model,
                captures.days(
                        CoverageFiles.from(filled.from()),
                        CoverageFiles.behind(filled.to()),
                        filled.connector(),
                        null,
                        filled.after(),
                        LISTED + 1),
                CaptureDays.Day::place);
        return VIEW;
    }

    private <T> void list(Model model, List<T> rows, Function<T, String> place) {
        model.addAttribute("rows", rows.stream().limit(LISTED).toList());
        model.addAttribute("next", rows.size() > LISTED ? place.apply(rows.get(LISTED - 1)) : null);
        model.addAttribute("without", false);
    }

    private interface Places {
        boolean has(String after);
    }

    private Filled filled(Asked asked, String view, Model model, Places places) {
        List<Connector> all = connectors.all().stream()
                .sorted(Comparator.comparing(Connector::id))
                .toList();
        String first = all.isEmpty() ? "" : all.get(0).id();
        Filled filled = new Filled(
                asked.connector() == null || asked.connector().isEmpty() ? first : asked.connector(),
                text(asked.from()),
                text(asked.to()),
                asked.days() == null ? 7 : asked.days(),
                text(asked.after()));
        if (!places.has(filled.after()) || filled.days() < 1 || filled.days() > MOST_DAYS) {
            throw new ResponseStatusException(
                    HttpStatus.BAD_REQUEST, "The list cannot be shown so; choose again from the beginning.");
        }
        model.addAttribute("view", view);
        model.addAttribute("filled", filled);
        model.addAttribute("connectors", all);
        model.addAttribute("since", captures.since());
        return filled;
    }

    private static String text(String given) {
        return given == null ? "" : given;
    }

    @GetMapping(PATH + "/unmapped.csv")
    void unmapped(@RequestParam String connector, HttpServletResponse response) throws IOException {
        files.unmapped(connector, response);
    }

    @GetMapping(PATH + "/mapping-to-fill.csv")
    void toFill(@RequestParam String connector, HttpServletResponse response) throws IOException {
        files.toFill(connector, response);
    }

    @GetMapping(PATH + "/mapping.csv")
    void mapping(@RequestParam String connector, HttpServletResponse response) throws IOException {
        files.mapping(connector, response);
    }

    @GetMapping(PATH + "/silent.csv")
    void silent(@RequestParam String connector, @RequestParam int days, HttpServletResponse response)
            throws IOException {
        files.silent(connector, days, response);
    }

    @GetMapping(PATH + "/captures.csv")
    void captures(
            @RequestParam String connector,
            @RequestParam String from,
            @RequestParam String to,
            HttpServletResponse response)
            throws IOException {
        files.captures(from, to.isEmpty() ? "" : CoverageFiles.behind(to).toString(), connector, "", response);
    }
}
