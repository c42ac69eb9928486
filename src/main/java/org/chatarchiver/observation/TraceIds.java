package org.chatarchiver.observation;

import org.chatarchiver.message.Sha256;

/**
 * Ids as W3C Trace Context has them, made of the run and the number of a page: whichever archiver works on the page, whenever, and however
 * it was queued, finds the same, so that nothing beside the page's reference crosses the queue.
 */
final class TraceIds {
    private static final int TRACE = 32;
    private static final int SPAN = 16;

    private TraceIds() {}

    /**
     * 32 lower-case hexadecimal digits.
     *
     * @param page its reference, {@code <run>/<number>}
     */
    static String trace(String page) {
        return Sha256.of(page).substring(0, TRACE);
    }

    /** Of the span that all others of the trace stand below, the page's first poll: 16 lower-case hexadecimal digits. */
    static String root(String page) {
        return Sha256.of(page).substring(TRACE, TRACE + SPAN);
    }
}
