package org.chatarchiver.msexchange.transport.imap;

import jakarta.mail.FetchProfile;
import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.chatarchiver.msexchange.transport.MailboxReader;
import org.eclipse.angus.mail.imap.IMAPFolder;

/** Reads mailboxes by IMAP. */
record ImapReader(String host, int port, String password) implements MailboxReader {
    @Override
    public List<Stored> folder(String mailbox, String name) {
        try (Store store = open(mailbox)) {
            Folder folder = store.getFolder(name);
            List<Stored> stored = new ArrayList<>();
            if (!folder.exists()) {
                return stored;
            }
            folder.open(Folder.READ_ONLY);
            FetchProfile all = new FetchProfile();
            all.add(FetchProfile.Item.ENVELOPE);
            all.add(FetchProfile.Item.FLAGS);
            all.add(IMAPFolder.FetchProfileItem.MESSAGE);
            all.add(IMAPFolder.FetchProfileItem.INTERNALDATE);
            Message[] messages = folder.getMessages();
            folder.fetch(messages, all);
            for (Message message : messages) {
                stored.add(stored(message));
            }
            return stored;
        } catch (MessagingException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Stored stored(Message message) throws MessagingException, IOException {
        // Before the content is read: reading it makes it seen.
        boolean seen = message.isSet(Flags.Flag.SEEN);
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        message.writeTo(content);
        return new Stored(
                message.getHeader("Message-ID")[0],
                seen,
                message.isSet(Flags.Flag.DRAFT),
                message.getReceivedDate().toInstant(),
                content.toString(StandardCharsets.UTF_8));
    }

    @Override
    public void delete(String mailbox, String name) {
        try (Store store = open(mailbox)) {
            store.getFolder(name).delete(true);
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The folder stays, and so does the number that its next e-mail gets. */
    void empty(String mailbox, String name) {
        try (Store store = open(mailbox)) {
            Folder folder = store.getFolder(name);
            folder.open(Folder.READ_WRITE);
            folder.setFlags(1, folder.getMessageCount(), new Flags(Flags.Flag.DELETED), true);
            folder.close(true);
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    private Store open(String mailbox) throws MessagingException {
        Properties properties = new Properties();
        properties.put("mail.imap.timeout", "20000");
        Store store = Session.getInstance(properties).getStore("imap");
        store.connect(host, port, mailbox, password);
        return store;
    }
}
