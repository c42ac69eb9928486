package org.chatarchiver.console;

import java.util.Comparator;
import java.util.List;
import org.chatarchiver.ledger.Verifications.Progress;
import org.chatarchiver.ledger.Verifications.Verified;
import org.chatarchiver.verify.VerifyingPeriods;
import org.chatarchiver.verify.VerifyingPeriods.InPeriod;

/**
 * The runs of a period and their last verifications, as the page shows them.
 *
 * @param runs those first that need somebody: with differences, not done, under way, never verified
 * @param more whether there are further runs
 */
record VerifiedPeriod(List<InPeriod> runs, boolean more) {
    private static final int LISTED = 100;

    static VerifiedPeriod of(List<InPeriod> runs) {
        return new VerifiedPeriod(
                runs.stream()
                        .limit(VerifyingPeriods.MOST_RUNS)
                        .sorted(Comparator.comparing(VerifiedPeriod::state))
                        .toList(),
                runs.size() > VerifyingPeriods.MOST_RUNS);
    }

    /** In the order in which they need somebody. */
    enum State {
        DIFFERS("bad"),
        NOT_DONE("warn"),
        UNDER_WAY(""),
        NEVER_VERIFIED(""),
        NOTHING_DIFFERS("good");

        private final String look;

        State(String look) {
            this.look = look;
        }

        public String look() {
            return look;
        }
    }

    static State state(InPeriod one) {
        Verified verified = one.run().verified();
        if (verified == null) {
            return State.NEVER_VERIFIED;
        }
        if (verified.ended() == null) {
            return State.UNDER_WAY;
        }
        if (verified.problem() != null) {
            return State.NOT_DONE;
        }
        return differs(one) ? State.DIFFERS : State.NOTHING_DIFFERS;
    }

    static boolean differs(InPeriod one) {
        return one.run().verified() != null && !one.run().verified().kinds().isEmpty();
    }

    public State stateOf(InPeriod one) {
        return state(one);
    }

    public List<InPeriod> listed() {
        return runs.subList(0, Math.min(LISTED, runs.size()));
    }

    public String rhythm() {
        return Moving.RHYTHM;
    }

    public boolean goesOn() {
        return count(State.UNDER_WAY) > 0;
    }

    /** One was broken off when its archiver stopped. */
    public boolean waits() {
        return runs.stream().anyMatch(one -> state(one) == State.UNDER_WAY && !one.atWork());
    }

    /** All of them were verified, and nothing differs. */
    public boolean same() {
        return !runs.isEmpty() && !more && count(State.NOTHING_DIFFERS) == runs.size();
    }

    private long count(State wanted) {
        return runs.stream().filter(one -> state(one) == wanted).count();
    }

    /** Those that were ever asked for. */
    public long steps() {
        return runs.size() - count(State.NEVER_VERIFIED);
    }

    /** Of {@link #steps}, with parts of those that are under way. */
    public double done() {
        return runs.stream()
                .map(one -> one.run().verified())
                .filter(verified -> verified != null)
                .mapToDouble(verified -> verified.ended() == null ? part(verified.progress()) : 1)
                .sum();
    }

    private static double part(Progress progress) {
        int steps = progress.mailboxes() + progress.pages();
        return progress.mailboxes() == 0 ? 0 : (double) (progress.mailboxesDone() + progress.pagesDone()) / steps;
    }

    /** How many runs there are of each state. */
    public String counts() {
        Words words = new Words();
        StringBuilder text = new StringBuilder(words.count(runs.size(), "run")).append(more ? " of more" : "");
        for (State state : State.values()) {
            if (count(state) > 0) {
                text.append(text.indexOf(":") < 0 ? ": " : ", ")
                        .append(words.number(count(state)))
                        .append(
                                switch (state) {
                                    case DIFFERS -> " with differences";
                                    case NOT_DONE -> " that could not be verified";
                                    case UNDER_WAY -> " under way";
                                    case NEVER_VERIFIED -> " never verified";
                                    default -> " in which nothing differs";
                                });
            }
        }
        return text.append('.').toString();
    }

    public long differences(InPeriod one) {
        return one.run().verified() == null
                ? 0
                : one.run().verified().kinds().values().stream()
                        .mapToLong(Long::longValue)
                        .sum();
    }
}
