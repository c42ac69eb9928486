package org.chatarchiver.console;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.chatarchiver.api.EvidenceController;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The evidence of a time, to be given to somebody who checks it. */
@Controller
class EvidencePage implements Section {
    private static final String PATH = "/console/evidence";

    private final EvidenceController evidence;
    private final Clock clock;

    EvidencePage(EvidenceController evidence, Clock clock) {
        this.evidence = evidence;
        this.clock = clock;
    }

    @Override
    public String title() {
        return "Evidence";
    }

    @Override
    public String path() {
        return PATH;
    }

    @Override
    public int place() {
        return 9;
    }

    @GetMapping(PATH)
    String page(Model model) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        model.addAttribute("from", today.withDayOfMonth(1));
        model.addAttribute("to", today);
        return "console/evidence";
    }

    /**
     * @param from the first day, in UTC
     * @param to the last day
     */
    @GetMapping(PATH + ".zip")
    void zip(@RequestParam String from, @RequestParam String to, Principal user, HttpServletResponse response)
            throws IOException {
        evidence.write(AuditPage.start(from, 0), AuditPage.start(to, 1), user, response);
    }
}
