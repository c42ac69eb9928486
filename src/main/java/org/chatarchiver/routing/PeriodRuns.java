package org.chatarchiver.routing;

import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.chatarchiver.ledger.PeriodVerifications;
import org.chatarchiver.ledger.PeriodVerifications.OfRun;

/** The runs whose windows have a part in a period, however many there are: read from the ledger a part at a time. */
final class PeriodRuns implements Iterable<OfRun> {
    private static final int PART = 1_000;

    private final PeriodVerifications periods;
    private final String connector;
    private final Instant from;
    private final Instant to;
    private final long count;

    /** @param connector null for all */
    PeriodRuns(PeriodVerifications periods, String connector, Instant from, Instant to) {
        this.periods = periods;
        this.connector = connector;
        this.from = from;
        this.to = to;
        this.count = periods.count(connector, from, to);
    }

    /** How many there were at first: runs of the period may begin since. */
    long count() {
        return count;
    }

    @Override
    public Iterator<OfRun> iterator() {
        return Stream.iterate(part(null), part -> !part.isEmpty(), part -> part(part.get(part.size() - 1)))
                .flatMap(List::stream)
                .iterator();
    }

    private List<OfRun> part(OfRun after) {
        return periods.of(connector, from, to, after, PART);
    }
}
