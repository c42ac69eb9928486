package org.chatarchiver.mime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.camel.CamelExecutionException;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ChatMimeDataFormatTest {
    private static final String ROUTES = """
            - route:
                id: letter-to-mime
                from:
                  uri: direct:letter-to-mime
                  steps:
                    - marshal: {custom: {ref: chat-mime}}
            - route:
                id: mime-to-letter
                from:
                  uri: direct:mime-to-letter
                  steps:
                    - unmarshal: {custom: {ref: chat-mime}}
            """;

    private final DefaultCamelContext camel = new DefaultCamelContext();

    @BeforeEach
    void start() throws Exception {
        camel.getRegistry()
                .bind(ChatMimeDataFormat.NAME, new ChatMimeDataFormat(new ChatMime(ArchivedMessages.DOMAIN)));
        Resource routes = ResourceHelper.fromString("routes.camel.yaml", ROUTES);
        PluginHelper.getRoutesLoader(camel).loadRoutes(routes);
        camel.start();
    }

    @AfterEach
    void stop() {
        camel.stop();
    }

    @Test
    void marshalsALetterInAYamlRoute() {
        byte[] mime = send("letter-to-mime", ArchivedMessages.chat().archived());
        assertThat(mime).isEqualTo(ArchivedMessages.chat().mime());
    }

    @Test
    void refusesAnyOtherBody() {
        assertThatThrownBy(() -> send("letter-to-mime", "hello"))
                .isInstanceOf(CamelExecutionException.class)
                .cause()
                .hasMessageContaining(
                        "chat-mime marshals a org.chatarchiver.mime.ArchivedMessage, but the body is a java.lang.String");
    }

    @Test
    void doesNotUnmarshal() {
        assertThatThrownBy(() -> send("mime-to-letter", new byte[] {1}))
                .isInstanceOf(CamelExecutionException.class)
                .cause()
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("only marshals");
    }

    private byte[] send(String route, Object body) {
        return camel.createProducerTemplate().requestBody("direct:" + route, body, byte[].class);
    }
}
