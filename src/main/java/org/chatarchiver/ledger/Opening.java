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
 * @param by the administrator who asks for it; null where the archiver does, by a schedule or by itself
 */
public record Opening(
        String connector,
        String folder,
        Run.Cause cause,
        boolean dry,
        Instant from,
        Instant to,
        Instant wishTo,
        String by) {
    /** As the archiver asks for it. */
    public Opening(
            String connector, String folder, Run.Cause cause, boolean dry, Instant from, Instant to, Instant wishTo) {
        this(connector, folder, cause, dry, from, to, wishTo, null);
    }

    public Opening by(String administrator) {
        return new Opening(connector, folder, cause, dry, from, to, wishTo, administrator);
    }
}
