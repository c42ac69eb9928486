package org.chatarchiver.benchmark;

import jakarta.mail.FetchProfile;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.chatarchiver.servers.Dovecot;

/** The benchmark's own look at Dovecot's mailboxes, by Angus Mail over TLS. */
final class Mailboxes {
    private static final String ONE_BY_ONE = "One by one";

    private final Dovecot dovecot;
    private final int port;
    private final Session session;

    Mailboxes(Dovecot dovecot) throws IOException, GeneralSecurityException {
        this(dovecot, dovecot.imapsPort());
    }

    /** @param port of something that stands before the server */
    Mailboxes(Dovecot dovecot, int port) throws IOException, GeneralSecurityException {
        this.dovecot = dovecot;
        this.port = port;
        Properties properties = new Properties();
        properties.put("mail.imaps.ssl.socketFactory", trusting(dovecot).getSocketFactory());
        properties.put("mail.imaps.partialfetch", "false");
        session = Session.getInstance(properties);
    }

    private static SSLContext trusting(Dovecot dovecot) throws IOException, GeneralSecurityException {
        KeyStore trusted =
                KeyStore.getInstance(dovecot.trustStore().toFile(), Dovecot.TRUST_STORE_PASSWORD.toCharArray());
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    private Store open(String mailbox) throws MessagingException {
        Store store = session.getStore("imaps");
        store.connect(dovecot.host(), port, mailbox, Dovecot.USER_PASSWORD);
        return store;
    }

    /** How many e-mails all of these have in the folder (STATUS). */
    long count(List<String> mailboxes, String folder) throws MessagingException {
        long count = 0;
        for (String mailbox : mailboxes) {
            try (Store store = open(mailbox)) {
                Folder there = store.getFolder(folder);
                count += there.exists() ? there.getMessageCount() : 0;
            }
        }
        return count;
    }

    /** An e-mail ready to be appended. */
    MimeMessage email(byte[] content) throws MessagingException {
        return new MimeMessage(session, new ByteArrayInputStream(content));
    }

    /** Appends each to a new folder once the one before is answered; gives e-mails per second. */
    double appendOneByOne(String mailbox, List<MimeMessage> emails) throws MessagingException {
        try (Store store = open(mailbox)) {
            Folder folder = store.getFolder(ONE_BY_ONE);
            folder.create(Folder.HOLDS_MESSAGES);
            long start = System.nanoTime();
            for (MimeMessage email : emails) {
                folder.appendMessages(new Message[] {email});
            }
            double rate = Benchmark.rate(emails.size(), start);
            if (folder.getMessageCount() != emails.size()) {
                throw new IllegalStateException("The server took " + folder.getMessageCount() + " of " + emails.size());
            }
            return rate;
        }
    }

    /** Reads the Message-IDs of all e-mails of a folder, mailbox after mailbox; gives e-mails per second. */
    double readMessageIds(List<String> mailboxes, String name) throws MessagingException {
        FetchProfile ids = new FetchProfile();
        ids.add("Message-ID");
        long start = System.nanoTime();
        int read = 0;
        for (String mailbox : mailboxes) {
            try (Store store = open(mailbox)) {
                Folder folder = store.getFolder(name);
                folder.open(Folder.READ_ONLY);
                Message[] all = folder.getMessages();
                folder.fetch(all, ids);
                read += (int) Arrays.stream(all).filter(Mailboxes::isNamed).count();
            }
        }
        return Benchmark.rate(read, start);
    }

    private static boolean isNamed(Message message) {
        try {
            return message.getHeader("Message-ID") != null;
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }
}
