package org.chatarchiver.routing;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.chatarchiver.landing.LandingPath;
import org.chatarchiver.ledger.DryCounts;
import org.chatarchiver.ledger.Page;
import org.chatarchiver.ledger.Run;

/**
 * A page being archived.
 *
 * @param again whether it was archived before and only what waits in it is taken up
 * @param dry what a dry run counts; stays empty otherwise
 * @param met the revisions and the messages that a dry run has counted in this page
 */
public record PageWork(
        Page page, Run run, Connector connector, boolean again, Map<DryCounts.Key, Long> dry, Set<UUID> met) {
    PageWork(Page page, Run run, Connector connector, boolean again) {
        this(page, run, connector, again, new HashMap<>(), new HashSet<>());
    }

    LandingPath folder() {
        return LandingPath.containing(page.path());
    }
}
