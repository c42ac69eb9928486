package org.chatarchiver.delivery;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;

/**
 * Whom to ask while the destination is out. Were the trouble that of the mailboxes alone that met it, asking for these would keep all
 * others waiting for ever: so every other mailbox that is known gets its turn. Not for several threads at a time.
 */
final class ProbeOrder {
    /** Beside the first, where credentials are refused, which is said at once: few, since each may count as a failed log-in. */
    private static final int MORE = 4;

    private final String probeMailbox;
    private final OtherMailboxes others;
    private final Deque<String> left = new ArrayDeque<>();
    private Outages.Outage outage;
    private int round;

    /** @param probeMailbox the first of every round; empty where there is none */
    ProbeOrder(String probeMailbox, OtherMailboxes others) {
        this.probeMailbox = probeMailbox;
        this.others = others;
    }

    /**
     * The first is asked whatever happens, those behind it only while credentials are refused. Empty where no mailbox is known of.
     *
     * @param delivered the mailbox that was delivered to last; empty for none
     */
    List<String> round(Outages.Outage of, String delivered) {
        if (outage == null || !of.since().equals(outage.since())) {
            outage = of;
            left.clear();
            round = 0;
        }
        List<String> known = Stream.of(of.mailbox(), delivered)
                .filter(one -> !one.isEmpty())
                .distinct()
                .toList();
        List<String> fresh = fresh(known);
        List<String> all = new ArrayList<>(known);
        all.addAll(fresh);
        if (!probeMailbox.isEmpty()) {
            all.add(0, probeMailbox);
        } else if (!all.isEmpty()) {
            // In turn: the one that met it, the one that was delivered to, and one of all the others.
            int others = fresh.isEmpty() ? 0 : 1;
            Collections.swap(all, 0, round++ % (known.size() + others));
        }
        return all;
    }

    /** The next of those that have not been asked since all were. */
    private List<String> fresh(List<String> known) {
        if (left.isEmpty()) {
            left.addAll(others.likely());
        }
        List<String> next = new ArrayList<>();
        while (next.size() < MORE && !left.isEmpty()) {
            String one = left.poll();
            if (!known.contains(one) && !one.equalsIgnoreCase(probeMailbox)) {
                next.add(one);
            }
        }
        return next;
    }
}
