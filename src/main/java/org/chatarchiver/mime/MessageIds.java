package org.chatarchiver.mime;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.chatarchiver.message.Printable;

/**
 * The Message-IDs (RFC 5322 3.6.4) of archived messages. They are computed, never drawn: a retry, a replay or a search after a crash
 * finds the same id again. Safe for use by many threads.
 */
public final class MessageIds {
    private static final Pattern DOMAIN = Pattern.compile(
            "(?=.{1,200}$)[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?(\\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*");
    private static final int BYTES_USED = 20;

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

    /** The id that all messages of one conversation refer to, with its angle brackets; no message bears it. */
    public String conversationId(String connectorId, String conversation) {
        return id(connectorId + "\n" + conversation);
    }

    String messageId(Letter letter) {
        return messageId(letter.connectorId(), letter.message().id(), letter.revision());
    }

    private String id(String hashed) {
        byte[] digest = sha256(Clean.wellFormed(hashed));
        return "<" + HexFormat.of().formatHex(digest, 0, BYTES_USED) + "@" + domain + ">";
    }

    static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
