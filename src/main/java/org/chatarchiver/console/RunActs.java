package org.chatarchiver.console;

import java.security.Principal;
import org.chatarchiver.api.Because;
import org.chatarchiver.collect.Cancellation;
import org.chatarchiver.collect.RunWishes;
import org.chatarchiver.ledger.Acceptance;
import org.chatarchiver.recovery.Replaying;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What administrators do with a run. Each ends at the run's page, with a sentence that says what came of it. */
@Controller
class RunActs {
    private static final String NOTICE = "notice";
    private static final String PROBLEM = "problem";

    private final RunWishes wishes;
    private final Replaying replaying;

    RunActs(RunWishes wishes, Replaying replaying) {
        this.wishes = wishes;
        this.replaying = replaying;
    }

    @PostMapping(RunPage.PATH + "/{run}/cancel")
    String cancel(
            @PathVariable String run,
            @RequestParam(defaultValue = "") String why,
            Principal administrator,
            RedirectAttributes told) {
        Cancellation cancellation = wishes.cancel(run, administrator.getName(), Because.why(new Because(why)));
        if (cancellation instanceof Cancellation.Done) {
            told.addFlashAttribute(NOTICE, "The run is cancelled; what has landed is archived all the same.");
        } else if (cancellation instanceof Cancellation.Refused refused) {
            told.addFlashAttribute(PROBLEM, refused.sentence() + ".");
        } else {
            throw unknown();
        }
        return back(run);
    }

    @PostMapping(RunPage.PATH + "/{run}/accept")
    String accept(
            @PathVariable String run,
            @RequestParam(defaultValue = "") String why,
            Principal administrator,
            RedirectAttributes told) {
        Acceptance acceptance = wishes.accept(run, administrator.getName(), Because.why(new Because(why)));
        if (acceptance instanceof Acceptance.Accepted) {
            told.addFlashAttribute(NOTICE, "The run is accepted as it is, in your name; the watermark may move on.");
        } else if (acceptance instanceof Acceptance.Refused refused) {
            told.addFlashAttribute(PROBLEM, refused.sentence() + ".");
        } else {
            throw unknown();
        }
        return back(run);
    }

    @PostMapping(RunPage.PATH + "/{run}/replay")
    String replay(
            @PathVariable String run,
            @RequestParam(defaultValue = "") String why,
            Principal administrator,
            RedirectAttributes told) {
        Replaying.Answer answer = replaying.replay(run, administrator.getName(), Because.why(new Because(why)));
        if (answer instanceof Replaying.Answer.Started started) {
            told.addFlashAttribute(
                    NOTICE,
                    "The replay has begun: " + started.replay().items()
                            + " delivered items are looked for in their mailboxes. This page tells what it comes to.");
        } else if (answer instanceof Replaying.Answer.Refused refused) {
            told.addFlashAttribute(PROBLEM, refused.sentence() + ".");
        } else if (answer instanceof Replaying.Answer.Unavailable unavailable) {
            told.addFlashAttribute(PROBLEM, unavailable.sentence() + ".");
        } else {
            throw unknown();
        }
        return back(run);
    }

    /** Only of a run that is there, so that its id can stand in the address. */
    private static String back(String run) {
        return "redirect:" + RunPage.PATH + "/" + run;
    }

    private static ResponseStatusException unknown() {
        return new ResponseStatusException(HttpStatus.NOT_FOUND, "There is no such run.");
    }
}
