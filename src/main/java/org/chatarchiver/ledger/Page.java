package org.chatarchiver.ledger;

import java.time.Instant;

/**
 * A landed page of a run.
 *
 * @param number from 1
 * @param path in the landing zone
 * @param sha256 of the plain bytes, lower-case hex
 * @param size plain bytes
 * @param messages elements in it, duplicates and malformed ones included
 */
public record Page(String run, int number, String path, String sha256, long size, long messages, Instant landed) {

    /** The claim check that crosses the page queue: {@code <run>/<number>}. */
    public String reference() {
        return run + "/" + number;
    }
}
