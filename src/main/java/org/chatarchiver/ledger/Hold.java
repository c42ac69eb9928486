package org.chatarchiver.ledger;

import java.time.Instant;

/**
 * A flag on what retention is to leave alone, until it is lifted.
 *
 * @param subject the id of a connector or a run, or a person's number or user id in whatever writing
 * @param reason in the administrator's words
 * @param lifting null while it is in force
 */
public record Hold(long id, Kind kind, String subject, String reason, Instant at, String by, Lifting lifting) {
    /** What it is on. */
    public enum Kind {
        CONNECTOR,
        /** Covers what the person owns, and what he takes part in. */
        PERSON,
        RUN
    }

    /** @param why in the administrator's words */
    public record Lifting(Instant at, String by, String why) {}
}
