package org.chatarchiver.ledger;

import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/** The totals of one run while they are read. */
final class Tally {

    long imported;
    long partial;
    long skipped;
    long pending;
    long arrived;
    final Map<Reason, Long> partially = new EnumMap<>(Reason.class);
    long waiting;
    final Map<Reason, Long> failed = new EnumMap<>(Reason.class);
    final Map<Reason, Long> waitingByReason = new EnumMap<>(Reason.class);
    final Map<Reason, Long> notServed = new TreeMap<>();

    /** @param reason null for none */
    void add(Counted outcome, Reason reason, long number) {
        switch (outcome) {
            case IMPORTED -> imported += number;
            case PARTIAL -> partial(reason, number);
            case SKIPPED -> skipped += number;
            case FAILED -> count(failed, reason, number);
            case ARRIVED -> arrived += number;
            case NOT_SERVED -> count(notServed, reason, number);
            case PENDING -> pending += number;
            case RETRY -> {
                pending += number;
                waiting += number;
                // One that an administrator's replay has made due has none.
                if (reason != null) {
                    count(waitingByReason, reason, number);
                }
            }
        }
    }

    private void partial(Reason reason, long number) {
        partial += number;
        if (reason != null) {
            count(partially, reason, number);
        }
    }

    /** A reason that nothing has any more is none: a later change may have taken back all that it had. */
    private static void count(Map<Reason, Long> byReason, Reason reason, long number) {
        byReason.merge(reason, number, (sum, more) -> sum + more == 0 ? null : (Long) (sum + more));
    }
}
