package org.chatarchiver.mime;

import java.util.Optional;
import java.util.regex.Pattern;
import org.chatarchiver.message.Printable;
import org.chatarchiver.message.Sha256;

/**
 * The Message-IDs (RFC 5322 3.6.4) of archived messages. They are computed, never drawn: a retry, a replay or a search after a crash
 * finds the same id again. Safe for use by many threads.
 */
public final class MessageIds {
    private static final Pattern DOMAIN = Pattern.compile(
            "(?=.{1,200}$)[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?(\\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*");
    private static final int DIGITS_USED = 40;
    private static final Pattern HEX = Pattern.compile("[0-9a-f]{" + DIGITS_USED + "}");

    private final String domain;

    /**
     * @param domain the setting {@code archiver.message-id-domain}
     * @throws IllegalArgumentException if it is no domain name of at most 200 ASCII characters
     */
    public MessageIds(String domain) {
        check(domain);
        this.domain = domain;
    }

    static void check(String domain) {
        if (domain == null || !DOMAIN.matcher(domain).matches()) {
            throw new IllegalArgumentException("archiver.message-id-domain is no domain name: \"" + Printable.of(domain)
                    + "\"; give letters, digits, hyphens and dots, such as chat-archiver.invalid");
        }
    }

    /**
     * The Message-ID of a message, with its angle brackets.
     *
     * @param revision the content digest of a later revision, empty for the first
     */
    public String messageId(String connectorId, String sourceId, String revision) {
        String named = connectorId + "\n" + sourceId;
        return id(revision.isEmpty() ? named : named + "\n" + revision);
    }

    /** The digits of a Message-ID that an e-mail of ours could bear; empty for any other. */
    public Optional<String> digits(String messageId) {
        boolean ours = messageId.length() == DIGITS_USED + domain.length() + 3
                && messageId.startsWith("<")
                && messageId.endsWith("@" + domain + ">");
        String digits = ours ? messageId.substring(1, 1 + DIGITS_USED) : "";
        return HEX.matcher(digits).matches() ? Optional.of(digits) : Optional.empty();
    }

    /** The id that all messages of one conversation refer to, with its angle brackets; no message bears it. */
    public String conversationId(String connectorId, String conversation) {
        return id(connectorId + "\n" + conversation);
    }

    String messageId(ArchivedMessage archived) {
        return messageId(archived.connectorId(), archived.message().id(), archived.revision());
    }

    private String id(String hashed) {
        return "<" + Sha256.of(Clean.wellFormed(hashed)).substring(0, DIGITS_USED) + "@" + domain + ">";
    }
}
