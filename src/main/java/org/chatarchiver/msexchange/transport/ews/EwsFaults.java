package org.chatarchiver.msexchange.transport.ews;

import java.time.Duration;
import java.util.regex.Pattern;
import org.chatarchiver.msexchange.transport.Fault;
import org.chatarchiver.msexchange.transport.TransportError;

/**
 * Tells refusals apart by the response codes of Exchange Web Services (MS-OXWSCDATA 2.2.5.24) and by HTTP status. The code is the first
 * word of each detail.
 */
final class EwsFaults {
    private static final Duration THROTTLE_DELAY = Duration.ofMinutes(1);
    private static final Duration SHORTEST_DELAY = Duration.ofSeconds(1);
    private static final Duration LONGEST_DELAY = Duration.ofHours(1);
    private static final Pattern BARRED = Pattern.compile("HTTP [1-4]");
    private static final String IMPERSONATION_FAILED = "ErrorImpersonationFailed";

    private EwsFaults() {}

    /**
     * @param down {@link Fault#UNREACHABLE} where nothing else shows that the destination works, else {@link Fault#UNAVAILABLE}
     */
    static TransportError of(EwsMessage message, Fault down) {
        String detail = message.toString();
        return switch (message.code()) {
            case "ErrorServerBusy", "ErrorExceededConnectionCount", "ErrorTooManyObjectsOpened", "HTTP 429" ->
                later(Fault.THROTTLED, message, THROTTLE_DELAY);

            case "ErrorNonExistentMailbox" ->
                // A mailbox that was moved to the cloud leaves a mail user behind, whose mailbox has an id and is not
                // here.
                message.text().contains("mailbox with such guid")
                        ? TransportError.lasting(Fault.MAILBOX_ELSEWHERE, detail)
                        : TransportError.lasting(Fault.MAILBOX_NOT_FOUND, detail);
            case "ErrorInvalidSmtpAddress" -> TransportError.lasting(Fault.MAILBOX_NOT_FOUND, detail);
            // Said of an impersonated user without a mailbox, of an address that is not the primary one, of one without
            // a licence, and of
            // one whose server is too old to be asked.
            case "ErrorMissingEmailAddress",
                    "ErrorMissingInformationEmailAddress",
                    "ErrorNonPrimarySmtpAddress",
                    "ErrorInvalidLicense",
                    "ErrorInvalidSchemaVersionForMailboxVersion",
                    "ErrorWrongServerVersion" -> TransportError.lasting(Fault.MAILBOX_ELSEWHERE, detail);

            // Each of them is said where the account may impersonate nobody, and where it may not impersonate this
            // user.
            case "ErrorImpersonateUserDenied",
                    "ErrorImpersonationDenied",
                    IMPERSONATION_FAILED,
                    "ErrorInvalidExchangeImpersonationHeaderData",
                    "ErrorAccountDisabled",
                    "HTTP 403" -> TransportError.passing(Fault.LOGIN_REFUSED, detail);
            case "ErrorPasswordExpired",
                    "ErrorPasswordChangeRequired",
                    "ErrorCallerIsInvalidADAccount",
                    "ErrorOrganizationAccessBlocked",
                    "HTTP 401",
                    "HTTP 440" -> TransportError.passing(Fault.CREDENTIALS_REFUSED, detail);
            case "ErrorAccessDenied", "ErrorCreateItemAccessDenied", "ErrorCreateSubfolderAccessDenied" ->
                TransportError.lasting(Fault.PERMISSION_DENIED, detail);

            case "ErrorQuotaExceeded",
                    "ErrorMessagePerFolderCountReceiveQuotaExceeded",
                    "ErrorIndividualMailboxLimitReached" -> TransportError.soon(Fault.QUOTA_EXCEEDED, detail);

            case "ErrorMessageSizeExceeded",
                    "ErrorDataSizeLimitExceeded",
                    "ErrorRequestStreamTooBig",
                    "ErrorAttachmentSizeLimitExceeded",
                    "HTTP 413" -> TransportError.lasting(Fault.EMAIL_TOO_LARGE, detail);
            // Its text quotes what was sent.
            case "ErrorSchemaValidation" -> TransportError.lasting(Fault.REFUSED, message.code());
            case "ErrorMimeContentInvalid",
                    "ErrorMimeContentInvalidBase64String",
                    "ErrorMimeContentConversionFailed",
                    "ErrorContentConversionFailed",
                    "ErrorUnsupportedMimeConversion",
                    "ErrorAttachmentNestLevelLimitExceeded",
                    "ErrorCorruptData",
                    "ErrorItemCorrupt",
                    "ErrorInvalidRequest",
                    "ErrorInvalidArgument",
                    "ErrorMissingArgument",
                    "ErrorInvalidPropertySet",
                    "ErrorInvalidPropertyRequest",
                    "ErrorInvalidExtendedProperty",
                    "ErrorInvalidExtendedPropertyValue",
                    "ErrorItemSavePropertyError",
                    "ErrorVirusDetected",
                    "ErrorVirusMessageDeleted" -> TransportError.lasting(Fault.REFUSED, detail);

            case "ErrorInvalidServerVersion", "ErrorIncorrectSchemaVersion" ->
                TransportError.passing(Fault.UNREACHABLE, detail + " (Exchange 2013 SP1 or newer is needed)");
            default -> other(message, down, detail);
        };
    }

