package org.chatarchiver.api;

import org.chatarchiver.ledger.ConnectorPauses;

/** Why somebody pauses a connector. */
public final class PauseReason {
    private PauseReason() {}

    /**
     * @param given null for none
     * @return the text without the white space around it
     * @throws org.springframework.web.ErrorResponseException a problem detail (RFC 9457) where it is no line of plain text
     */
    public static String of(String given) {
        return PlainReason.of(given, ConnectorPauses.LONGEST_REASON, "why it is paused");
    }
}
