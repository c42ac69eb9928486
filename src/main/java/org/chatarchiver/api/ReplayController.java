package org.chatarchiver.api;

import io.swagger.v3.oas.annotations.Operation;
import java.net.URI;
import java.security.Principal;
import java.util.Objects;
import org.chatarchiver.ledger.Replays;
import org.chatarchiver.message.Printable;
import org.chatarchiver.recovery.Replaying;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Runs that are re-checked at the destination from their landed pages alone. */
@RestController
class ReplayController {
    private final Replaying replaying;
    private final Replays replays;

    ReplayController(Replaying replaying, Replays replays) {
        this.replaying = replaying;
        this.replays = replays;
    }

    /** Looks for every delivered item of the run in its mailbox, and sends those that are missing. */
    @Operation(summary = "Looks for every delivered item of a run in its mailbox, and sends those that are missing")
    @Refuses(status = HttpStatus.CONFLICT, when = "the run cannot be replayed now")
    @Refuses(status = HttpStatus.SERVICE_UNAVAILABLE, when = "the landing zone cannot be read")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @PostMapping("/api/runs/{run}/replay")
    ResponseEntity<Replays.Replay> replay(
            @PathVariable String run, @RequestBody(required = false) Because because, Principal who) {
        String administrator = Objects.requireNonNull(
                        who, "Requests without a log-in are refused before they come here")
                .getName();
        Replaying.Answer answer = replaying.replay(run, administrator, Because.why(because));
        if (answer instanceof Replaying.Answer.Started started) {
            return ResponseEntity.accepted()
                    .location(URI.create("/api/runs/" + run + "/replay"))
                    .body(started.replay());
        }
        throw refusal(answer);
    }

    private static Refusal refusal(Replaying.Answer answer) {
        if (answer instanceof Replaying.Answer.UnknownRun unknown) {
            return Refusal.notFound(unknown.sentence() + ".");
        }
        if (answer instanceof Replaying.Answer.Refused refused) {
            return Refusal.of(HttpStatus.CONFLICT, refused.sentence() + ".");
        }
        if (answer instanceof Replaying.Answer.Unavailable unavailable) {
            return Refusal.of(HttpStatus.SERVICE_UNAVAILABLE, unavailable.sentence() + ".");
        }
        throw new IllegalStateException("Not a way for a replay to end: " + answer);
    }

    /** What the latest replay of the run has come to so far. */
    @Operation(summary = "What the latest replay of a run has come to so far")
    @GetMapping("/api/runs/{run}/replay")
    Replays.Replay report(@PathVariable String run) {
        return replays.of(run)
                .orElseThrow(() -> Refusal.notFound("The run '" + Printable.of(run)
                        + "' was never replayed; POST /api/runs/{run}/replay does it."));
    }
}
