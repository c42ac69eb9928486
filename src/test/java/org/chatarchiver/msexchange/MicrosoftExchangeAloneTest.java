package org.chatarchiver.msexchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.icegreen.greenmail.store.FolderException;
import com.icegreen.greenmail.store.StoredMessage;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.awaitility.Awaitility;
import org.chatarchiver.msexchange.transport.Outcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;

/** The component in a Camel of its own, with nothing else of the archiver. */
class MicrosoftExchangeAloneTest {
    private static final String EMAIL =
            "Message-ID: <one@example.com>\r\nDate: Wed, 04 Mar 2026 09:00:00 +0000\r\nSubject: One\r\n\r\nText\r\n";

    @TempDir
    Path folder;

    private GreenMail mail;
    private CamelContext context;
    private String append;

    @BeforeEach
    void start() {
        mail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_IMAP));
        mail.start();
        mail.setUser("ann@example.com", "ann@example.com", "secret");
        context = new DefaultCamelContext();
        // GreenMail takes the user's password for the token.
        TokenCredential credential = request -> Mono.just(
                new AccessToken("secret", OffsetDateTime.now(ZoneOffset.UTC).plusHours(1)));
        context.getRegistry().bind("credential", credential);
        context.start();
        append = "microsoft-exchange:append?host=127.0.0.1&security=none&port="
                + mail.getImap().getPort();
    }

    @AfterEach
    void stop() {
        context.stop();
        mail.stop();
    }

    @Test
    void aRouteOfFiveLinesFilesEmailsFromADirectory() throws Exception {
        String route = String.format(Locale.ROOT, """
                - from:
                    uri: "file:%s"
                    steps:
                      - to: "%s&mailbox=ann@example.com&folder=Archive"
                """, folder, append);
        PluginHelper.getRoutesLoader(context).loadRoutes(ResourceHelper.fromString("alone.camel.yaml", route));
        Files.writeString(folder.resolve("one.eml"), EMAIL);

        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> filed().size() == 1);

        StoredMessage filed = filed().get(0);
        assertThat(filed.getMimeMessage().getMessageID()).isEqualTo("<one@example.com>");
        assertThat(filed.getReceivedDate()).isEqualTo("2026-03-04T09:00:00Z");
    }

    @Test
    void headersSayOtherwiseThanOptions() throws Exception {
        Object answer = context.createProducerTemplate()
                .requestBodyAndHeaders(
                        append + "&mailbox=nobody@example.com&folder=Elsewhere",
                        EMAIL,
                        Map.of(
                                MicrosoftExchangeConstants.MAILBOX, "ann@example.com",
                                MicrosoftExchangeConstants.FOLDER, "Archive",
                                MicrosoftExchangeConstants.RECEIVED_TIME, Instant.parse("2026-03-05T10:00:00Z")));

        assertThat(answer)
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .singleElement()
                .isInstanceOf(Outcome.Delivered.class);
        assertThat(filed().get(0).getReceivedDate()).isEqualTo("2026-03-05T10:00:00Z");
    }

    @Test
    void whatAnEmailLacksIsNamed() {
        assertRefused(append + "&folder=Archive", EMAIL, "option mailbox or the header CamelMicrosoftExchangeMailbox");
        assertRefused(append + "&mailbox=ann@example.com", EMAIL, "option folder or the header");
        assertRefused(to(), EMAIL.replace("Message-ID", "X-Other"), "no header Message-ID");
        assertRefused(to(), EMAIL.replace("Date:", "X-Date:"), "no header Date");
        assertRefused(to(), EMAIL.replace("Wed, 04 Mar", "soon"), "Date cannot be read");
    }

    private String to() {
        return append + "&mailbox=ann@example.com&folder=Archive";
    }

    private void assertRefused(String uri, String email, String why) {
        assertThatThrownBy(() -> context.createProducerTemplate().requestBody(uri, email))
                .isInstanceOf(CamelExecutionException.class)
                .cause()
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why);
    }

    private List<StoredMessage> filed() throws FolderException {
        var store = mail.getManagers().getImapHostManager();
        var user = mail.getUserManager().getUser("ann@example.com");
        var archive = store.getFolder(user, "Archive");
        return archive == null ? List.of() : archive.getMessages();
    }
}
