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
            case "FAILED" -> failed.merge(reason, number, (sum, more) -> sum + more == 0 ? null : (Long) (sum + more));
            case "MESSAGES" -> messages += number;
            case "RETRY" -> {
                pending += number;
                waiting += number;
                // One that an administrator's replay has made due has none.
                if (reason != null) {
                    waitingByReason.merge(reason, number, Long::sum);
                }
            }
            default -> pending += number;
        }
    }

    private void partial(Reason reason, long number) {
        partial += number;
        if (reason != null) {
            partially.merge(reason, number, Long::sum);
        }
    }
}
