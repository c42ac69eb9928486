package org.chatarchiver.msexchange.transport.graph;

import java.time.Duration;
import java.util.Locale;
import org.chatarchiver.msexchange.transport.Fault;
import org.chatarchiver.msexchange.transport.Trouble;

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
    static Trouble of(GraphAnswer answer) {
        Trouble byCode = byCode(answer);
        Trouble trouble = byCode == null ? byStatus(answer) : byCode;
        boolean definite = !trouble.passing() || trouble.fault().scope() == Fault.Scope.EMAIL;
        // What may have been carried out is no refusal, whatever the code says.
        return definite && answer.inDoubt() ? passing(Fault.UNAVAILABLE, answer) : trouble;
    }

    /** What the refusal to make a folder means. */
    static Trouble ofFolder(GraphAnswer answer) {
        Trouble trouble = of(answer);
        if (trouble.fault() != Fault.REFUSED) {
            return trouble;
        }
        return answer.status() == BAD_REQUEST
                ? Trouble.lasting(Fault.FOLDER_REFUSED, trouble.detail())
                : passing(Fault.FOLDER_REFUSED, answer);
    }

    /** Whether the folder or item that was named is not there, as opposed to the mailbox. */
    static boolean gone(GraphAnswer answer) {
        return switch (answer.code().toLowerCase(Locale.ROOT)) {
            case "erroritemnotfound", "errorfoldernotfound", "errorparentfoldernotfound", "itemnotfound" -> true;
            default -> false;
        };
    }

    private static Trouble byCode(GraphAnswer answer) {
        String detail = answer.toString();
        return switch (answer.code().toLowerCase(Locale.ROOT)) {
            case "errorinvaliduser", "request_resourcenotfound", "errornonexistentmailbox" ->
                Trouble.lasting(Fault.MAILBOX_NOT_FOUND, detail);
            // "Resource could not be discovered" is said in turns with the next one of one and the same mailbox.
            case "resourcenotfound",
                    "mailboxnotenabledforrestapi",
                    "mailboxnotsupportedforrestapi",
                    "mailboxnothostedinexchangeonline",
                    "mailboxnothostedonthisforest",
                    "errormailboxnotenabledforrestapi",
                    "errormailboxnothostedinexchangeonline",
                    "restapinotenabledforuser" -> Trouble.lasting(Fault.MAILBOX_ELSEWHERE, detail);
            case "erroraccessdenied", "authorization_requestdenied", "accessdenied" ->
                passing(Fault.LOGIN_REFUSED, answer);
            case "errorquotaexceeded", "quotaexceeded" -> quota(answer);
            case "errormessagesizeexceeded",
                    "errorattachmentsizelimitexceeded",
                    "maximumattachmentsizeexceeded",
                    "requestentitytoolarge" -> Trouble.lasting(Fault.EMAIL_TOO_LARGE, detail);
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

    private static Trouble byStatus(GraphAnswer answer) {
        int status = answer.status();
        if (status == UNAUTHORIZED) {
            return passing(Fault.CREDENTIALS_REFUSED, answer);
        }
        if (status == FORBIDDEN) {
            return passing(Fault.LOGIN_REFUSED, answer);
        }
        if (answer.tooLarge()) {
            return Trouble.lasting(Fault.EMAIL_TOO_LARGE, answer.toString());
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
        return lasting ? Trouble.lasting(Fault.REFUSED, answer.toString()) : passing(Fault.REFUSED, answer);
    }

    private static Trouble passing(Fault fault, GraphAnswer answer) {
        return answer.retryAfter() == null
                ? Trouble.passing(fault, answer.toString())
                : Trouble.asked(fault, answer.retryAfter(), answer.toString());
    }

    private static Trouble quota(GraphAnswer answer) {
        Duration delay = answer.retryAfter() == null ? Duration.ZERO : answer.retryAfter();
        return Trouble.passing(Fault.QUOTA_EXCEEDED, delay, answer.toString());
    }
}
