package org.chatarchiver.sandbox;

import com.icegreen.greenmail.store.FolderException;
import com.icegreen.greenmail.store.MailFolder;
import com.icegreen.greenmail.store.StoredMessage;
import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.user.UserException;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;

/**
 * GreenMail as the destination: IMAP over TLS and in the clear on 127.0.0.1, XOAUTH2 and LOGIN, LITERAL+ and UIDPLUS but no MULTIAPPEND.
 * GreenMail checks an XOAUTH2 token as if it were the user's password, so every mailbox has the same one: {@link #token}. Folders are in
 * memory. One server per JVM at a time, because GreenMail takes its certificate from system properties.
 */
public final class EmbeddedMailServer implements AutoCloseable {
    private final GreenMail server;
    private final ServerCertificate certificate;
    private final String token;

    /**
     * Starts the server.
     *
     * @param securePort for IMAPS; 0 for a free one
     * @param directory where the certificate's files go
     */
    public EmbeddedMailServer(int securePort, Path directory) throws IOException {
        byte[] random = new byte[24];
        new SecureRandom().nextBytes(random);
        this.token = HexFormat.of().formatHex(random);
        this.certificate = ServerCertificate.ofThisJvm(directory);
        certificate.useForGreenMail();
        ServerSetup secure = new ServerSetup(securePort, "127.0.0.1", ServerSetup.PROTOCOL_IMAPS);
        ServerSetup plain = new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_IMAP);
        // Its own 2 s are too short for a busy machine.
        secure.setServerStartupTimeout(30_000);
        plain.setServerStartupTimeout(30_000);
        this.server = new GreenMail(new ServerSetup[] {secure, plain});
        server.start();
    }

    /** IMAP with TLS from the first byte; the certificate is for {@code localhost} and {@code 127.0.0.1}. */
    public int securePort() {
        return server.getImaps().getPort();
    }

    /** IMAP in the clear. */
    public int plainPort() {
        return server.getImap().getPort();
    }

    /** The XOAUTH2 token, and the password, of every mailbox. */
    public String token() {
        return token;
    }

    /** A PKCS#12 trust store with the server's certificate alone. */
    public ServerCertificate certificate() {
        return certificate;
    }

    /** Creates mailboxes; one that exists stays as it is. */
    public void create(Collection<String> mailboxes) {
        for (String mailbox : mailboxes) {
            if (!server.getUserManager().hasUser(mailbox)) {
                create(mailbox);
            }
        }
    }

    private void create(String mailbox) {
        try {
            server.getUserManager().createUser(mailbox, mailbox, token);
        } catch (UserException e) {
            throw new IllegalArgumentException("GreenMail refused the mailbox " + mailbox, e);
        }
    }

    /** Removes a mailbox with its folders: log-ins are refused from now on. */
    public void remove(String mailbox) {
        server.getUserManager().deleteUser(user(mailbox));
    }

    /** The number of messages; 0 where there is no such folder. */
    public int count(String mailbox, String folder) {
        MailFolder found = server.getManagers().getImapHostManager().getFolder(user(mailbox), folder);
        return found == null ? 0 : found.getMessageCount();
    }

    /** The e-mails in a folder, as they were appended. */
    public List<String> emails(String mailbox, String folder) {
        MailFolder found = server.getManagers().getImapHostManager().getFolder(user(mailbox), folder);
        return found == null
                ? List.of()
                : List.copyOf(found.getMessages()).stream()
                        .map(StoredMessage::getMimeMessage)
                        .map(EmbeddedMailServer::text)
                        .toList();
    }

    private static String text(MimeMessage email) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            email.writeTo(bytes);
        } catch (IOException | MessagingException e) {
            throw new IllegalStateException("GreenMail cannot give an e-mail", e);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /** Removes the e-mails of a folder. */
    public void empty(String mailbox, String folder) {
        server.getManagers()
                .getImapHostManager()
                .getFolder(user(mailbox), folder)
                .deleteAllMessages();
    }

    /** All names of the folders of a mailbox, without its owner's prefix. */
    public List<String> folders(String mailbox) {
        try {
            return server.getManagers().getImapHostManager().listMailboxes(user(mailbox), "*").stream()
                    .map(MailFolder::getName)
                    .toList();
        } catch (FolderException e) {
            throw new IllegalStateException("GreenMail cannot list the folders of " + mailbox, e);
        }
    }

    private GreenMailUser user(String mailbox) {
        GreenMailUser user = server.getUserManager().getUser(mailbox);
        if (user == null) {
            throw new IllegalArgumentException("no mailbox " + mailbox);
        }
        return user;
    }

    @Override
    public void close() {
        server.stop();
    }
}
