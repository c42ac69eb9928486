package org.chatarchiver.retention;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.chatarchiver.ledger.DetailRemovals;
import org.chatarchiver.ledger.Holds;
import org.chatarchiver.ledger.Pages;
import org.chatarchiver.ledger.Removals;
import org.chatarchiver.message.PartyIds;

/** What tests of other packages need of retention. */
public final class RetentionFixture {
    private RetentionFixture() {}

    /** Of one connector, whose pages are kept for 30 days. */
    public static RetentionPlan plan(
            String connector, Removals removals, DetailRemovals details, Holds holds, Pages pages, Clock clock) {
        return new RetentionPlan(
                new RetentionProperties(
                        List.of(new RetentionProperties.Period(connector, Duration.ofDays(30), Duration.ofDays(365)))),
                removals,
                details,
                holds,
                pages,
                new Coverage(new PartyIds("GB")),
                clock);
    }
}
