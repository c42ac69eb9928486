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
import org.chatarchiver.mapping.Mappings;
import org.chatarchiver.msexchange.transport.Fence;

/**
 * A page being archived.
 *
 * @param mapping by which all its messages are mapped, whatever comes into force meanwhile
 * @param mailFolder into which its e-mails go
 * @param again whether it was archived before and only what waits in it is taken up
 * @param doubtful whether what is first met in it may be at the destination already, and is looked for before it is sent
 * @param fence shut once another archiver may have the page
 * @param dry what a dry run counts; stays empty otherwise
 * @param met the captures and the items that a dry run has counted in this page
 * @param sightings who was met in it
 */
public record PageWork(
        Page page,
        Run run,
        Connector connector,
        Mappings.Current mapping,
        String mailFolder,
        boolean again,
        boolean doubtful,
        Fence fence,
        Map<DryCounts.Key, Long> dry,
        Set<UUID> met,
        Sightings sightings) {
    PageWork(
            Page page,
            Run run,
            Connector connector,
            Mappings.Current mapping,
            String mailFolder,
            boolean again,
            boolean doubtful,
            Fence fence) {
        this(
                page,
                run,
                connector,
                mapping,
                mailFolder,
                again,
                doubtful,
                fence,
                new HashMap<>(),
                new HashSet<>(),
                new Sightings());
    }

    LandingPath folder() {
        return LandingPath.containing(page.path());
    }
}
