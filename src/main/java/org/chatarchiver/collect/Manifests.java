package org.chatarchiver.collect;

import java.io.IOException;
import java.time.Clock;
import org.apache.camel.Body;
import org.chatarchiver.audit.AuditChain;
import org.chatarchiver.landing.LandingPath;
import org.chatarchiver.landing.Landings;
import org.chatarchiver.landing.Manifest;
import org.chatarchiver.ledger.Pages;
import org.chatarchiver.ledger.Run;
import org.springframework.stereotype.Component;

/** Lands the manifest of a run: its window, the source's count, the digests of its pages, and the end of the audit log. */
@Component("manifests")
public class Manifests {
    private final Pages pages;
    private final Landings landings;
    private final AuditChain audit;
    private final Clock clock;

    Manifests(Pages pages, Landings landings, AuditChain audit, Clock clock) {
        this.pages = pages;
        this.landings = landings;
        this.audit = audit;
        this.clock = clock;
    }

    public void land(@Body CollectionState poll) throws IOException {
        Run run = poll.run();
        LandingPath folder = LandingPath.of(run.connector(), run.started(), run.id());
        landings.land(
                folder,
                new Manifest(
                        run.connector(),
                        run.id(),
                        run.from(),
                        run.to(),
                        run.started(),
                        clock.instant(),
                        poll.totalCount() == null ? -1 : poll.totalCount(),
                        pages.of(run.id()).stream()
                                .map(page ->
                                        new Manifest.Page(page.path(), page.sha256(), page.size(), page.messages()))
                                .toList(),
                        landings.attachments(folder),
                        audit.append()));
    }
}
