package org.chatarchiver.console;

import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.chatarchiver.api.EntryView;
import org.chatarchiver.api.ProgressView;
import org.chatarchiver.api.ProgressViews;
import org.chatarchiver.api.RunView;
import org.chatarchiver.api.RunViews;
import org.chatarchiver.ledger.Channels;
import org.chatarchiver.ledger.Decisions;
import org.chatarchiver.ledger.ItemEntry;
import org.chatarchiver.ledger.PartialItems;
import org.chatarchiver.ledger.Replays;
import org.chatarchiver.ledger.Run;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/** The report of a run. */
@Controller
class RunPage {
    static final String PATH = "/console/runs";

    private static final int LISTED = 50;

    private final RunViews views;
    private final ProgressViews progress;
    private final Channels channels;
    private final Decisions decisions;
    private final Replays replays;
    private final PartialItems partial;

    RunPage(
            RunViews views,
            ProgressViews progress,
            Channels channels,
            Decisions decisions,
            Replays replays,
            PartialItems partial) {
        this.views = views;
        this.progress = progress;
        this.channels = channels;
        this.decisions = decisions;
        this.replays = replays;
        this.partial = partial;
    }

    /**
     * What may be done with the run.
     *
     * @param accept whether it can be tried to take it as it is
     */
    record Acts(boolean cancel, boolean accept, boolean replay) {
        static Acts of(RunView run) {
            boolean polls = run.state() == Run.State.RUNNING && run.landed() == null;
            return new Acts(
                    polls,
                    run.state() == Run.State.INCOMPLETE && !run.dryRun() && run.accepted() == null,
                    !polls && !run.dryRun());
        }
    }

    /** @param after the id of an entry, behind which the list of failures goes on; so is {@code closedAfter} for the closed ones */
    @GetMapping(PATH + "/{run}")
    String page(
            @PathVariable String run,
            @RequestParam(defaultValue = "0") long after,
            @RequestParam(defaultValue = "0") long closedAfter,
            Model model) {
        RunView report = known(views, run);
        model.addAttribute("run", report);
        model.addAttribute(
                "moving",
                progress.of(run).filter(RunPage::goesOn).map(Moving::of).orElse(null));
        model.addAttribute("acts", Acts.of(report));
        model.addAttribute("replay", replays.of(run).orElse(null));
        add(model, "failures", channels.ofRun(run, LISTED + 1, after));
        add(model, "closed", decisions.ofRun(run, LISTED + 1, closedAfter));
        model.addAttribute(
                "partial", report.partiallyImported() > 0 ? partial.ofRun(run, LISTED) : List.<ItemEntry>of());
        model.addAttribute("lookedThrough", PartialItems.LOOKED_THROUGH);
        model.addAttribute("pages", report.pages().stream().limit(LISTED).toList());
        return "console/run";
    }

    /** How far the run is; at its end the whole page is to be asked for again, for its counts. */
    @GetMapping(PATH + "/{run}/live")
    String live(@PathVariable String run, Model model, HttpServletResponse response) {
        ProgressView now = progress.of(run).orElseThrow(RunPage::unknown);
        if (!goesOn(now)) {
            response.setHeader("HX-Refresh", "true");
        }
        model.addAttribute("moving", Moving.of(now));
        return "console/run :: live";
    }

    private static boolean goesOn(ProgressView now) {
        return now.state() == Run.State.RUNNING;
    }

    private static void add(Model model, String name, List<Channels.Entry> rows) {
        List<EntryView> entries = rows.stream().limit(LISTED).map(EntryView::of).toList();
        model.addAttribute(name, entries);
        model.addAttribute(
                name + "Next", rows.size() > LISTED ? entries.get(LISTED - 1).id() : null);
    }

    static RunView known(RunViews views, String run) {
        return views.of(run).orElseThrow(RunPage::unknown);
    }

    private static ResponseStatusException unknown() {
        return new ResponseStatusException(HttpStatus.NOT_FOUND, "There is no such run.");
    }
}
