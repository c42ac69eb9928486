package org.chatarchiver.routing;

import java.time.Duration;
import java.util.Collection;
import org.chatarchiver.archive.Archiving;
import org.chatarchiver.archive.PageTurns;
import org.chatarchiver.collect.PollTurns;
import org.chatarchiver.routing.RouteUnits.Unit;
import org.springframework.stereotype.Component;

/**
 * Has polls and pages that are under way in routes that are about to change come to rest first: a poll whose step goes away under it would
 * fail, and a page of a hundred thousand messages would be waited for.
 */
@Component
class WorkInTheAir {
    private static final Duration LONGEST_PAGE = Duration.ofSeconds(4);

    private final PollTurns polls;
    private final PageTurns pages;
    private final Archiving archiving;

    WorkInTheAir(PollTurns polls, PageTurns pages, Archiving archiving) {
        this.archiving = archiving;
        this.polls = polls;
        this.pages = pages;
    }

    /** Whether a page of the connector is in work here still. */
    boolean works(String connector) {
        return archiving.works(connector);
    }

    /** @param gone those of all that are about to go */
    void giveWay(Collection<Unit> all, Collection<Unit> gone) {
        if (RunningRoutes.leads("direct:archive-page", all, gone)) {
            pages.giveWay();
        }
        if (RunningRoutes.leads("direct:collect-run", all, gone)) {
            polls.giveWay(LONGEST_PAGE);
        }
    }
}
