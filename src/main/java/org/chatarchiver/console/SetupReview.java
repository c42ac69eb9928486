package org.chatarchiver.console;

import java.io.IOException;
import java.security.Principal;
import java.util.List;
import org.chatarchiver.ledger.Draft;
import org.chatarchiver.setup.DraftFinish;
import org.chatarchiver.setup.DraftFinish.Result;
import org.chatarchiver.setup.DraftMapping;
import org.chatarchiver.setup.DraftReview;
import org.chatarchiver.setup.DraftReview.Step;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The review of a draft: what it is called, where it files and when it runs, all that is in its way, and the end. */
@Controller
class SetupReview {
    private static final String PROBLEM = "problem";
    private static final String CHANGED =
            "The draft was changed since you opened this page, so nothing was kept or finished; look at it as it is now.";

    private final SetupFrame frame;
    private final DraftReview review;
    private final DraftFinish finish;
    private final DraftMapping mapping;

    SetupReview(SetupFrame frame, DraftReview review, DraftFinish finish, DraftMapping mapping) {
        this.frame = frame;
        this.review = review;
        this.finish = finish;
        this.mapping = mapping;
    }

    /** The form. @param version of the draft that the page has shown */
    record Names(String id, String name, String folder, String schedule, long version) {
        Names {
            id = id == null ? "" : id;
            name = name == null ? "" : name;
            folder = folder == null ? "" : folder;
            schedule = schedule == null ? "" : schedule;
        }

        /** Longer ones would be cut, and the rest be lost in silence. */
        boolean fit() {
            return List.of(id, name, folder, schedule).stream().allMatch(text -> text.length() <= Draft.LONGEST);
        }
    }

    @GetMapping(SetupFrame.PATH + "/{draft}/review")
    String page(@PathVariable String draft, Model model, Principal administrator) throws IOException {
        Draft found = frame.find(draft);
        model.addAttribute("words", ScheduleWords.of(found.settings().schedule()));
        model.addAttribute("connector", review.connector(found));
        mapping.preview(found).ifPresent(preview -> model.addAttribute("preview", preview));
        model.addAttribute("sharing", review.sharing(found));
        return frame.show(found, Step.REVIEW, model, administrator);
    }

    /** The part of the page that takes a second. */
    @GetMapping(SetupFrame.PATH + "/{draft}/review/checked")
    String checked(@PathVariable String draft, Model model, Principal administrator) {
        Draft found = frame.find(draft);
        model.addAttribute("draft", found);
        model.addAttribute(SetupFrame.HINDRANCES, review.all(found, administrator.getName()));
        return "console/setup-review :: checked";
    }

    @PostMapping(SetupFrame.PATH + "/{draft}/review")
    String check(
            @PathVariable String draft, @ModelAttribute Names names, Principal administrator, RedirectAttributes told) {
        Draft found = frame.find(draft);
        if (found.version() != names.version()) {
            told.addFlashAttribute(PROBLEM, CHANGED);
        } else if (keep(found, names, administrator, told)) {
            told.addFlashAttribute(SetupFrame.HINDRANCES, review.all(frame.find(draft), administrator.getName()));
        }
        return SetupFrame.to(draft, Step.REVIEW);
    }

    private boolean keep(Draft draft, Names names, Principal administrator, RedirectAttributes told) {
        if (!names.fit()) {
            told.addFlashAttribute(
                    PROBLEM,
                    "A field has more than " + Draft.LONGEST + " characters, so nothing was kept; shorten it.");
            return false;
        }
        boolean kept =
                review.name(draft, names.id(), names.name(), names.folder(), names.schedule(), administrator.getName());
        if (!kept) {
            told.addFlashAttribute(PROBLEM, CHANGED);
        }
        return kept;
    }

    @PostMapping(SetupFrame.PATH + "/{draft}/finish")
    String finish(
            @PathVariable String draft, @ModelAttribute Names names, Principal administrator, RedirectAttributes told) {
        Draft found = frame.find(draft);
        long version = names.version();
        if (found.finished() == null && found.version() == version) {
            if (!keep(found, names, administrator, told)) {
                return SetupFrame.to(draft, Step.REVIEW);
            }
            found = frame.find(draft);
            version++;
        }
        Result result = finish.finish(found, version, administrator.getName());
        if (result instanceof Result.Finished) {
            return "redirect:" + SetupFrame.path(draft) + "/done";
        }
        if (result instanceof Result.Already already) {
            boolean self = already.by().by().equals(administrator.getName());
            told.addFlashAttribute(
                    self ? "notice" : PROBLEM,
                    (self ? "You have" : already.by().by() + " has")
                            + " finished this already; nothing was done a second time.");
            return "redirect:" + SetupFrame.path(draft) + "/done";
        }
        if (result instanceof Result.Hindered hindered) {
            told.addFlashAttribute(SetupFrame.HINDRANCES, hindered.hindrances());
        } else if (result instanceof Result.Changed) {
            told.addFlashAttribute(PROBLEM, CHANGED);
        }
        return SetupFrame.to(draft, Step.REVIEW);
    }
}
