package org.chatarchiver.verify;

import static org.chatarchiver.ledger.DifferenceKind.PAGE_ALTERED;
import static org.chatarchiver.ledger.DifferenceKind.PAGE_GONE;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Iterator;
import org.apache.camel.Body;
import org.chatarchiver.landing.LandingCorruptException;
import org.chatarchiver.landing.LandingException;
import org.chatarchiver.landing.Landings;
import org.chatarchiver.ledger.Difference;
import org.chatarchiver.ledger.DifferenceKind;
import org.chatarchiver.ledger.Evidence;
import org.chatarchiver.ledger.Page;
import org.chatarchiver.telemessage.Chunk;
import org.chatarchiver.telemessage.CloseableIterator;
import org.chatarchiver.telemessage.PageReader;
import org.springframework.stereotype.Component;

/** Holds landed pages against their digests, and what is read from them again against the ledger. */
@Component("pageCheck")
public class PageCheck {
    private static final int MOST_ELEMENTS = 500;
    private static final long MOST_BYTES = 4L << 20;

    private final Landings landings;
    private final PageReader reader;
    private final ElementCheck elements;
    private final Evidence evidence;

    PageCheck(Landings landings, PageReader reader, ElementCheck elements, Evidence evidence) {
        this.landings = landings;
        this.reader = reader;
        this.elements = elements;
        this.evidence = evidence;
    }

    /** The pages of the run that are still to be verified, one at a time. */
    public Iterator<KeptPage> pages(@Body Verification verification) {
        verification.foldersDone();
        return evidence.pages(verification.run().id()).stream()
                .skip(verification.pagesDone())
                .map(kept -> new KeptPage(verification, kept.page(), kept.removed()))
                .iterator();
    }

    /** @throws IOException if the landing zone or the ledger cannot be read: nothing is said of the page then */
    public void check(@Body KeptPage kept) throws IOException {
        kept.verification().goOn();
        if (!kept.removed() && isAsItLanded(kept)) {
            readAgain(kept);
        }
    }

    /** Its last step. */
    public void done(@Body KeptPage kept) {
        kept.verification().pageDone();
    }

    private boolean isAsItLanded(KeptPage kept) throws IOException {
        Page page = kept.page();
        try (InputStream plain = landings.open(page.path(), page.sha256())) {
            plain.transferTo(OutputStream.nullOutputStream());
            return true;
        } catch (LandingCorruptException e) {
            found(
                    kept,
                    PAGE_ALTERED,
                    "The landed page " + page.path() + " is not what it was when it landed: its SHA-256 was "
                            + e.expected() + ", and is " + e.found()
                            + "; put it back from a backup of the landing zone, and find out who can write there");
        } catch (LandingException e) {
            if (!landings.isMissing(e)) {
                throw e;
            }
            if (isRemovedMeanwhile(page)) {
                return false;
            }
            found(
                    kept,
                    PAGE_GONE,
                    "The landed page " + page.path() + " is gone, and retention has not removed it;"
                            + " put it back from a backup of the landing zone, and find out who can delete there");
        }
        return false;
    }

    /** Retention says so before it removes one. */
    private boolean isRemovedMeanwhile(Page page) {
        return evidence.pages(page.run()).stream()
                .anyMatch(now -> now.page().number() == page.number() && now.removed());
    }

    private static void found(KeptPage kept, DifferenceKind kind, String sentence) {
        kept.verification().found(Difference.of(kind, kept.page(), sentence));
    }

    private void readAgain(KeptPage kept) throws IOException {
        Page page = kept.page();
        try (CloseableIterator<Chunk> chunks =
                reader.chunks(landings.open(page.path(), page.sha256()), page.landed(), MOST_ELEMENTS, MOST_BYTES)) {
            while (chunks.hasNext()) {
                kept.verification().goOn();
                try (Chunk chunk = chunks.next()) {
                    elements.check(kept, chunk.elements());
                }
            }
        }
    }
}
