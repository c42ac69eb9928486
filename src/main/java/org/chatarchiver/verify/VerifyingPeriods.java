package org.chatarchiver.verify;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.chatarchiver.ledger.PeriodVerifications;
import org.chatarchiver.ledger.PeriodVerifications.OfRun;
import org.chatarchiver.ledger.Verifications.Others;
import org.springframework.stereotype.Component;

/** Verifies the runs of a period, each as {@link Verifying} does it, and tells how far they are. */
@Component
public class VerifyingPeriods {
    /** Of a period, at once. */
    public static final int MOST_RUNS = 1_000;

    private final Verifying verifying;
    private final PeriodVerifications periods;

    public VerifyingPeriods(Verifying verifying, PeriodVerifications periods) {
        this.verifying = verifying;
        this.periods = periods;
    }

    /** What came of a wish to verify several. */
    public record Asked(String run, Verifying.Answer answer) {}

    /**
     * A period has more runs than are verified at once.
     *
     * @param reach up to when a period from the same time has no more than those; null where there is no such time
     */
    public record TooMany(long runs, Instant reach) {
        public String sentence() {
            return "The windows of " + runs + " runs have a part in that period, and " + MOST_RUNS
                    + " are verified, or told of, at once: choose a shorter period"
                    + (reach == null ? "" : " (from the same time it may reach to " + reach + ")")
                    + " or one connector, or call the command verify, which takes them one after the other";
        }
    }

    /** Empty where they are no more than {@value #MOST_RUNS}. @param connector null for all */
    public Optional<TooMany> tooMany(String connector, Instant from, Instant to) {
        return Optional.of(periods.count(connector, from, to))
                .filter(runs -> runs > MOST_RUNS)
                .map(runs -> new TooMany(
                        runs, periods.reach(connector, from, to, MOST_RUNS).orElse(null)));
    }

    /**
     * As {@link Verifying#start(String, String)}, of the runs whose windows have a part in a period, the first {@value #MOST_RUNS} where
     * there are {@linkplain #tooMany more}.
     *
     * @param connector null for all
     */
    public List<Asked> start(String connector, Instant from, Instant to, String administrator) {
        InTurn turn = inTurn(from, to);
        return periods.of(connector, from, to, MOST_RUNS).stream()
                .map(run -> new Asked(run.run(), turn.start(run, administrator)))
                .toList();
    }

    /** For who starts the runs of a period himself. */
    public InTurn inTurn(Instant from, Instant to) {
        return new InTurn(verifying, new Others(from, to));
    }

    /**
     * Starts the runs of a period, one after the other: the first of each connector that begins reads the mailboxes of the connector's
     * mapping too to which none of them has delivered.
     */
    public static final class InTurn {
        private final Verifying verifying;
        private final Others others;
        private final Set<String> seenTo = new HashSet<>();

        private InTurn(Verifying verifying, Others others) {
            this.verifying = verifying;
            this.others = others;
        }

        public Verifying.Answer start(OfRun run, String administrator) {
            boolean first = !seenTo.contains(run.connector());
            Verifying.Answer answer = verifying.start(run.run(), administrator, first ? others : null);
            // One that goes on since it was broken off may have begun without.
            if (answer instanceof Verifying.Answer.Started started
                    && others.equals(started.verified().others())) {
                seenTo.add(run.connector());
            }
            return answer;
        }
    }

    /** @param atWork as of {@link Verifying.Latest} */
    public record InPeriod(OfRun run, boolean atWork) {}

    /**
     * The last verifications of the runs of a period, of one more than {@value #MOST_RUNS} at most, so that it can be told that there are
     * more.
     *
     * @param connector null for all
     */
    public List<InPeriod> latest(String connector, Instant from, Instant to) {
        return periods.of(connector, from, to, MOST_RUNS + 1).stream()
                .map(this::inPeriod)
                .toList();
    }

    private InPeriod inPeriod(OfRun run) {
        if (run.verified() == null || run.verified().ended() != null) {
            return new InPeriod(run, false);
        }
        // Read again, for it may have ended since.
        Verifying.Latest latest = verifying.latest(run.run()).orElseThrow();
        return new InPeriod(
                new OfRun(run.run(), run.connector(), run.from(), run.to(), latest.verified()), latest.atWork());
    }
}
