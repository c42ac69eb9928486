package org.chatarchiver.msexchange.transport.imap;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.chatarchiver.msexchange.transport.Fault;
import org.chatarchiver.msexchange.transport.TransportError;

/** Tells refusals apart by their response codes (RFC 5530, RFC 9208, RFC 7889) and by the words of Exchange Online, which has few codes. */
final class ImapFaults {
    /** Exchange Online: {@code Request is throttled. Suggested Backoff Time: 12345 milliseconds}. */
    private static final Pattern THROTTLED = Pattern.compile(
            "Request is throttled(?:.*?Backoff Time:\\s*(\\d{1,9})\\s*milliseconds)?", Pattern.CASE_INSENSITIVE);

    /**
     * Exchange accepts a log-in, and then refuses every command where its user may not open the mailbox, IMAP is off for it, or its server
     * is in trouble; these can pass.
     */
    private static final String NOT_CONNECTED = "authenticated but not connected";

    private static final Pattern UNAVAILABLE =
            Pattern.compile("Server Unavailable|too many (simultaneous )?connections", Pattern.CASE_INSENSITIVE);

    /** Exchange Online ends a session with its token, or loses it: by BYE, or by refusing the next command. */
    private static final Pattern SESSION_OVER =
            Pattern.compile("Session invalidated|AccessTokenExpired|Invalid state", Pattern.CASE_INSENSITIVE);

    private static final Duration THROTTLE_DELAY = Duration.ofMinutes(1);
    private static final Duration LONGEST_DELAY = Duration.ofHours(1);

    private ImapFaults() {}

    /** What a refusal means whatever was asked; null where that depends on the question. */
    private static TransportError general(ImapAnswer answer) {
        String detail = answer.toString();
        Matcher throttled = THROTTLED.matcher(answer.text());
        if (throttled.find()) {
            return throttled.group(1) == null
                    ? TransportError.passing(Fault.THROTTLED, THROTTLE_DELAY, detail)
                    : TransportError.asked(Fault.THROTTLED, delay(throttled.group(1)), detail);
        }
        if (answer.text().contains(NOT_CONNECTED)) {
            return TransportError.passing(
                    Fault.UNAVAILABLE,
                    detail
                            + " IMAP is off for the mailbox, or the archiver may not open it (FullAccess), or it passes.");
        }
        if (answer.status() == ImapAnswer.Status.BYE
                || UNAVAILABLE.matcher(answer.text()).find()) {
            return TransportError.passing(Fault.UNAVAILABLE, detail);
        }
        return switch (answer.code()) {
            case "THROTTLED" -> TransportError.passing(Fault.THROTTLED, THROTTLE_DELAY, detail);
            case "UNAVAILABLE", "SERVERBUG", "INUSE", "LIMIT" -> TransportError.passing(Fault.UNAVAILABLE, detail);
            case "OVERQUOTA" -> TransportError.soon(Fault.QUOTA_EXCEEDED, detail);
            case "NOPERM" -> TransportError.lasting(Fault.PERMISSION_DENIED, detail);
            default -> null;
        };
    }

    /** As the server asks, but asked again after an hour at the latest. */
    private static Duration delay(String millis) {
        return Duration.ofMillis(Math.min(Long.parseLong(millis), LONGEST_DELAY.toMillis()));
    }

    /** Whether a refusal gives a reason that we know. */
    static boolean says(ImapAnswer answer) {
        return general(answer) != null || sessionOver(answer);
    }