    private static TransportError other(EwsMessage message, Fault down, String detail) {
        if (!message.code().startsWith("HTTP ")) {
            return unavailable(message.code())
                    ? later(Fault.UNAVAILABLE, message, TransportError.DELAY)
                    : TransportError.passing(Fault.REFUSED, detail);
        }
        int status = Integer.parseInt(message.code().substring("HTTP ".length()));
        if (status >= 500) {
            Fault fault = message.backOff() == null ? down : Fault.UNAVAILABLE;
            return later(fault, message, TransportError.DELAY);
        }
        // A redirection is never followed, since it would take the credentials elsewhere; and a wrong address is wrong
        // for all.
        return status < 400 || status == 404 || status == 405
                ? TransportError.passing(Fault.UNREACHABLE, detail)
                : TransportError.passing(Fault.REFUSED, detail);
    }

    private static boolean unavailable(String code) {
        return switch (code) {
            case "ErrorADOperation",
                    "ErrorADUnavailable",
                    "ErrorClientDisconnected",
                    "ErrorConnectionFailed",
                    "ErrorCrossSiteRequest",
                    "ErrorDataSourceOperation",
                    "ErrorInsufficientResources",
                    "ErrorInternalServerError",
                    "ErrorInternalServerTransientError",
                    "ErrorMailboxConfiguration",
                    "ErrorMailboxFailover",
                    "ErrorMailboxLogonFailed",
                    "ErrorMailboxMoveInProgress",
                    "ErrorMailboxStoreUnavailable",
                    "ErrorNoApplicableProxyCASServersAvailable",
                    "ErrorNoDestinationCASDueToKerberosRequirements",
                    "ErrorNoDestinationCASDueToSSLRequirements",
                    "ErrorNoDestinationCASDueToVersionMismatch",
                    "ErrorNoRespondingCASInDestinationSite",
                    "ErrorNotEnoughMemory",
                    "ErrorProxyCallFailed",
                    "ErrorProxyRequestProcessingFailed",
                    "ErrorProxyServiceDiscoveryFailed",
                    "ErrorRequestAborted",
                    "ErrorServiceUnavailable",
                    "ErrorTimeoutExpired",
                    "NoAnswer" -> true;
            default -> false;
        };
    }

    /** As the server asks, but not at once, and after an hour at the latest. */
    private static TransportError later(Fault fault, EwsMessage message, Duration otherwise) {
        Duration asked = message.backOff();
        if (asked == null) {
            return TransportError.passing(fault, otherwise, message.toString());
        }
        Duration most = asked.compareTo(LONGEST_DELAY) > 0 ? LONGEST_DELAY : asked;
        return TransportError.asked(
                fault, most.compareTo(SHORTEST_DELAY) < 0 ? SHORTEST_DELAY : most, message.toString());
    }

    /**
     * What cannot be told from the refusal alone: Exchange may have filed an e-mail before something else went wrong. An HTTP status
     * below 500 is the web server's, which has not let the request in.
     */
    static boolean mayBeDone(TransportError error) {
        return error.passing()
                && !BARRED.matcher(error.detail()).lookingAt()
                && switch (error.fault()) {
                    case UNREACHABLE, UNAVAILABLE, REFUSED -> true;
                    default -> false;
                };
    }

    /** The folder is not there any more. */
    static boolean folderGone(EwsMessage message) {
        return switch (message.code()) {
            case "ErrorFolderNotFound",
                    "ErrorSavedItemFolderNotFound",
                    "ErrorItemNotFound",
                    "ErrorParentFolderNotFound",
                    "ErrorToFolderNotFound",
                    "ErrorInvalidFolderId",
                    "ErrorInvalidIdMalformed",
                    "ErrorCannotUseItemIdForFolderId" -> true;
            default -> false;
        };
    }

    /** Of a folder that cannot be made: what is said of an item, but for its name and place. */
    static TransportError ofFolder(EwsMessage message, Fault down) {
        TransportError error = of(message, down);
        return error.fault() != Fault.REFUSED ? error : error.as(Fault.FOLDER_REFUSED);
    }

    /** A refusal of this mailbox, while another can be opened; that impersonation failed may have to do with the directory and pass. */
    static TransportError ofThisMailbox(TransportError refused) {
        return refused.detail().startsWith(IMPERSONATION_FAILED)
                ? TransportError.passing(Fault.UNAVAILABLE, refused.detail())
                : TransportError.lasting(
                        Fault.PERMISSION_DENIED,
                        refused.detail()
                                + " This mailbox may not be impersonated, others may: let the scope of the role ApplicationImpersonation contain it.");
    }

    /** With the cure where it is impersonation that is refused for every mailbox. */
    static TransportError explained(TransportError error) {
        boolean nobody =
                error.fault() == Fault.CREDENTIALS_REFUSED && error.detail().startsWith("ErrorImpersonat");
        return nobody
                ? TransportError.passing(
                        error.fault(),
                        error.delay(),
                        error.detail()
                                + " No mailbox may be impersonated: give the account the role ApplicationImpersonation.")
                : error;
    }
}
