package org.chatarchiver.api;

import io.swagger.v3.oas.annotations.Operation;
import java.security.Principal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.chatarchiver.ledger.DifferenceKind;
import org.chatarchiver.ledger.PeriodVerifications.OfRun;
import org.chatarchiver.ledger.Verifications.Progress;
import org.chatarchiver.ledger.Verifications.Verified;
import org.chatarchiver.verify.Verifying;
import org.chatarchiver.verify.VerifyingPeriods;
import org.chatarchiver.verify.VerifyingPeriods.InPeriod;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The runs of a period, which are held against what there is of them. */
@RestController
class VerifyPeriodController {
    private final VerifyingPeriods periods;

    VerifyPeriodController(VerifyingPeriods periods) {
        this.periods = periods;
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

    /** Each as by itself; {@code GET /api/verify} of the same period tells how far they are. An archiver works on two at a time. */
    @Operation(summary = "Verifies the runs whose windows have a part in a period, a thousand at most")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @PostMapping("/api/verify")
    PeriodView verify(@RequestBody PeriodWish wish, Principal who) {
        if (wish.from() == null || wish.to() == null || !wish.from().isBefore(wish.to())) {
            throw Refusal.badRequest("The period needs a from and a later to, such as"
                    + " {\"from\":\"2026-11-19T00:00:00Z\",\"to\":\"2026-11-20T00:00:00Z\"}.");
        }
        periods.tooMany(wish.connector(), wish.from(), wish.to()).ifPresent(many -> {
            throw Refusal.badRequest(many.sentence() + ".")
                    .with("reason", "TOO_MANY_RUNS")
                    .with("value", many.runs())
                    .with("most", VerifyingPeriods.MOST_RUNS)
                    .with("reach", many.reach() == null ? null : many.reach().toString());
        });
        List<AskedView> asked = periods.start(wish.connector(), wish.from(), wish.to(), who.getName()).stream()
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

    /**
     * A run and its last verification; of that all is null for one that was never verified.
     *
     * @param from start of the run's window
     * @param to end of it, not in it
     * @param ended null while it goes on
     * @param problem why it came to no end; null where it did, or goes on
     * @param counts how many differences there are, by kind
     */
    record VerifiedRunView(
            String run,
            String connector,
            Instant from,
            Instant to,
            VerifyController.State state,
            Instant requested,
            Instant ended,
            String problem,
            Progress progress,
            Map<DifferenceKind, Long> counts) {
        static VerifiedRunView of(InPeriod one) {
            OfRun run = one.run();
            Verified verified = run.verified();
            return verified == null
                    ? new VerifiedRunView(
                            run.run(), run.connector(), run.from(), run.to(), null, null, null, null, null, null)
                    : new VerifiedRunView(
                            run.run(),
                            run.connector(),
                            run.from(),
                            run.to(),
                            VerifyController.state(verified, one.atWork()),
                            verified.requested(),
                            verified.ended(),
                            verified.problem(),
                            verified.progress(),
                            verified.kinds());
        }
    }

    /**
     * @param more whether there are further runs, of which the first thousand are told
     * @param advice how to come to those; null where there are none
     */
    record VerifiedPeriodView(List<VerifiedRunView> runs, boolean more, String advice) {}

    /** By connector and window. The differences of a run are told by {@code GET /api/runs/{run}/verify}. */
    @Operation(summary = "The runs whose windows have a part in a period, and what their last verification has found")
    @GetMapping("/api/verify")
    VerifiedPeriodView report(
            @RequestParam(defaultValue = "") String connector, @RequestParam String from, @RequestParam String to) {
        Instant begin = AuditController.time("from", from);
        Instant end = AuditController.time("to", to);
        if (begin == null || end == null || !begin.isBefore(end)) {
            throw Refusal.badRequest(
                    "The period from '" + begin + "' to '" + end + "' is empty; give two times, the earlier first.");
        }
        String only = connector.isEmpty() ? null : connector;
        List<InPeriod> runs = periods.latest(only, begin, end);
        boolean more = runs.size() > VerifyingPeriods.MOST_RUNS;
        return new VerifiedPeriodView(
                runs.stream()
                        .limit(VerifyingPeriods.MOST_RUNS)
                        .map(VerifiedRunView::of)
                        .toList(),
                more,
                more
                        ? periods.tooMany(only, begin, end)
                                .map(many -> many.sentence() + ".")
                                .orElse(null)
                        : null);
    }
}
