package org.chatarchiver.ledger;

import java.util.EnumMap;
import java.util.Map;

/** Sums of one run while its rows are read. */
final class Tally {
    static final String SKIPPED = "SKIPPED";

    long imported;
    long partial;
    long skipped;
    long pending;
    long messages;
    final Map<Reason, Long> partially = new EnumMap<>(Reason.class);
    long waiting;
    final Map<Reason, Long> failed = new EnumMap<>(Reason.class);
    final Map<Reason, Long> waitingByReason = new EnumMap<>(Reason.class);

    void add(String outcome, Reason reason, long number) {
        switch (outcome) {
            case "IMPORTED" -> imported += number;
            case "PARTIAL" -> partial(reason, number);
            case SKIPPED -> skipped += number;
            case "FAILED" -> count(failed, reason, number);
            case "MESSAGES" -> messages += number;
            case "RETRY" -> {
                pending += number;
                waiting += number;
                // One that an administrator's replay has made due has none.
                if (reason != null) {
                    count(waitingByReason, reason, number);
                }
            }
            default -> pending += number;
        }
    }

    private void partial(Reason reason, long number) {
        partial += number;
        if (reason != null) {
            count(partially, reason, number);
        }
    }

    /** A reason that nothing has any more is none: what a replay has changed is taken off again. */
    private static void count(Map<Reason, Long> byReason, Reason reason, long number) {
        byReason.merge(reason, number, (sum, more) -> sum + more == 0 ? null : (Long) (sum + more));
    }
}
