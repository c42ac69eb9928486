package org.chatarchiver.landing;

import java.io.IOException;

/**
 * What became of a body that was taken to the local disk and looked at on the way.
 *
 * @param <T> what is learnt from it
 */
public sealed interface Judged<T> {
    /** It is what was asked for. */
    record Whole<T>(Staged<T> staged) implements Judged<T> {}

    /**
     * It is not, or it broke off.
     *
     * @param bytes what came, at most {@link Staging#LARGEST_REJECTED} of it, under a name that no page has; null where nothing came
     * @param why what the reading or the source threw
     */
    record Rejected<T>(Staged<Void> bytes, IOException why) implements Judged<T> {}
}
