package org.chatarchiver.msexchange.transport.graph;

import java.time.Duration;
import java.util.Locale;
import org.chatarchiver.msexchange.transport.Fault;
import org.chatarchiver.msexchange.transport.TransportError;

/**
 * Tells refusals apart by Graph's and Exchange's codes, and by the HTTP status where there is no code or it says nothing. The codes are
 * those of "Microsoft Graph error responses", of Exchange's ResponseCode, and as seen from mailboxes without a licence or on premises,
 * which are answered with 401, 403 or 404 and different codes from one minute to the next.
 */
final class GraphFaults {
    private static final int BAD_REQUEST = 400;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int INSUFFICIENT_STORAGE = 507;

    private GraphFaults() {}

    /** What the answer to a request about an item or a mailbox means. */
    static TransportError of(GraphAnswer answer) {
        TransportError byCode = byCode(answer);
        TransportError error = byCode == null ? byStatus(answer) : byCode;
        boolean definite = !error.passing() || error.fault().scope() == Fault.Scope.EMAIL;
        // What may have been carried out is no refusal, whatever the code says.
        return definite && answer.inDoubt() ? passing(Fault.UNAVAILABLE, answer) : error;
    }

    /** What the refusal to make a folder means. */
    static TransportError ofFolder(GraphAnswer answer) {
        TransportError error = of(answer);
        if (error.fault() != Fault.REFUSED) {
            return error;
        }
        return answer.status() == BAD_REQUEST
                ? TransportError.lasting(Fault.FOLDER_REFUSED, error.detail())
                : passing(Fault.FOLDER_REFUSED, answer);
    }

    /** Whether the folder or item that was named is not there, as opposed to the mailbox. */
    static boolean gone(GraphAnswer answer) {
        return switch (answer.code().toLowerCase(Locale.ROOT)) {
            case "erroritemnotfound", "errorfoldernotfound", "errorparentfoldernotfound", "itemnotfound" -> true;
            default -> false;
        };
    }

    private static TransportError byCode(GraphAnswer answer) {
        String detail = answer.toString();
        return switch (answer.code().toLowerCase(Locale.ROOT)) {
            case "errorinvaliduser", "request_resourcenotfound", "errornonexistentmailbox" ->
                TransportError.lasting(Fault.MAILBOX_NOT_FOUND, detail);
            // "Resource could not be discovered" is said in turns with the next one of one and the same mailbox.
            case "resourcenotfound",
                    "mailboxnotenabledforrestapi",
                    "mailboxnotsupportedforrestapi",
                    "mailboxnothostedinexchangeonline",
                    "mailboxnothostedonthisforest",
                    "errormailboxnotenabledforrestapi",
                    "errormailboxnothostedinexchangeonline",
                    "restapinotenabledforuser" -> TransportError.lasting(Fault.MAILBOX_ELSEWHERE, detail);
            case "erroraccessdenied", "authorization_requestdenied", "accessdenied" ->
                passing(Fault.LOGIN_REFUSED, answer);
            case "errorquotaexceeded", "quotaexceeded" -> quota(answer);
            case "errormessagesizeexceeded",
                    "errorattachmentsizelimitexceeded",
                    "maximumattachmentsizeexceeded",
                    "requestentitytoolarge" -> TransportError.lasting(Fault.EMAIL_TOO_LARGE, detail);
            case "applicationthrottled",
                    "toomanyrequests",
                    "mailboxconcurrency",
                    "activitylimitreached",
                    "errorexceededconnectioncount" -> passing(Fault.THROTTLED, answer);
            case "errorserverbusy",
                    "errormailboxstoreunavailable",
                    "errormailboxmoveinprogress",
                    "errormailboxfailover",
                    "errorconnectionfailed",
                    "errortimeoutexpired",
                    "errorinternalservererror",
                    "errorinternalservertransienterror",
                    "erroritemnotfound",
                    "errorfoldernotfound",
                    "errorparentfoldernotfound",
                    "itemnotfound" -> passing(Fault.UNAVAILABLE, answer);
            default -> null;
        };
    }

    private static TransportError byStatus(GraphAnswer answer) {
        int status = answer.status();
        if (status == UNAUTHORIZED) {
            return passing(Fault.CREDENTIALS_REFUSED, answer);
        }
        if (status == FORBIDDEN) {
            return passing(Fault.LOGIN_REFUSED, answer);
        }
        if (answer.tooLarge()) {
            return TransportError.lasting(Fault.EMAIL_TOO_LARGE, answer.toString());
        }
        if (status == TOO_MANY_REQUESTS) {
            return passing(Fault.THROTTLED, answer);
        }
        if (status == INSUFFICIENT_STORAGE) {
            return quota(answer);
        }
        if (answer.inDoubt() || answer.code().isEmpty() && status != BAD_REQUEST) {
            // A gateway, or something that is not Graph at all; whether for all mailboxes, a neighbour tells. Who says
            // when to
            // come back is there.
            return passing(answer.retryAfter() == null ? Fault.UNREACHABLE : Fault.UNAVAILABLE, answer);
        }
        boolean lasting = status == BAD_REQUEST;
        return lasting ? TransportError.lasting(Fault.REFUSED, answer.toString()) : passing(Fault.REFUSED, answer);
    }

    private static TransportError passing(Fault fault, GraphAnswer answer) {
        return answer.retryAfter() == null
                ? TransportError.passing(fault, answer.toString())
                : TransportError.asked(fault, answer.retryAfter(), answer.toString());
    }

    private static TransportError quota(GraphAnswer answer) {
        Duration delay = answer.retryAfter() == null ? Duration.ZERO : answer.retryAfter();
        return TransportError.passing(Fault.QUOTA_EXCEEDED, delay, answer.toString());
    }
}
