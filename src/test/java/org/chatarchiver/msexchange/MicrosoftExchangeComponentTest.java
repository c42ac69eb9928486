package org.chatarchiver.msexchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.apache.camel.CamelContext;
import org.apache.camel.CatalogCamelContext;
import org.apache.camel.ResolveEndpointFailedException;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.health.HealthCheckRepository;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.UriParam;
import org.chatarchiver.msexchange.transport.Authentication;
import org.chatarchiver.msexchange.transport.Existence;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MicrosoftExchangeComponentTest {
    private static final String PLAIN = "microsoft-exchange:exists?host=127.0.0.1&port=1&auth=plain&password=RAW(x)";

    private CamelContext context;

    @BeforeEach
    void start() {
        context = new DefaultCamelContext();
        context.start();
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    @Test
    void theSchemeIsFoundAndOptionsAreBound() {
        MicrosoftExchangeEndpoint endpoint = context.getEndpoint(
                PLAIN + "&connections=5&connectTimeout=3s&probeMailbox=p@example.com", MicrosoftExchangeEndpoint.class);

        assertThat(endpoint.getOperation()).isEqualTo(MicrosoftExchangeOperation.exists);
        assertThat(endpoint.getConfiguration().getAuth()).isEqualTo(Authentication.plain);
        assertThat(endpoint.getConfiguration().getConnections()).isEqualTo(5);
        assertThat(endpoint.getConfiguration().getConnectTimeout()).isEqualTo(3000);
    }

    @Test
    void anOutageIsAnAnswerAndNoException() {
        Object answer = context.createProducerTemplate().requestBody(PLAIN, "alice@example.com");

        assertThat(answer).isInstanceOfSatisfying(Existence.Unknown.class, unknown -> assertThat(
                        unknown.fault().outage())
                .isTrue());
    }

    @Test
    void theHealthCheckIsDownInAnOutageAndGoneWithTheComponent() throws Exception {
        HealthCheckRepository producers = HealthCheckHelper.getHealthCheckRepository(context, "producers");
        producers.setEnabled(true);
        context.getEndpoint(PLAIN + "&probeMailbox=p@example.com").createProducer();

        assertThat(producers.stream()).singleElement().satisfies(check -> {
            assertThat(check.isLiveness()).isFalse();
            HealthCheck.Result result = check.call();
            assertThat(result.getState()).isEqualTo(HealthCheck.State.DOWN);
            assertThat(result.getMessage())
                    .hasValueSatisfying(message ->
                            assertThat(message).contains("UNREACHABLE").doesNotContain("RAW(x)"));
            assertThat(result.getDetails()).containsEntry("destination", "127.0.0.1:1");
        });
        context.removeComponent("microsoft-exchange");

        assertThat(producers.stream()).isEmpty();
    }

    @Test
    void theHealthCheckAsksForNothingWithoutAProbeMailbox() throws Exception {
        HealthCheckRepository producers = HealthCheckHelper.getHealthCheckRepository(context, "producers");
        producers.setEnabled(true);
        context.getEndpoint(PLAIN).createProducer();

        assertThat(producers.stream())
                .singleElement()
                .satisfies(check -> assertThat(check.call().getState()).isEqualTo(HealthCheck.State.UP));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "transport=graph | microsoft-exchange: tokenCredential must be set for transport=graph",
                "transport=graph&graphBaseUrl=http://graph.example.com/v1.0 | microsoft-exchange: graphBaseUrl must be an https URL without user, query and fragment",
                "transport=ews | microsoft-exchange: ewsUrl must be an https URL without user, query and fragment",
                "transport=ews&ewsUrl=http://mail.example.com/EWS/Exchange.asmx | microsoft-exchange: ewsUrl must be an https URL without user, query and fragment",
                "transport=ews&ewsUrl=https://mail.example.com/EWS/Exchange.asmx | microsoft-exchange: username and password must be set for ewsAuth=basic",
                "transport=ews&ewsAuth=oauth2&ewsUrl=https://mail.example.com/EWS/Exchange.asmx | microsoft-exchange: tokenCredential must be set for ewsAuth=oauth2"
            })
    void whatATransportNeedsIsNamed(String options, String cure) {
        assertThatThrownBy(() -> context.getEndpoint("microsoft-exchange:append?" + options))
                .hasRootCauseMessage(cure);
    }

    @Test
    void endpointsWithEqualOptionsShareOneTransport() {
        MicrosoftExchangeComponent component =
                context.getComponent("microsoft-exchange", MicrosoftExchangeComponent.class);
        MicrosoftExchangeConfiguration one = new MicrosoftExchangeConfiguration();
        one.setAuth(Authentication.plain);
        MicrosoftExchangeConfiguration other = one.copy();
        other.setHost("another");

        assertThat(component.transport(one)).isSameAs(component.transport(one.copy()));
        assertThat(component.transport(one)).isNotSameAs(component.transport(other));
    }

    @Test
    void anUnknownOperationAndMissingCredentialsAreRefused() {
        assertThatThrownBy(() -> context.getEndpoint("microsoft-exchange:delete?auth=plain&password=x"))
                .isInstanceOf(ResolveEndpointFailedException.class);
        assertThatThrownBy(() -> context.getEndpoint("microsoft-exchange:append"))
                .hasRootCauseMessage("microsoft-exchange: tokenCredential must be set for auth=xoauth2");
    }

    @Test
    void theCommittedMetadataKnowsEveryOption() throws IOException {
        String metadata = resource("/META-INF/org/chatarchiver/msexchange/microsoft-exchange.json");

        for (Field option : MicrosoftExchangeConfiguration.class.getDeclaredFields()) {
            if (option.isAnnotationPresent(UriParam.class)) {
                String entry = String.format(Locale.ROOT, "\"%s\": {", option.getName());
                assertThat(metadata.split(java.util.regex.Pattern.quote(entry), -1))
                        .as("%s, as component and endpoint option; run mvn -Pcamel-metadata process-classes", entry)
                        .hasSize(3);
            }
        }
        assertThat(Arrays.asList(metadata.split("\n")))
                .filteredOn(line -> line.contains("\"password\": {"))
                .isNotEmpty()
                .allMatch(line -> line.contains("\"secret\": true"));
    }

    @Test
    void camelsCatalogTellsOfItsOptionsAsHawtioAndEditorsAskForThem() throws IOException {
        String schema = ((CatalogCamelContext) context).getComponentParameterJsonSchema("microsoft-exchange");

        assertThat(schema).contains("\"graphBaseUrl\"", "\"ewsUrl\"", "CamelMicrosoftExchangeMailbox");
        assertThat(resource("/META-INF/services/org/apache/camel/component.properties"))
                .contains("components=microsoft-exchange");
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = MicrosoftExchangeComponentTest.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
