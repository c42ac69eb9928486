package org.chatarchiver.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.internet.MimeMessage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.eclipse.angus.mail.imap.IMAPStore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The destination that the sandbox and the tests file into, seen with another client than ours. */
class EmbeddedMailServerTest {
    private static final String ANN = "ann@example.com";
    private static final String BEN = "ben@example.com";

    @TempDir
    static Path folder;

    private static EmbeddedMailServer mail;

    @BeforeAll
    static void start() throws IOException {
        mail = new EmbeddedMailServer(0, folder);
        mail.create(List.of(ANN, BEN));
    }

    @AfterAll
    static void stop() {
        mail.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"XOAUTH2", "LOGIN"})
    void theTokenOpensEveryMailboxOverTls(String mechanism) throws Exception {
        for (String mailbox : List.of(ANN, BEN)) {
            try (Store store = open(mechanism, mailbox, mail.token())) {
                assertThat(store.isConnected()).isTrue();
                assertThat(store.getFolder("INBOX").exists()).isTrue();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"XOAUTH2", "LOGIN"})
    void anotherTokenAndAnUnknownMailboxAreRefused(String mechanism) {
        assertThatThrownBy(() -> open(mechanism, ANN, "another")).isInstanceOf(AuthenticationFailedException.class);
        assertThatThrownBy(() -> open(mechanism, "nobody@example.com", mail.token()))
                .isInstanceOf(AuthenticationFailedException.class);
    }

    @Test
    void whatIsAppendedIsCountedWhereItWasAppended() throws Exception {
        try (Store store = open("XOAUTH2", ANN, mail.token())) {
            Folder archive = store.getFolder("WeChat Archiver");
            assertThat(mail.count(ANN, "WeChat Archiver")).isZero();
            assertThat(archive.create(Folder.HOLDS_MESSAGES)).isTrue();
            archive.appendMessages(new Message[] {text("one"), text("two")});
        }

        assertThat(mail.count(ANN, "WeChat Archiver")).isEqualTo(2);
        assertThat(mail.count(BEN, "WeChat Archiver")).isZero();
        assertThat(mail.folders(ANN)).contains("INBOX", "WeChat Archiver");
        assertThat(mail.folders(BEN)).containsExactly("INBOX");
    }

    @Test
    void aMailboxThatIsMadeAgainKeepsWhatIsInIt() throws Exception {
        String mailbox = "cat@example.com";
        mail.create(List.of(mailbox));
        try (Store store = open("XOAUTH2", mailbox, mail.token())) {
            store.getFolder("INBOX").appendMessages(new Message[] {text("one")});
        }

        mail.create(List.of(mailbox));

        assertThat(mail.count(mailbox, "INBOX")).isEqualTo(1);
    }

    @Test
    void aMailboxThatIsRemovedLetsNobodyIn() throws Exception {
        String mailbox = "dan@example.com";
        mail.create(List.of(mailbox));
        open("XOAUTH2", mailbox, mail.token()).close();

        mail.remove(mailbox);

        assertThatThrownBy(() -> open("XOAUTH2", mailbox, mail.token()))
                .isInstanceOf(AuthenticationFailedException.class);
        assertThatThrownBy(() -> mail.count(mailbox, "INBOX"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(mailbox);
    }

    @Test
    void itOffersWhatTheArchiverReliesOnAndNoMultiappend() throws Exception {
        try (Store store = open("XOAUTH2", ANN, mail.token())) {
            IMAPStore imap = (IMAPStore) store;
            assertThat(imap.hasCapability("LITERAL+")).isTrue();
            assertThat(imap.hasCapability("UIDPLUS")).isTrue();
            assertThat(imap.hasCapability("MULTIAPPEND")).isFalse();
        }
    }

    @Test
    void itsCertificateIsForThisMachineAndTrustedByItsOwnStoreOnly() throws Exception {
        for (String host : List.of("localhost", "127.0.0.1")) {
            try (SSLSocket socket = connect(mail.certificate().sslContext(), host)) {
                assertThat(greeting(socket)).startsWith("* OK");
            }
        }
        assertThatThrownBy(() -> connect(SSLContext.getDefault(), "localhost")).isInstanceOf(SSLException.class);
    }

    @Test
    void thePlainPortAnswersInTheClear() throws Exception {
        try (Socket socket = new Socket("127.0.0.1", mail.plainPort())) {
            assertThat(greeting(socket)).startsWith("* OK");
        }
    }

    @Test
    void itsTokenIsPrintedNowhere() {
        assertThat(mail.toString()).doesNotContain(mail.token());
        assertThat(mail.certificate().toString())
                .doesNotContain(mail.certificate().password());
    }

    private static SSLSocket connect(SSLContext context, String host) throws IOException {
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(host, mail.securePort());
        var parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        try {
            socket.startHandshake();
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private static String greeting(Socket socket) throws IOException {
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII)).readLine();
    }

    private static Message text(String text) throws MessagingException {
        MimeMessage message = new MimeMessage(Session.getInstance(new Properties()));
        message.setText(text);
        message.setFlag(Flags.Flag.SEEN, true);
        message.saveChanges();
        return message;
    }

    private static Store open(String mechanism, String mailbox, String token) throws MessagingException {
        Properties settings = new Properties();
        settings.put("mail.imaps.auth.mechanisms", mechanism);
        settings.put(
                "mail.imaps.ssl.socketFactory", mail.certificate().sslContext().getSocketFactory());
        settings.put("mail.imaps.ssl.checkserveridentity", "true");
        settings.put("mail.imaps.connectiontimeout", "10000");
        settings.put("mail.imaps.timeout", "30000");
        Store store = Session.getInstance(settings).getStore("imaps");
        store.connect("localhost", mail.securePort(), mailbox, token);
        return store;
    }
}
