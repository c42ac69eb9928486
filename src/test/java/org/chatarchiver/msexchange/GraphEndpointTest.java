package org.chatarchiver.msexchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.chatarchiver.msexchange.transport.Batch;
import org.chatarchiver.msexchange.transport.Email;
import org.chatarchiver.msexchange.transport.Existence;
import org.chatarchiver.msexchange.transport.Found;
import org.chatarchiver.msexchange.transport.Lookup;
import org.chatarchiver.msexchange.transport.Outcome;
import org.chatarchiver.servers.GraphStub;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** The component with nothing of the archiver around it. */
class GraphEndpointTest {
    private static final String ANN = "ann@example.com";

    @Test
    void emailsAreFiledLookedForAndMailboxesAskedForByTheirUris() throws Exception {
        TokenCredential credential = request -> Mono.just(
                new AccessToken("token", OffsetDateTime.now(ZoneOffset.UTC).plusHours(1)));
        try (GraphStub stub = GraphStub.start();
                DefaultCamelContext context = new DefaultCamelContext()) {
            stub.mailbox(ANN);
            context.getRegistry().bind("credential", credential);
            context.start();
            String options =
                    "?transport=graph&tokenCredential=#credential&attachOriginal=false&graphBaseUrl=" + stub.baseUrl();
            ProducerTemplate template = context.createProducerTemplate();
            Email email = new Email(
                    "<one@test.invalid>", Instant.EPOCH, "Subject: x\r\n\r\ny\r\n".getBytes(StandardCharsets.US_ASCII));

            assertThat(template.requestBody("microsoft-exchange:exists" + options, ANN))
                    .isEqualTo(new Existence.Present());
            assertThat(template.requestBody(
                            "microsoft-exchange:append" + options, new Batch(ANN, "Chats", List.of(email))))
                    .isEqualTo(List.of(new Outcome.Delivered(0)));
            assertThat(template.requestBody(
                            "microsoft-exchange:find" + options, new Lookup(ANN, "Chats", List.of(email.messageId()))))
                    .isInstanceOfSatisfying(Found.Answered.class, found -> assertThat(found.uids())
                            .containsOnlyKeys(email.messageId()));
            assertThat(stub.mailbox(ANN).in("Chats").get(0).attachments()).isEmpty();
        }
    }

    @Test
    void withoutACredentialOrWithAUrlInTheClearItIsRefused() throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            assertThatThrownBy(() -> context.getEndpoint("microsoft-exchange:exists?transport=graph"))
                    .hasStackTraceContaining("tokenCredential");
            assertThatThrownBy(() -> context.getEndpoint(
                            "microsoft-exchange:exists?transport=graph&graphBaseUrl=http://graph.example.com/v1.0"))
                    .hasStackTraceContaining("https");
        }
    }
}
