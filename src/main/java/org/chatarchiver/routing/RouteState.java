package org.chatarchiver.routing;

import java.time.Instant;
import java.util.List;
import org.chatarchiver.connector.Problem;

/**
 * A route file and what has become of it.
 *
 * @param digest SHA-256 of the file as it is now, or was, in hexadecimal digits
 * @param since when this came to be so
 * @param routes that run by it
 * @param warnings what makes it hard to read
 * @param problems why it is not in force
 */
public record RouteState(
        String file,
        String digest,
        State state,
        Instant since,
        List<String> routes,
        List<Problem> warnings,
        List<Problem> problems) {

    /** How far a file counts. */
    public enum State {
        IN_FORCE,
        /** It is bad, and runs as it was before. */
        FORMER_IN_FORCE,
        /** It is bad, and nothing of it runs. */
        LEFT_OUT,
        /** It is not there, and runs as it was when its directory was. */
        MISSING
    }
}
