package org.chatarchiver.ledger;

import java.time.Instant;

/**
 * A run to be opened.
 *
 * @param folder into which its e-mails go, whatever the connector's is by then; null where that is not known
 * @param from start of its window, inclusive
 * @param to end of its window, exclusive
 * @param wishTo end of the whole back-fill that the window is a part of: what a killed archiver left of it is taken up from there; null
 *     for any other run
 */
public record Opening(
        String connector, String folder, Run.Cause cause, boolean dry, Instant from, Instant to, Instant wishTo) {}
