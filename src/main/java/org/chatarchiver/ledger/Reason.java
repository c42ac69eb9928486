package org.chatarchiver.ledger;

/**
 * Why a run failed, an item failed or an item is only partially imported: the one enum behind the ledger, the report, the metrics,
 * the logs and the API.
 */
public enum Reason {
    // The poll.
    SOURCE_UNAUTHORIZED(Channel.SOURCE),
    SOURCE_FORBIDDEN(Channel.SOURCE),
    SOURCE_UNAVAILABLE(Channel.SOURCE),
    SOURCE_REFUSED(Channel.SOURCE),
    SOURCE_STALLED(Channel.SOURCE),
    SOURCE_TOO_SLOW(Channel.SOURCE),
    SOURCE_REDIRECT(Channel.SOURCE),
    /** The feed's certificate is not one that we trust for its host. */
    SOURCE_UNTRUSTED(Channel.SOURCE),
    CURSOR_EXPIRED(Channel.SOURCE),
    CURSOR_REPEATED(Channel.SOURCE),
    PAGE_TRUNCATED(Channel.SOURCE),
    PAGE_NOT_JSON(Channel.SOURCE),
    PAGE_TOO_LARGE(Channel.SOURCE),
    PAGE_TOO_DEEP(Channel.SOURCE),
    TOO_MANY_PAGES(Channel.SOURCE),
    PASSWORD_MISSING(Channel.SOURCE),
    LANDING_FAILED(Channel.SOURCE),
    COUNT_DIFFERS(Channel.SOURCE),
    /** The window begins before what the source keeps: what it has dropped cannot be told from what never was. */
    SOURCE_EXPIRED(Channel.SOURCE),
    /** It asks to be left alone for longer than a run waits. */
    SOURCE_PAUSED(Channel.SOURCE),
    RUN_INTERRUPTED(Channel.SOURCE),
    /** By an administrator; no entry is made. */
    CANCELLED(Channel.SOURCE),
    INTERNAL_ERROR(Channel.SOURCE),

    // One element of a page.
    NOT_AN_OBJECT(Channel.MALFORMED),
    MESSAGE_ID_MISSING(Channel.MALFORMED),
    MESSAGE_ID_TOO_LONG(Channel.MALFORMED),
    TIME_MISSING(Channel.MALFORMED),
    TIME_INVALID(Channel.MALFORMED),
    TIME_OUT_OF_RANGE(Channel.MALFORMED),
    FIELD_TYPE_WRONG(Channel.MALFORMED),
    STRING_TOO_LONG(Channel.MALFORMED),
    TOO_DEEP(Channel.MALFORMED),
    /** The operators' hook for messages has refused it. */
    MESSAGE_REFUSED(Channel.MALFORMED),

    // Mapping.
    NO_MAPPING(Channel.UNMAPPED),
    OWNER_UNKNOWN(Channel.UNMAPPED),
    MAILBOX_NOT_FOUND(Channel.UNMAPPED),
    ADDRESS_REFUSED(Channel.UNMAPPED),

    // Size.
    TEXT_TOO_LARGE(Channel.OVERSIZE),
    EMAIL_TOO_LARGE(Channel.OVERSIZE),

    // Delivery; true: can pass without anybody's doing.
    DESTINATION_REFUSED(Channel.UNDELIVERABLE),
    DESTINATION_UNAVAILABLE(Channel.UNDELIVERABLE, true),
    MAILBOX_GONE(Channel.UNDELIVERABLE),
    MAILBOX_ELSEWHERE(Channel.UNDELIVERABLE),
    FOLDER_REFUSED(Channel.UNDELIVERABLE),
    PERMISSION_DENIED(Channel.UNDELIVERABLE),
    QUOTA_EXCEEDED(Channel.UNDELIVERABLE, true),
    THROTTLED(Channel.UNDELIVERABLE, true),
    ATTACHMENT_UNAVAILABLE(Channel.UNDELIVERABLE, true),
    DOWNLOAD_TOO_LARGE(Channel.UNDELIVERABLE),
    /** The broker's tries of a page as a whole ran out, by an error that nobody has foreseen; it is tried again every hour. */
    PAGE_FAILED(Channel.UNDELIVERABLE),
    /** A hook of the operators fails, so that it is not known whether it would refuse. */
    INSPECTION_FAILED(Channel.UNDELIVERABLE, true),

    // Partially imported: delivered without some of its attachments, or with one that is not as the source declared it.
    ATTACHMENT_TOO_LARGE(null),
    ATTACHMENT_GONE(null),
    ATTACHMENT_UNDECODABLE(null),
    ATTACHMENT_FOREIGN(null),
    /** The operators' hook for attachments has refused it. */
    ATTACHMENT_REFUSED(null),
    ATTACHMENT_DIFFERS(null);

    private final Channel channel;
    private final boolean passing;

    Reason(Channel channel) {
        this(channel, false);
    }

    Reason(Channel channel, boolean passing) {
        this.channel = channel;
        this.passing = passing;
    }

    /** Where an entry with this reason goes; null for a partially imported item, which is no failure. */
    public Channel channel() {
        return channel;
    }

    /** Whether it can pass by itself, so that its entries are requeued without an administrator. */
    public boolean canPass() {
        return passing;
    }
}
