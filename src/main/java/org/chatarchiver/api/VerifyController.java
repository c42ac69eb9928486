package org.chatarchiver.api;

import io.swagger.v3.oas.annotations.Operation;
import java.net.URI;
import java.security.Principal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.chatarchiver.ledger.Difference;
import org.chatarchiver.ledger.DifferenceKind;
import org.chatarchiver.ledger.Verifications;
import org.chatarchiver.ledger.Verifications.Progress;
import org.chatarchiver.ledger.Verifications.Verified;
import org.chatarchiver.message.Printable;
import org.chatarchiver.verify.Verifying;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Runs that are held against what there is of them. */
@RestController
class VerifyController {
    private final Verifying verifying;
    private final Verifications verifications;

    VerifyController(Verifying verifying, Verifications verifications) {
        this.verifying = verifying;
        this.verifications = verifications;
    }

    /** What becomes of a verification. */
    enum State {
        RUNNING,
        ENDED,
        /** It could not be done, or goes on by itself soon. */
        BROKEN_OFF
    }

    /**
     * A verification of a run.
     *
     * @param number from 1, of those of the run
     * @param ended null while it goes on
     * @param problem why it came to no end; null where it did, or goes on
     * @param counts how many differences there are, by kind
     * @param differences the first of them
     * @param more how many there are beside those
     */
    record VerificationView(
            String run,
            int number,
            State state,
            Instant requested,
            String requestedBy,
            Instant ended,
            String problem,
            Progress progress,
            Map<DifferenceKind, Long> counts,
            List<Difference> differences,
            long more) {}

    /** Changes nothing: what is missing is delivered again by a replay. */
    @Operation(
            summary = "Holds a run against the source's count, its pages, the ledger, the mailboxes and the audit log")
    @Refuses(status = HttpStatus.CONFLICT, when = "the run cannot be verified now")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @PostMapping("/api/runs/{run}/verify")
    ResponseEntity<VerificationView> verify(@PathVariable String run, Principal who) {
        String administrator = Objects.requireNonNull(
                        who, "Requests without a log-in are refused before they come here")
                .getName();
        Verifying.Answer answer = verifying.start(run, administrator);
        if (answer instanceof Verifying.Answer.Started started) {
            return ResponseEntity.accepted()
                    .location(URI.create("/api/runs/" + run + "/verify"))
                    .body(view(started.verified(), true));
        }
        if (answer instanceof Verifying.Answer.UnknownRun unknown) {
            throw Refusal.notFound(unknown.sentence() + ".");
        }
        if (answer instanceof Verifying.Answer.Refused refused) {
            throw Refusal.of(HttpStatus.CONFLICT, refused.sentence() + ".");
        }
        throw new IllegalStateException("Not a way for a verification to start: " + answer);
    }

    /** How far the latest verification is, and what it has found so far. */
    @Operation(summary = "How far the latest verification of a run is, and what it has found")
    @GetMapping("/api/runs/{run}/verify")
    VerificationView report(@PathVariable String run) {
        return verifying
                .latest(run)
                .map(latest -> view(latest.verified(), latest.atWork()))
                .orElseThrow(() -> Refusal.notFound("The run '" + Printable.of(run)
                        + "' was never verified; POST /api/runs/{run}/verify does it."));
    }

    private VerificationView view(Verified verified, boolean atWork) {
        List<Difference> differences = verifications.differences(verified);
        long all = verified.kinds().values().stream().mapToLong(Long::longValue).sum();
        return new VerificationView(
                verified.run(),
                verified.number(),
                state(verified, atWork),
                verified.requested(),
                verified.requestedBy(),
                verified.ended(),
                verified.problem(),
                verified.progress(),
                verified.kinds(),
                differences,
                Math.max(0, all - differences.size()));
    }

    static State state(Verified verified, boolean atWork) {
        if (atWork) {
            return State.RUNNING;
        }
        return verified.ended() != null && verified.problem() == null ? State.ENDED : State.BROKEN_OFF;
    }
}
