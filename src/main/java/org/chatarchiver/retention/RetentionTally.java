package org.chatarchiver.retention;

import org.chatarchiver.ledger.Page;

/** What a pass has come to. */
final class RetentionTally {
    private long pages;
    private long messages;
    private long bytes;
    private long runs;
    private long objects;
    private long kept;
    private int failures;

    void removed(Page page) {
        pages++;
        messages += page.messages();
        bytes += page.size();
    }

    void removedRest(long number) {
        runs++;
        objects += number;
    }

    /** A page or a run that is older, and stays. */
    void kept() {
        kept++;
    }

    /** A page that is to go, and could not be removed. */
    void failed() {
        failures++;
    }

    int failures() {
        return failures;
    }

    long pages() {
        return pages;
    }

    /** Whether anything has gone. */
    boolean any() {
        return pages + runs > 0;
    }

    /** For a line of the log. */
    @Override
    public String toString() {
        return pages + " pages with " + messages + " messages (" + bytes
                + " bytes) were removed from the landing zone, and " + objects
                + " objects beside those of " + runs + " runs; " + kept
                + " pages or runs are older than they are to be kept and stay (GET /api/retention/pages says why)";
    }
}
