package org.chatarchiver.archive;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.chatarchiver.connector.Connector;
import org.chatarchiver.landing.LandingPath;
import org.chatarchiver.ledger.DryCounts;
import org.chatarchiver.ledger.Page;
import org.chatarchiver.ledger.Run;

/**
 * A page being archived.
 *
 * @param mailFolder into which its e-mails go
 * @param again whether it was archived before and only what waits in it is taken up
 * @param doubtful whether what is first met in it may be at the destination already, and is looked for before it is sent
 * @param dry what a dry run counts; stays empty otherwise
 * @param met the captures and the items that a dry run has counted in this page
 */
public record PageWork(
        Page page,
        Run run,
        Connector connector,
        String mailFolder,
        boolean again,
        boolean doubtful,
        Map<DryCounts.Key, Long> dry,
        Set<UUID> met) {
    PageWork(Page page, Run run, Connector connector, String mailFolder, boolean again, boolean doubtful) {
        this(page, run, connector, mailFolder, again, doubtful, new HashMap<>(), new HashSet<>());
    }

    LandingPath folder() {
        return LandingPath.containing(page.path());
    }
}
