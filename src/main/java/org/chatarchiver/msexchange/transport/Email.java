package org.chatarchiver.msexchange.transport;

import java.time.Instant;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * One e-mail to be filed.
 *
 * @param messageId its {@code Message-ID} as in the header, with the angle brackets: printable US-ASCII, at most 998 characters
 * @param date what the mailbox shows as the time of receipt (IMAP: INTERNALDATE); whole seconds count
 * @param content the e-mail, RFC 5322 with CRLF line ends; not copied, must not be changed afterwards
 */
public record Email(String messageId, Instant date, byte[] content) {
    private static final Pattern MESSAGE_ID = Pattern.compile("<[!-~]{1,996}>");

    public Email {
        Objects.requireNonNull(date, "date");
        Objects.requireNonNull(content, "content");
        if (!MESSAGE_ID.matcher(messageId).matches()) {
            throw new IllegalArgumentException(
                    "Message-ID " + Text.excerpt(messageId) + " must be printable US-ASCII in angle brackets");
        }
    }
}
