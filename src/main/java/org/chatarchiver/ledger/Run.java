package org.chatarchiver.ledger;

import java.time.Instant;

/**
 * One pull of one connector over one window [from, to).
 *
 * @param id sorts by start time, unique over all connectors; ends in {@value #DRY} for a dry run, so that its pages can be told
 *     without the ledger
 * @param landed when the source had given everything; null before, and for a run whose poll failed
 * @param finished null while RUNNING
 * @param totalCount the source's own count; null where it gave none
 * @param reason why it FAILED or is INCOMPLETE, or will be when every outcome is final; else null
 * @param attempt how often this very window has been asked for, this time included; from 1
 * @param accepted when an administrator accepted that an INCOMPLETE window stays so; null if nobody has
 * @param acceptedBy the administrator's name; null if nobody has
 * @param waiting what the poll was last seen to wait for before it asks the source again; null for nothing
 */
public record Run(
        String id,
        String connector,
        Cause cause,
        boolean dry,
        Instant from,
        Instant to,
        State state,
        Instant started,
        Instant landed,
        Instant finished,
        Long totalCount,
        Reason reason,
        String detail,
        int attempt,
        Instant accepted,
        String acceptedBy,
        Wait waiting) {

    /** How the id of a dry run ends. */
    public static final String DRY = "-dry";

    /** @param what one sentence */
    public record Wait(Instant until, String what) {}

    /** What started a run. */
    public enum Cause {
        SCHEDULE,
        MANUAL,
        BACKFILL,
        /** Nothing: the ledger had lost the run, and it was made again from the landing zone. */
        ADOPTED
    }

    /** As in product.md 12. */
    public enum State {
        RUNNING,
        COMPLETE,
        INCOMPLETE,
        FAILED
    }

    /** Whether it may move the watermark. */
    public boolean movesWatermark() {
        return !dry && (cause == Cause.SCHEDULE || cause == Cause.MANUAL);
    }
}
