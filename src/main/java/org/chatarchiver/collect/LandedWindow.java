package org.chatarchiver.collect;

import java.util.Optional;
import org.chatarchiver.ledger.Run;

/**
 * A window that has landed to its last page, as its run ends.
 *
 * @param poll closed
 * @param kept whether the source still had all of the window when it was asked
 * @param next the run of the next window, once this one's has ended
 */
public record LandedWindow(CollectionState poll, boolean kept, Optional<Run> next) {
    LandedWindow before(Optional<Run> opened) {
        return new LandedWindow(poll, kept, opened);
    }
}
