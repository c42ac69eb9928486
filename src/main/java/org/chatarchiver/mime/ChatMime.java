package org.chatarchiver.mime;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import org.chatarchiver.message.Attachment;
import org.chatarchiver.message.Content;

/**
 * Writes a message as an e-mail (RFC 5322, MIME of RFC 2045 to 2047, file names by RFC 2231). The same message gives the same bytes,
 * always: there is no clock in it and no random boundary. All of it is ASCII, in lines of at most 998 bytes ended by CRLF.
 *
 * <p>Safe for use by many threads.
 */
public final class ChatMime {
    private static final int HASH_DIGITS = 40;
    private static final int USUAL_SIZE = 3072;
    private static final int LARGEST_GUESS = 64 << 20;

    private final MessageIds ids;

    /**
     * @param messageIdDomain the setting {@code archiver.message-id-domain}
     * @throws IllegalArgumentException if it is no domain name
     */
    public ChatMime(String messageIdDomain) {
        ids = new MessageIds(messageIdDomain);
    }

    /** The ids that the e-mails bear, to look for one at its destination. */
    public MessageIds ids() {
        return ids;
    }

    /**
     * The whole e-mail in memory.
     *
     * @throws UncheckedIOException if the file of an attachment cannot be read
     * @throws IllegalStateException if an attachment is still {@link Content.Remote}
     */
    public byte[] write(ArchivedMessage archived) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(guessedSize(archived));
        try {
            write(archived, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
        return out.toByteArray();
    }

    /**
     * Writes the e-mail as a stream, holding no attachment in memory; {@code out} is not closed.
     *
     * @throws IOException if {@code out} fails or the file of an attachment cannot be read: what was written is then no e-mail
     * @throws IllegalStateException if an attachment is still {@link Content.Remote}
     */
    public void write(ArchivedMessage archived, OutputStream out) throws IOException {
        String messageId = ids.messageId(archived);
        // "=_" occurs neither in base64 nor in quoted-printable, and 7bit lines never begin with "--".
        String hash = messageId.substring(1, 1 + HASH_DIGITS);
        String inner = "=_alternative_" + hash;
        String outer = "=_mixed_" + hash;
        MimeOutput mime = new MimeOutput(out);
        mime.ascii(MailHeaders.of(archived, ids, messageId));
        if (archived.attachments().isEmpty()) {
            mime.ascii(AlternativePart.contentType(inner) + "\r\n");
            AlternativePart.write(mime, archived, ids, inner);
        } else {
            mime.ascii(MixedPart.contentType(outer) + "\r\n");
            MixedPart.write(mime, archived, ids, outer, inner);
        }
    }

    private static int guessedSize(ArchivedMessage archived) {
        long size = USUAL_SIZE + 3L * archived.message().text().length();
        for (Attachment attachment : archived.attachments()) {
            if (attachment.content() instanceof Content.Present present) {
                size += 512 + present.size() * 78 / 57;
            }
        }
        return (int) Math.min(size, LARGEST_GUESS);
    }
}
