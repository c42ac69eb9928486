package org.chatarchiver.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.DataFormat;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.apache.camel.support.service.ServiceSupport;
import org.chatarchiver.MovableClock;
import org.chatarchiver.ledger.Item;
import org.chatarchiver.ledger.ItemState;
import org.chatarchiver.ledger.Reason;
import org.chatarchiver.message.Party;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The shipped routes from a message to its e-mail, of which each is as long as the test says; the text has four bytes. */
class MakeEmailTest {
    private static final String ANN = "ann@example.com";

    private final DefaultCamelContext camel = new DefaultCamelContext();
    private final List<String> passed = new ArrayList<>();
    private final KnownMessage known = MessageFixture.known(
            new MovableClock("2026-11-20T12:00:00Z"), Party.of("+447700900123"), List.of(), List.of());

    @AfterEach
    void stop() {
        camel.stop();
    }

    @Test
    void whatFitsIsMarshalledOnceItIsInspected() throws Exception {
        start(4, 300);

        PreparedMessage made = made(MessageFixture.mapped(known, ANN));

        assertThat(made).isInstanceOfSatisfying(MarshalledMessage.class, sent -> assertThat(sent.email())
                .hasSize(300));
        assertThat(passed).containsExactly("check-message", "local-attachments", "check-attachments");
    }

    @Test
    void aTextThatIsTooLargeFailsAsOversizeAndIsNotMarshalled() throws Exception {
        start(3, 300);
        assertOversize(made(MessageFixture.mapped(known, ANN)), Reason.TEXT_TOO_LARGE);
    }

    @Test
    void anEmailThatIsTooLargeFailsAsOversize() throws Exception {
        start(4, 301);
        assertOversize(made(MessageFixture.mapped(known, ANN)), Reason.EMAIL_TOO_LARGE);
    }

    @Test
    void nothingIsMadeOfWhatNobodyGets() throws Exception {
        start(3, 301);
        MappedMessage mapped = MessageFixture.mapped(known);
        assertThat(made(mapped)).isSameAs(mapped);
    }

    private static void assertOversize(PreparedMessage made, Reason reason) {
        assertThat(made).isInstanceOf(MappedMessage.class);
        assertThat(made.mapped().items().send()).isEmpty();
        assertThat(made.mapped().items().failing())
                .extracting(Item::target, Item::state, Item::reason)
                .containsExactly(tuple(ANN, ItemState.FAILING, reason));
    }

    private PreparedMessage made(MappedMessage message) {
        return camel.createProducerTemplate().requestBody("direct:make-email", message, PreparedMessage.class);
    }

    private void start(long item, int email) throws Exception {
        camel.getRegistry().bind("size", new SizeFilter(ArchiveSettings.limits(100, item, 300)));
        camel.getRegistry().bind("messageSteps", new MessageSteps());
        camel.getRegistry().bind("chat-mime", new OfLength(email));
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                for (String route : List.of("check-message", "local-attachments", "check-attachments")) {
                    from("direct:" + route).process(exchange -> passed.add(route));
                }
            }
        });
        String shipped = Files.readString(Path.of("routes", "archive.camel.yaml"));
        String routes = shipped.substring(shipped.indexOf("- route:\n    id: make-email"));
        PluginHelper.getRoutesLoader(camel).loadRoutes(ResourceHelper.fromString("archive.camel.yaml", routes));
        camel.start();
    }

    /** Marshals whatever it is given to so many bytes. */
    private static final class OfLength extends ServiceSupport implements DataFormat {
        private final int length;

        OfLength(int length) {
            this.length = length;
        }

        @Override
        public void marshal(Exchange exchange, Object body, OutputStream out) throws Exception {
            out.write(new byte[length]);
        }

        @Override
        public Object unmarshal(Exchange exchange, InputStream in) {
            throw new UnsupportedOperationException();
        }
    }
}