    static TransportError ofAppend(ImapAnswer answer) {
        TransportError general = general(answer);
        if (general != null) {
            return general;
        }
        String detail = answer.toString();
        return switch (answer.code()) {
            case "TOOBIG" -> TransportError.lasting(Fault.EMAIL_TOO_LARGE, detail);
            case "TRYCREATE", "NONEXISTENT" -> TransportError.passing(Fault.FOLDER_REFUSED, detail);
            case "CANNOT", "CLIENTBUG", "BADCHARSET" -> TransportError.lasting(Fault.REFUSED, detail);
            // BAD is said of the bytes, which will not change; a NO without a code may pass.
            default ->
                answer.status() == ImapAnswer.Status.BAD
                        ? TransportError.lasting(Fault.REFUSED, detail)
                        : TransportError.passing(Fault.REFUSED, detail);
        };
    }

    static TransportError ofFolder(ImapAnswer answer) {
        TransportError general = general(answer);
        if (general != null) {
            return general;
        }
        boolean passing =
                answer.status() == ImapAnswer.Status.NO && answer.code().isEmpty();
        String detail = answer.toString();
        return passing
                ? TransportError.passing(Fault.FOLDER_REFUSED, detail)
                : TransportError.lasting(Fault.FOLDER_REFUSED, detail);
    }

    static TransportError ofSearch(ImapAnswer answer) {
        TransportError general = general(answer);
        return general != null ? general : TransportError.passing(Fault.UNAVAILABLE, answer.toString());
    }

    /** Whether the session has ended with its token: a new one will do, and the command was not carried out. */
    static boolean sessionOver(ImapAnswer answer) {
        return !answer.ok() && SESSION_OVER.matcher(answer.text()).find();
    }

    /**
     * A refused log-in. {@link Fault#LOGIN_REFUSED} where the answer leaves open whether the mailbox or the credentials are bad:
     * {@code AUTHENTICATIONFAILED} is said of both, so that user names cannot be tried out.
     */
    static TransportError ofLogin(ImapAnswer answer) {
        TransportError general = general(answer);
        if (general != null) {
            return general;
        }
        String detail = answer.toString();
        return switch (answer.code()) {
            case "EXPIRED", "PRIVACYREQUIRED" -> TransportError.passing(Fault.CREDENTIALS_REFUSED, detail);
            // RFC 2221: it is on another server.
            case "REFERRAL" -> TransportError.lasting(Fault.MAILBOX_ELSEWHERE, detail);
            default -> ofExchangeLogin(answer, detail);
        };
    }

    /** Exchange mostly says {@code AUTHENTICATE failed} and no more; where it says more, it is what its own log has. */
    private static TransportError ofExchangeLogin(ImapAnswer answer, String detail) {
        String words = (answer.code() + " " + answer.arguments() + " " + answer.text()).toUpperCase(Locale.ROOT);
        if (words.contains("BASICAUTHBLOCKED")) {
            return TransportError.passing(Fault.CREDENTIALS_REFUSED, detail);
        }
        if (words.contains("NOEXCHANGEPRINCIPAL")) {
            return TransportError.lasting(Fault.MAILBOX_ELSEWHERE, detail);
        }
        if (words.contains("NOPERMISSIONS")) {
            return TransportError.lasting(Fault.PERMISSION_DENIED, detail);
        }
        if (words.contains("PROXYNOTAUTHENTICATED")
                || words.contains("NOBACKENDFOUND")
                || words.contains("NOPROXYSERVER")) {
            return TransportError.passing(Fault.UNAVAILABLE, detail);
        }
        // The token is tried anew, whatever the status.
        boolean refused = answer.status() != ImapAnswer.Status.BAD || sessionOver(answer);
        return TransportError.passing(refused ? Fault.LOGIN_REFUSED : Fault.CREDENTIALS_REFUSED, detail);
    }

    /** A refused log-in to this mailbox, while one to another works. Exchange denies a log-on for want of permission only. */
    static TransportError ofThisMailbox(TransportError refused) {
        return refused.detail().toUpperCase(Locale.ROOT).contains("LOGONDENIED")
                ? TransportError.lasting(Fault.PERMISSION_DENIED, refused.detail())
                : TransportError.lasting(Fault.MAILBOX_NOT_FOUND, refused.detail());
    }
}
