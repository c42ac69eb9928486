package org.chatarchiver.message;

import java.time.Duration;
import java.time.Instant;

/**
 * The data of a call, or of one participant's part in it.
 *
 * @param participant whose part it is; null where the source names nobody
 * @param status the source's code, 1 to 8; 0 where unknown
 * @param start null where unknown
 * @param end null where unknown
 * @param duration null where unknown
 */
public record Call(Party participant, int status, Instant start, Instant end, Duration duration) {

    /** In the words of the source: 1 Call OK ... 8 Answered Externally. */
    public String statusText() {
        return switch (status) {
            case 1 -> "Call OK";
            case 2 -> "Missed";
            case 3 -> "Failed";
            case 4 -> "Voice Mail";
            case 5 -> "Rejected";
            case 6 -> "Busy";
            case 7 -> "Blocked";
            case 8 -> "Answered Externally";
            default -> "Unknown";
        };
    }

    /** Whether nobody took the call: every known outcome but "Call OK" and "Answered Externally". */
    public boolean unanswered() {
        return status >= 2 && status <= 7;
    }
}
