package org.chatarchiver.api;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.validation.constraints.Pattern;
import java.net.URI;
import java.security.Principal;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.chatarchiver.api.RunView.NotServedView;
import org.chatarchiver.collect.Cancellation;
import org.chatarchiver.collect.RunStarts;
import org.chatarchiver.collect.RunWishes;
import org.chatarchiver.collect.Started;
import org.chatarchiver.connector.Connectors;
import org.chatarchiver.ledger.Acceptance;
import org.chatarchiver.ledger.Channels;
import org.chatarchiver.ledger.Decisions;
import org.chatarchiver.ledger.NotServed;
import org.chatarchiver.ledger.Run;
import org.chatarchiver.ledger.Runs;
import org.chatarchiver.message.Printable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Runs: started, listed, reported. */
@RestController
class RunsController {
    private final Connectors connectors;
    private final RunStarts starts;
    private final RunWishes wishes;
    private final Runs runs;
    private final RunViews views;
    private final Channels channels;
    private final Decisions decisions;
    private final NotServed notServed;

    RunsController(
            Connectors connectors,
            RunStarts starts,
            RunWishes wishes,
            Runs runs,
            RunViews views,
            Channels channels,
            Decisions decisions,
            NotServed notServed) {
        this.connectors = connectors;
        this.starts = starts;
        this.wishes = wishes;
        this.runs = runs;
        this.views = views;
        this.channels = channels;
        this.decisions = decisions;
        this.notServed = notServed;
    }

    /** What to run: without a window from the watermark on, with one a back-fill. */
    record RunWish(
            Instant from,
            Instant to,
            @JsonDeserialize(using = Flag.class) boolean dryRun) {}

    @Operation(summary = "Starts a run, a back-fill of a window, or a dry run")
    @Refuses(status = HttpStatus.CONFLICT, when = "a run of the connector polls, or the connector is paused")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @PostMapping("/api/connectors/{id}/runs")
    ResponseEntity<RunView> start(
            @PathVariable String id, @RequestBody(required = false) RunWish wish, Principal administrator) {
        RunWish wanted = wish == null ? new RunWish(null, null, false) : wish;
        Started started = starts.start(known(id), wanted.dryRun(), wanted.from(), wanted.to(), administrator.getName());
        if (started instanceof Started.Running running) {
            String run = running.run().id();
            return ResponseEntity.accepted()
                    .location(URI.create("/api/runs/" + run))
                    .body(report(run));
        }
        throw refusal(started);
    }

    private static Refusal refusal(Started started) {
        if (started instanceof Started.Busy busy) {
            return Refusal.of(HttpStatus.CONFLICT, busy.sentence() + ".");
        }
        if (started instanceof Started.Paused paused) {
            return Refusal.of(HttpStatus.CONFLICT, paused.sentence() + ".");
        }
        if (started instanceof Started.Refused refused) {
            return Refusal.badRequest(refused.sentence() + ".");
        }
        if (started instanceof Started.UnknownConnector unknown) {
            return Refusal.notFound(unknown.sentence() + ".");
        }
        throw new IllegalStateException("Not a way for a run to start: " + started);
    }

    /** Newest first. */
    @Operation(summary = "The runs of a connector, newest first")
    @GetMapping("/api/connectors/{id}/runs")
    Listing<RunView> list(
            @PathVariable String id,
            @RequestParam(defaultValue = "100") @Limit int limit,
            @RequestParam(defaultValue = "")
                    @Pattern(regexp = "[0-9A-Za-z-]{0,40}", message = "must be the id of a run") String after) {
        return Listing.of(views.list(known(id), Listing.rows(limit), after), limit, view -> view, RunView::id);
    }

    @Operation(summary = "The report of a run")
    @GetMapping("/api/runs/{run}")
    RunView report(@PathVariable String run) {
        return views.of(run).orElseThrow(() -> unknown(run));
    }

    /** The participants who got nothing since the address that the source carries could not be used; each with its messages' number. */
    @Operation(summary = "The participants who got nothing since their address could not be used")
    @GetMapping("/api/runs/{run}/not-served")
    Listing<NotServedView> notServed(
            @PathVariable String run,
            @RequestParam(defaultValue = "100") @Limit int limit,
            @RequestParam(required = false) UUID after) {
        String found = runs.find(run).map(Run::id).orElseThrow(() -> unknown(run));
        return Listing.of(
                notServed.list(found, Listing.rows(limit), after), limit, NotServedView::of, NotServed.Participant::id);
    }

    /** Ends a run that polls; what it has landed is archived all the same. */
    @Operation(summary = "Ends a run that polls")
    @Refuses(status = HttpStatus.CONFLICT, when = "the run does not poll")
    @PostMapping("/api/runs/{run}/cancel")
    RunView cancel(@PathVariable String run, @RequestBody(required = false) Because because, Principal administrator) {
        Cancellation cancellation = wishes.cancel(run, administrator.getName(), Because.why(because));
        if (cancellation instanceof Cancellation.Done done) {
            return views.of(done.report());
        }
        if (cancellation instanceof Cancellation.Refused refused) {
            throw Refusal.of(HttpStatus.CONFLICT, refused.sentence() + ".");
        }
        throw unknown(run);
    }

    /** Takes an INCOMPLETE run as it is, once its window has been asked for often enough. Accepting it again changes nothing. */
    @Operation(summary = "Takes an INCOMPLETE run as it is")
    @Refuses(status = HttpStatus.CONFLICT, when = "the run is not INCOMPLETE, or was not asked for often enough")
    @PostMapping("/api/runs/{run}/accept")
    RunView accept(@PathVariable String run, @RequestBody(required = false) Because because, Principal administrator) {
        Acceptance acceptance = wishes.accept(run, administrator.getName(), Because.why(because));
        if (acceptance instanceof Acceptance.Accepted accepted) {
            return views.of(accepted.report());
        }
        if (acceptance instanceof Acceptance.Refused refused) {
            throw Refusal.of(HttpStatus.CONFLICT, refused.sentence() + ".");
        }
        throw unknown(run);
    }

    /** The open channel entries of the run, or those that administrators have closed; oldest first. */
    @Operation(summary = "The open channel entries of a run, or those closed by a decision, oldest first")
    @GetMapping("/api/runs/{run}/failures")
    Listing<EntryView> failures(
            @PathVariable String run,
            @RequestParam(defaultValue = "100") @Limit int limit,
            @RequestParam(defaultValue = "0") long after,
            @RequestParam(defaultValue = "false") boolean closed) {
        String found = runs.find(run).map(Run::id).orElseThrow(() -> unknown(run));
        int rows = Listing.rows(limit);
        return Listing.of(
                closed ? decisions.ofRun(found, rows, after) : channels.ofRun(found, rows, after),
                limit,
                EntryView::of,
                Channels.Entry::id);
    }

    private String known(String connector) {
        return Optional.of(connector)
                .filter(id -> connectors.find(id).isPresent())
                .orElseThrow(() -> Refusal.notFound(
                        "There is no connector '" + Printable.of(connector) + "'; GET /api/connectors lists them."));
    }

    private static Refusal unknown(String run) {
        return Refusal.notFound(
                "There is no run '" + Printable.of(run) + "'; GET /api/connectors/{id}/runs lists them.");
    }
}
