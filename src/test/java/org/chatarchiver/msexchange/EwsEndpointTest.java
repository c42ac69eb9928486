package org.chatarchiver.msexchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.jsse.KeyStoreParameters;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.apache.camel.support.jsse.TrustManagersParameters;
import org.chatarchiver.msexchange.transport.Batch;
import org.chatarchiver.msexchange.transport.Email;
import org.chatarchiver.msexchange.transport.Existence;
import org.chatarchiver.msexchange.transport.Outcome;
import org.chatarchiver.servers.EwsStub;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The component used alone, with Exchange Web Services and a trust store of its own. */
class EwsEndpointTest {
    private static final String MAILBOX = "alice@example.com";

    private final EwsStub stub = EwsStub.start(EwsStub.Login.NTLM);
    private final DefaultCamelContext context = new DefaultCamelContext();
    private ProducerTemplate producer;

    @BeforeEach
    void start() {
        stub.mailboxes().create(List.of(MAILBOX));
        KeyStoreParameters store = new KeyStoreParameters();
        store.setResource("file:" + stub.trustStore());
        store.setType("PKCS12");
        store.setPassword(EwsStub.TRUST_STORE_PASSWORD);
        TrustManagersParameters trust = new TrustManagersParameters();
        trust.setKeyStore(store);
        SSLContextParameters ssl = new SSLContextParameters();
        ssl.setTrustManagers(trust);
        context.getRegistry().bind("trusted", ssl);
        context.start();
        producer = context.createProducerTemplate();
    }

    @AfterEach
    void stop() {
        context.stop();
        stub.close();
    }

    private String uri(String operation) {
        return "microsoft-exchange:" + operation + "?transport=ews&ewsAuth=ntlm&ewsUrl=" + stub.url()
                + "&sslContextParameters=#trusted&username=" + EwsStub.USER + "&password=RAW(" + EwsStub.PASSWORD + ")";
    }

    @Test
    void emailsAreFiledAndMailboxesFound() {
        byte[] content = "Message-ID: <a@test.invalid>\r\n\r\ntext\r\n".getBytes(StandardCharsets.US_ASCII);
        Email email = new Email("<a@test.invalid>", Instant.parse("2026-11-20T10:00:00Z"), content);

        assertThat(producer.requestBody(uri("exists"), MAILBOX)).isEqualTo(new Existence.Present());
        assertThat(producer.requestBody(uri("append"), new Batch(MAILBOX, "Archive", List.of(email))))
                .isEqualTo(List.of(new Outcome.Delivered(0)));
        assertThat(stub.mailboxes().items(MAILBOX, "Archive")).hasSize(1);
    }

    @Test
    void credentialsNeverGoOverPlainHttpToAnotherMachine() {
        assertThatThrownBy(() -> context.getEndpoint("microsoft-exchange:append?transport=ews"
                        + "&ewsUrl=http://mail.example.com/EWS/Exchange.asmx&username=u&password=p"))
                .hasRootCauseMessage(
                        "microsoft-exchange: ewsUrl must be an https URL without user, query and fragment");
    }

    @Test
    void theAccountMustBeGivenUnlessTokensAreUsed() {
        assertThatThrownBy(() -> context.getEndpoint(
                        "microsoft-exchange:append?transport=ews&ewsUrl=https://mail.example.com/EWS/Exchange.asmx"))
                .hasRootCauseMessage("microsoft-exchange: username and password must be set for ewsAuth=basic");
    }
}
