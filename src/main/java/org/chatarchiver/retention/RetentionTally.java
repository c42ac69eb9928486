package org.chatarchiver.retention;

import org.chatarchiver.ledger.DetailRemovals;
import org.chatarchiver.ledger.Page;
import org.chatarchiver.ledger.RunDetails;

/** What a pass has come to. */
final class RetentionTally {
    private long pages;
    private long messages;
    private long bytes;
    private long runs;
    private long objects;
    private long kept;
    private long forgotten;
    private long entries;
    private long sentences;
    private long forgottenRuns;
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

    /** Of what the ledger told of a page. */
    void forgotten(DetailRemovals.Outcome outcome) {
        if (outcome.kept() == null) {
            forgotten++;
            entries += outcome.entries();
            sentences += outcome.items();
        } else {
            kept++;
        }
    }

    /** Of what it told of a run as a whole. */
    void forgotten(RunDetails.Part part) {
        if (part == RunDetails.Part.DONE) {
            forgottenRuns++;
        } else {
            kept++;
        }
    }

    long forgotten() {
        return forgotten;
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
        return pages + runs + forgotten + forgottenRuns > 0;
    }

    /** For a line of the log. */
    @Override
    public String toString() {
        return pages + " pages with " + messages + " messages (" + bytes
                + " bytes) were removed from the landing zone, and " + objects
                + " objects beside those of " + runs + " runs; the details of " + forgotten + " pages (" + entries
                + " entries of channels, " + sentences + " sentences) and of " + forgottenRuns
                + " runs from the ledger; " + kept
                + " pages or runs are older than they are to be kept and stay (GET /api/retention/pages says why)";
    }
}
