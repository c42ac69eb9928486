package org.chatarchiver.endtoend;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import org.chatarchiver.servers.Dovecot;

/** A mailbox as its owner works in it, past the archiver. */
final class ByImap {
    private ByImap() {}

    static Store store(Dovecot mail, String mailbox) throws MessagingException {
        Store store = Session.getInstance(new Properties()).getStore("imap");
        store.connect(mail.host(), mail.imapPort(), mailbox, Dovecot.USER_PASSWORD);
        return store;
    }

    /**
     * Received now, as its server will say.
     *
     * @param messageId another one than it has; null for the same
     */
    static MimeMessage copy(Message message, String messageId) throws MessagingException, IOException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        message.writeTo(content);
        String text = content.toString(StandardCharsets.ISO_8859_1);
        String named =
                messageId == null ? text : text.replaceFirst("(?i)Message-ID: <[^>]+>", "Message-ID: " + messageId);
        return new MimeMessage(
                Session.getInstance(new Properties()),
                new ByteArrayInputStream(named.getBytes(StandardCharsets.ISO_8859_1)));
    }
}
