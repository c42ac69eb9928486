package org.chatarchiver.recovery;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.chatarchiver.landing.Landed;
import org.chatarchiver.landing.LandedPage;
import org.chatarchiver.landing.LandingCorruptException;
import org.chatarchiver.landing.LandingException;
import org.chatarchiver.landing.LandingPath;
import org.chatarchiver.landing.Landings;
import org.chatarchiver.landing.Manifest;
import org.chatarchiver.ledger.Adoptions;
import org.chatarchiver.ledger.Page;
import org.chatarchiver.ledger.Reason;
import org.chatarchiver.ledger.Run;
import org.chatarchiver.message.Printable;
import org.chatarchiver.telemessage.PageScan;
import org.chatarchiver.telemessage.PageSummary;
import org.springframework.stereotype.Component;

/** Learns of landed pages, and of the run that they are of, what the ledger would have been told when they landed. */
@Component
class AdoptedPages {
    private static final Duration LONGEST_RUN = Duration.ofDays(1);

    private final Landings landings;
    private final Clock clock;

    AdoptedPages(Landings landings, Clock clock) {
        this.landings = landings;
        this.clock = clock;
    }

    /**
     * @param manifest of the run; empty where its poll never ended
     * @param pages that may be taken in
     * @param bad path and what is wrong with the page there
     * @param cut whether retention has removed pages of the run: what is there is not all that there was
     */
    record Lot(Optional<Manifest> manifest, List<Page> pages, Map<String, String> bad, boolean cut) {}

    /**
     * Reads each page to its end: it is whole, it is a page, and it has the digest that stands in the manifest and at the store, if there.
     *
     * @throws LandingException if the landing zone cannot be read
     */
    Lot inspect(LandingPath run, List<LandedPage> found) throws IOException {
        Optional<Manifest> manifest = landings.manifest(run);
        List<Page> pages = new ArrayList<>();
        Map<String, String> bad = new LinkedHashMap<>();
        for (LandedPage page : found) {
            try {
                pages.add(page(run, page, manifest));
            } catch (LandingCorruptException e) {
                bad.put(page.path(), Printable.of(e.getMessage()));
            } catch (LandingException e) {
                throw e;
            } catch (IOException e) {
                bad.put(page.path(), "it is no page: " + Printable.of(e.getMessage()));
            }
        }
        return new Lot(manifest, pages, bad, landings.isCut(run));
    }

    private Page page(LandingPath run, LandedPage page, Optional<Manifest> manifest) throws IOException {
        Landings.Inspected<PageSummary> inspected = landings.inspect(page.path(), PageScan::scan);
        Landed landed = inspected.landed();
        for (Manifest.Page noted : manifest.map(Manifest::pages).orElse(List.of())) {
            if (noted.path().equals(page.path()) && !noted.sha256().equals(landed.sha256())) {
                throw new LandingCorruptException(page.path(), noted.sha256(), landed.sha256(), null);
            }
        }
        return new Page(
                run.run(),
                page.number(),
                page.path(),
                landed.sha256(),
                landed.size(),
                inspected.value().messages(),
                manifest.map(Manifest::ended).orElseGet(() -> lastOf(run)));
    }

    /** No page of the run landed later. */
    private Instant lastOf(LandingPath run) {
        Instant end = Adoptions.started(run.run(), run.day()).plus(LONGEST_RUN);
        return end.isBefore(clock.instant()) ? end : clock.instant();
    }

    /**
     * The run as it can be told from its folder. It never moves the watermark: its window is asked for again. One whose pages retention has
     * removed lacks nothing: what is left of it is all that there is to be.
     */
    Run run(LandingPath path, Lot lot) {
        Instant started = Adoptions.started(path.run(), path.day());
        boolean dry = path.run().endsWith(Run.DRY);
        return lot.manifest()
                .map(manifest -> new Run(
                        path.run(),
                        path.connector(),
                        Run.Cause.ADOPTED,
                        dry,
                        manifest.from(),
                        manifest.to(),
                        Run.State.RUNNING,
                        started,
                        manifest.ended(),
                        null,
                        lot.cut() || manifest.availableFromSource() < 0 ? null : manifest.availableFromSource(),
                        null,
                        null,
                        1,
                        null,
                        null,
                        null))
                .orElseGet(() -> new Run(
                        path.run(),
                        path.connector(),
                        Run.Cause.ADOPTED,
                        dry,
                        started,
                        started,
                        Run.State.FAILED,
                        started,
                        null,
                        clock.instant(),
                        null,
                        Reason.RUN_INTERRUPTED,
                        "The ledger did not know this run; it was made again from the landing zone, which does not tell its window.",
                        1,
                        null,
                        null,
                        null));
    }
}
