package org.chatarchiver.ledger;

import java.util.Map;
import java.util.TreeMap;

/** What a transaction changes in the totals of runs; what comes to nothing is none. */
final class TotalChanges {
    private final Map<Key, Long> numbers = new TreeMap<>();

    /** @param reason empty for none */
    record Key(String run, Counted counted, String reason) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            int byRun = run.compareTo(other.run);
            int byCounted = byRun == 0 ? counted.compareTo(other.counted) : byRun;
            return byCounted == 0 ? reason.compareTo(other.reason) : byCounted;
        }
    }

    /** @param reason null or empty for none; left out where nothing is counted by reason */
    void add(String run, Counted counted, String reason, long number) {
        Key key = new Key(run, counted, reason != null && counted.hasReason() ? reason : "");
        numbers.merge(key, number, (sum, more) -> sum + more == 0 ? null : (Long) (sum + more));
    }

    void add(String run, ItemState state, Reason reason, boolean met, long number) {
        add(run, Counted.of(state, met), Sql.name(reason), number);
    }

    /** By their keys, in one order. */
    Map<Key, Long> numbers() {
        return numbers;
    }
}
