package org.chatarchiver.console;

import java.util.regex.Pattern;
import org.chatarchiver.security.SessionDoor;

/** The page that somebody wanted before the log-in. It comes from a link, which anybody may have made: only our own are taken. */
final class Wanted {
    static final String FIRST = "/console/connectors";

    private static final Pattern OURS =
            Pattern.compile("/(?:console|actuator/hawtio)(?:[/?][!-~&&[^\\\\{}]]{0,1000})?");

    private static final String HAWTIO_DOOR = "/actuator/hawtio/auth/";

    private Wanted() {}

    /** @param wanted null for none */
    static String of(String wanted) {
        boolean ours = wanted != null
                && OURS.matcher(wanted).matches()
                && !wanted.startsWith(SessionDoor.LOGIN)
                && !wanted.startsWith(HAWTIO_DOOR);
        return ours ? wanted : FIRST;
    }
}
