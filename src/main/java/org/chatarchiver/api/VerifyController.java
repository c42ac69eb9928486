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
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Runs that are held against what there is of them. */
@RestController
class VerifyController {
    private static final int MOST_RUNS = 1_000;

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

    /**
     * Which runs to verify.
     *
     * @param connector null for all
     */
    record PeriodWish(String connector, Instant from, Instant to) {}

    /** @param problem why it was not begun; null where it was */
    record AskedView(String run, String problem) {}

    record PeriodView(List<AskedView> runs) {}

    /** Each as by itself: {@code GET /api/runs/{run}/verify} tells how far it is. An archiver works on two at a time. */
    @Operation(summary = "Verifies the runs whose windows have a part in a period, a thousand at most")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @PostMapping("/api/verify")
    PeriodView verify(@RequestBody PeriodWish wish, Principal who) {
        if (wish.from() == null || wish.to() == null || !wish.from().isBefore(wish.to())) {
            throw Refusal.badRequest("The period needs a from and a later to, such as"
                    + " {\"from\":\"2026-11-19T00:00:00Z\",\"to\":\"2026-11-20T00:00:00Z\"}.");
        }
        List<AskedView> asked =
                verifying.start(wish.connector(), wish.from(), wish.to(), MOST_RUNS, who.getName()).stream()
                        .map(one -> new AskedView(one.run(), problem(one.answer())))
                        .toList();
        if (asked.isEmpty()) {
            throw Refusal.notFound(
                    "There is no run whose window has a part in that period, so that nothing was verified.");
        }
        return new PeriodView(asked);
    }

    private static String problem(Verifying.Answer answer) {
        if (answer instanceof Verifying.Answer.Refused refused) {
            return refused.sentence();
        }
        return answer instanceof Verifying.Answer.UnknownRun unknown ? unknown.sentence() : null;
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

    private static State state(Verified verified, boolean atWork) {
        if (atWork) {
            return State.RUNNING;
        }
        return verified.ended() != null && verified.problem() == null ? State.ENDED : State.BROKEN_OFF;
    }
}
