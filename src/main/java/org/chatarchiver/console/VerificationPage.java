package org.chatarchiver.console;

import jakarta.servlet.http.HttpServletResponse;
import java.security.Principal;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.chatarchiver.connector.Connector;
import org.chatarchiver.connector.Connectors;
import org.chatarchiver.ledger.Difference;
import org.chatarchiver.ledger.Verifications;
import org.chatarchiver.verify.FoundOnce;
import org.chatarchiver.verify.Verifying;
import org.chatarchiver.verify.VerifyingPeriods;
import org.chatarchiver.verify.VerifyingPeriods.Asked;
import org.chatarchiver.verify.VerifyingPeriods.InPeriod;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The runs of a period, held against what there is of them, as the command {@code verify} does it. */
@Controller
class VerificationPage implements Section {
    private static final String PATH = "/console/verification";
    private static final String FILLED = "filled";
    private static final int DAYS = 7;
    private static final int DIFFERENCES = 200;

    private final VerifyingPeriods periods;
    private final Verifications verifications;
    private final Connectors connectors;
    private final Words words;
    private final Clock clock;

    VerificationPage(
            VerifyingPeriods periods, Verifications verifications, Connectors connectors, Words words, Clock clock) {
        this.periods = periods;
        this.verifications = verifications;
        this.connectors = connectors;
        this.words = words;
        this.clock = clock;
    }

    @Override
    public String title() {
        return "Verify";
    }

    @Override
    public String path() {
        return PATH;
    }

    @Override
    public int place() {
        return 7;
    }

    /**
     * Which runs.
     *
     * @param connector empty for all
     * @param from the first day, in UTC
     * @param to the last day
     */
    record Period(String connector, String from, String to) {
        Period {
            connector = connector == null ? "" : connector;
        }

        /** The last days, where none are given. */
        Period filled(LocalDate today) {
            return new Period(
                    connector,
                    from == null ? today.minusDays(DAYS - 1L).toString() : from,
                    to == null ? today.toString() : to);
        }

        private String only() {
            return connector.isEmpty() ? null : connector;
        }

        private Instant begin() {
            return AuditPage.start(from, 0);
        }

        private Instant end() {
            Instant end = AuditPage.start(to, 1);
            if (!begin().isBefore(end)) {
                throw new ResponseStatusException(
                        HttpStatus.BAD_REQUEST, "The last day is before the first; choose them again.");
            }
            return end;
        }
    }

    @GetMapping(PATH)
    String page(@ModelAttribute("asked") Period asked, Model model) {
        Period period = filled(asked);
        VerifiedPeriod shown = shown(period);
        List<Difference> differences = differences(shown);
        model.addAttribute(FILLED, period);
        model.addAttribute("shown", shown);
        model.addAttribute(
                "tooMany",
                shown.more()
                        ? periods.tooMany(period.only(), period.begin(), period.end())
                                .orElse(null)
                        : null);
        model.addAttribute("differences", differences);
        model.addAttribute("cut", differences.size() == DIFFERENCES);
        model.addAttribute(
                "connectors",
                connectors.all().stream()
                        .sorted(Comparator.comparing(Connector::id))
                        .toList());
        return "console/verification";
    }

    /** How far they are; once all have ended the whole page is to be asked for again. */
    @GetMapping(PATH + "/live")
    String live(@ModelAttribute("asked") Period asked, Model model, HttpServletResponse response) {
        Period period = filled(asked);
        VerifiedPeriod shown = shown(period);
        if (!shown.goesOn()) {
            response.setHeader("HX-Refresh", "true");
        }
        model.addAttribute(FILLED, period);
        model.addAttribute("shown", shown);
        return "console/verification :: live";
    }

    private VerifiedPeriod shown(Period period) {
        return VerifiedPeriod.of(periods.latest(period.only(), period.begin(), period.end()));
    }

    private List<Difference> differences(VerifiedPeriod shown) {
        FoundOnce once = new FoundOnce();
        List<Difference> differences = new ArrayList<>();
        shown.runs().stream()
                .filter(VerifiedPeriod::differs)
                .map(InPeriod::run)
                .flatMap(run -> verifications.differences(run.verified()).stream())
                .filter(once::isNew)
                .limit(DIFFERENCES)
                .forEach(differences::add);
        return differences;
    }

    private Period filled(Period asked) {
        return asked.filled(LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC));
    }

    @PostMapping(PATH)
    String verify(@ModelAttribute("asked") Period wished, Principal administrator, RedirectAttributes told) {
        Period period = filled(wished);
        told.addAttribute("connector", period.connector());
        told.addAttribute("from", period.from());
        told.addAttribute("to", period.to());
        Optional<VerifyingPeriods.TooMany> tooMany = periods.tooMany(period.only(), period.begin(), period.end());
        if (tooMany.isPresent()) {
            told.addFlashAttribute("problem", tooMany.get().sentence() + ".");
            return "redirect:" + PATH;
        }
        List<Asked> asked = periods.start(period.only(), period.begin(), period.end(), administrator.getName());
        List<String> refused = asked.stream()
                .map(Asked::answer)
                .filter(Verifying.Answer.Refused.class::isInstance)
                .map(answer -> ((Verifying.Answer.Refused) answer).sentence())
                .toList();
        int begun = asked.size() - refused.size();
        if (begun > 0) {
            told.addFlashAttribute(
                    "notice", words.count(begun, "run") + (begun == 1 ? " is" : " are") + " being verified.");
        }
        if (asked.isEmpty()) {
            told.addFlashAttribute("problem", "No run has a part in that time, so nothing was verified.");
        } else if (!refused.isEmpty()) {
            told.addFlashAttribute(
                    "problem",
                    "Not verified" + (refused.size() == 1 ? "" : ", of " + words.count(refused.size(), "run")) + ": "
                            + refused.get(0) + ".");
        }
        return "redirect:" + PATH;
    }
}
