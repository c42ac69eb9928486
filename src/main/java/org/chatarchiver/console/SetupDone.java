package org.chatarchiver.console;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.chatarchiver.connector.Connector;
import org.chatarchiver.connector.Connectors;
import org.chatarchiver.connector.Problem;
import org.chatarchiver.ledger.Draft;
import org.chatarchiver.routing.ConnectorEdits;
import org.chatarchiver.setup.DraftMapping;
import org.chatarchiver.setup.DraftReview;
import org.chatarchiver.setup.DraftReview.Step;
import org.chatarchiver.setup.Setups;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.server.ResponseStatusException;

/** What has come of a draft that is finished: the connector as it comes into force, or the file that is to be committed. */
@Controller
class SetupDone {
    private static final String PAGE = SetupFrame.PATH + "/{draft}/done";

    /** Within which a file that was written is in force, or something is in its way. */
    private static final Duration SOON = Duration.ofMinutes(1);

    private final SetupFrame frame;
    private final Setups setups;
    private final DraftReview review;
    private final DraftMapping mapping;
    private final Connectors connectors;
    private final ConnectorCards cards;
    private final Clock clock;

    SetupDone(
            SetupFrame frame,
            Setups setups,
            DraftReview review,
            DraftMapping mapping,
            Connectors connectors,
            ConnectorCards cards,
            Clock clock) {
        this.frame = frame;
        this.setups = setups;
        this.review = review;
        this.mapping = mapping;
        this.connectors = connectors;
        this.cards = cards;
        this.clock = clock;
    }

    @GetMapping(PAGE)
    String page(@PathVariable String draft, Model model) {
        Draft found = frame.find(draft);
        if (found.finished() == null) {
            return SetupFrame.to(draft, Step.REVIEW);
        }
        Connector connector = review.connector(found);
        model.addAttribute("title", SetupFrame.title(found));
        model.addAttribute("file", ConnectorEdits.text(connector));
        model.addAttribute("csv", mapping.csv(found).isPresent());
        model(found, connector, model);
        return "console/setup-done";
    }

    /** The part of the page that changes by itself. */
    @GetMapping(PAGE + "/state")
    String state(@PathVariable String draft, Model model) {
        Draft found = frame.find(draft);
        if (found.finished() == null) {
            throw new ResponseStatusException(HttpStatus.CONFLICT, "The draft goes on; it is not finished any more.");
        }
        model(found, review.connector(found), model);
        return "console/setup-done :: state";
    }

    private void model(Draft draft, Connector connector, Model model) {
        boolean inForce =
                connectors.find(connector.id()).filter(connector::equals).isPresent();
        boolean fresh = draft.finished().at().isAfter(clock.instant().minus(SOON));
        model.addAttribute("draft", draft);
        model.addAttribute("connector", connector);
        model.addAttribute("inForce", inForce);
        model.addAttribute("moving", !inForce && (fresh || draft.toCommit() != null));
        model.addAttribute(
                "problems",
                connectors.problems().stream()
                        .filter(problem -> problem.file().equals(draft.file()))
                        .map(Problem::toString)
                        .toList());
        cards.find(connector.id()).ifPresent(card -> model.addAttribute("card", card));
    }

    @GetMapping(SetupFrame.PATH + "/{draft}/mapping.csv")
    ResponseEntity<Resource> csv(@PathVariable String draft) {
        Draft found = frame.find(draft);
        Path file = mapping.csv(found)
                .orElseThrow(() -> new ResponseStatusException(
                        HttpStatus.NOT_FOUND, "The mapping file of this draft is not kept any more."));
        return csv(file, found.settings().connector());
    }

    static ResponseEntity<Resource> csv(Path file, String name) {
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType("text/csv;charset=UTF-8"))
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename(name + ".csv")
                                .build()
                                .toString())
                .body(new FileSystemResource(file));
    }

    @PostMapping(SetupFrame.PATH + "/{draft}/reopen")
    String reopen(@PathVariable String draft) {
        setups.reopen(frame.find(draft).id());
        return SetupFrame.to(draft, Step.REVIEW);
    }
}
