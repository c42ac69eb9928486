package org.chatarchiver.routing;

import java.util.HashMap;
import java.util.Map;
import org.chatarchiver.landing.LandingPath;
import org.chatarchiver.ledger.DryCounts;
import org.chatarchiver.ledger.Page;
import org.chatarchiver.ledger.Run;

/**
 * A page being archived.
 *
 * @param again whether it was archived before and only what waits in it is taken up
 * @param dry what a dry run counts; stays empty otherwise
 */
public record PageWork(Page page, Run run, Connector connector, boolean again, Map<DryCounts.Key, Long> dry) {
    PageWork(Page page, Run run, Connector connector, boolean again) {
        this(page, run, connector, again, new HashMap<>());
    }

    LandingPath folder() {
        return LandingPath.containing(page.path());
    }
}
