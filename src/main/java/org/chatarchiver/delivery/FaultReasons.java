package org.chatarchiver.delivery;

import org.chatarchiver.ledger.Reason;
import org.chatarchiver.msexchange.transport.Fault;

/** The destination's faults in the words of the ledger. */
public final class FaultReasons {
    private FaultReasons() {}

    public static Reason reason(Fault fault) {
        return switch (fault) {
            case UNREACHABLE, CREDENTIALS_REFUSED, UNAVAILABLE, LOST, BUSY, LOGIN_REFUSED ->
                Reason.DESTINATION_UNAVAILABLE;
            case THROTTLED -> Reason.THROTTLED;
            case MAILBOX_NOT_FOUND -> Reason.MAILBOX_GONE;
            case MAILBOX_ELSEWHERE -> Reason.MAILBOX_ELSEWHERE;
            case PERMISSION_DENIED -> Reason.PERMISSION_DENIED;
            case QUOTA_EXCEEDED -> Reason.QUOTA_EXCEEDED;
            case FOLDER_REFUSED -> Reason.FOLDER_REFUSED;
            case EMAIL_TOO_LARGE -> Reason.EMAIL_TOO_LARGE;
            case REFUSED -> Reason.DESTINATION_REFUSED;
        };
    }
}
