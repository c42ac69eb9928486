package org.chatarchiver.search;

import org.chatarchiver.ledger.Reason;

/** What mends a failure, as the beginning of a sentence that goes on with the requeue of its entry. */
final class Advice {
    private Advice() {}

    /** @param owner whether it is for the owner of a device that captured the message */
    static String of(Reason reason, boolean owner) {
        return switch (reason) {
            case NO_MAPPING, OWNER_UNKNOWN ->
                "Give the " + (owner || reason == Reason.OWNER_UNKNOWN ? "owner" : "participant")
                        + " a mailbox in the connector's mapping file";
            case MAILBOX_NOT_FOUND, MAILBOX_GONE, MAILBOX_ELSEWHERE ->
                "Have the mailbox made, or name another one in the mapping file";
            case ADDRESS_REFUSED -> "Correct the address, or name its domain in archiver.exchange.domains";
            case TEXT_TOO_LARGE -> "Raise archiver.limits.item";
            case EMAIL_TOO_LARGE -> "Raise archiver.limits.email, if the destination takes as much";
            case NOT_AN_OBJECT,
                    MESSAGE_ID_MISSING,
                    MESSAGE_ID_TOO_LONG,
                    TIME_MISSING,
                    TIME_INVALID,
                    TIME_OUT_OF_RANGE,
                    FIELD_TYPE_WRONG,
                    STRING_TOO_LONG,
                    TOO_DEEP ->
                "Ask TeleMessage why it came like this; where it is sent again in good order it is archived by itself, and where a later"
                        + " version of the archiver understands it";
            case MESSAGE_REFUSED -> "Change the hook inspect-message, if it should not have refused it";
            case INSPECTION_FAILED ->
                "Mend the hook that fails; it is tried again by itself every hour for a week after it failed first";
            case QUOTA_EXCEEDED -> "Give the mailbox more room; it is tried again by itself every hour for a week";
            case THROTTLED, DESTINATION_UNAVAILABLE ->
                "Wait until Exchange takes more; it is tried again by itself every hour for a week";
            case ATTACHMENT_UNAVAILABLE ->
                "Have the attachment made available at its source; it is tried again by itself every hour for a week";
            case DOWNLOAD_TOO_LARGE -> "Raise the limit of what is downloaded";
            case PAGE_FAILED -> "See what the log says of the page; it is tried again by itself every hour";
            case PERMISSION_DENIED -> "Give the archiver the right to write into the mailbox";
            case FOLDER_REFUSED -> "Look at the folder of that name in the mailbox";
            case DESTINATION_REFUSED -> "See what Exchange says of the mailbox, and mend that";
            default -> "Mend that";
        };
    }
}
