package org.chatarchiver.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.Body;
import org.apache.camel.Headers;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.support.EventNotifierSupport;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.chatarchiver.MovableClock;
import org.chatarchiver.delivery.DeliverySettings;
import org.chatarchiver.delivery.RetrySchedule;
import org.chatarchiver.ledger.ItemState;
import org.chatarchiver.ledger.Reason;
import org.chatarchiver.message.Attachment;
import org.chatarchiver.message.Content;
import org.chatarchiver.message.Message;
import org.chatarchiver.message.Party;
import org.junit.jupiter.api.AfterEach;

/** The shipped routes around the operators' hooks, with hooks as operators may write them. */
abstract class HooksFixture {
    static final byte[] FILE = "the whole file".getBytes(StandardCharsets.US_ASCII);
    static final String REFUSE = "setVariable: { name: refuse, constant: has a virus }";

    final MovableClock clock = new MovableClock("2026-11-20T12:00:00Z");
    final DefaultCamelContext camel = new DefaultCamelContext();
    final Operator operator = new Operator();
    final List<String> exchanges = new ArrayList<>();
    int opened;
    int closed;

    /** What the hooks call. */
    public static final class Operator {
        final List<String> read = new ArrayList<>();
        final List<Message> messages = new ArrayList<>();
        Map<String, Object> headers;
        int failures;

        public void read(@Body InputStream bytes, @Headers Map<String, Object> all) throws IOException {
            headers = new TreeMap<>(all);
            read.add(new String(bytes.readAllBytes(), StandardCharsets.US_ASCII));
            if (failures-- > 0) {
                throw new IOException("no answer");
            }
        }

        public void message(@Body Message message, @Headers Map<String, Object> all) {
            headers = new TreeMap<>(all);
            messages.add(message);
        }
    }

    @AfterEach
    void stop() {
        camel.stop();
    }

    static void waits(MappedMessage mapped) {
        assertThat(mapped.items().send()).isEmpty();
        assertThat(mapped.items().failing()).isEmpty();
        assertThat(mapped.items().waiting()).singleElement().satisfies(waiting -> {
            assertThat(waiting.counts()).isTrue();
            assertThat(waiting.settled().reason()).isEqualTo(Reason.INSPECTION_FAILED);
        });
    }

    MappedMessage checked(MappedMessage mapped) {
        MappedMessage message =
                camel.createProducerTemplate().requestBody("direct:check-message", mapped, MappedMessage.class);
        return camel.createProducerTemplate().requestBody("direct:check-attachments", message, MappedMessage.class);
    }

    void start(String messageStep, String attachmentStep) throws Exception {
        start(messageStep, attachmentStep, "");
    }

    void start(String messageStep, String attachmentStep, String more) throws Exception {
        Inspections inspections = new Inspections(ArchiveSettings.limits(100, 100, 100));
        Inspected inspected = new Inspected(inspections, new RetrySchedule(DeliverySettings.shipped(), clock));
        camel.getRegistry().bind("inspections", inspections);
        camel.getRegistry().bind("inspected", inspected);
        camel.getRegistry().bind("messageVerdict", new MessageVerdict(inspected));
        camel.getRegistry().bind("attachmentVerdicts", new AttachmentVerdicts());
        camel.getRegistry().bind("operator", operator);
        camel.getManagementStrategy().addEventNotifier(new EventNotifierSupport() {
            @Override
            public void notify(CamelEvent event) {
                if (event instanceof CamelEvent.ExchangeCreatedEvent created) {
                    exchanges.add(created.getExchange().getExchangeId());
                }
            }
        });
        load("inspect", Files.readString(Path.of("routes", "inspect.camel.yaml")));
        String hooks = Files.readString(Path.of("routes", "hooks.camel.yaml"));
        int second = hooks.indexOf("- route:", 1);
        load("hooks", with(hooks.substring(0, second), messageStep) + with(hooks.substring(second), attachmentStep));
        load("more", more);
        camel.start();
    }

    void load(String name, String text) throws Exception {
        if (!text.isEmpty()) {
            PluginHelper.getRoutesLoader(camel).loadRoutes(ResourceHelper.fromString(name + ".camel.yaml", text));
        }
    }

    static String with(String route, String step) {
        return step.isEmpty()
                ? route
                : Pattern.compile("- choice:.*", Pattern.DOTALL)
                        .matcher(route)
                        .replaceFirst(Matcher.quoteReplacement("- " + step + "\n"));
    }

    MappedMessage mapped(Attachment... attachments) {
        KnownMessage known =
                MessageFixture.known(clock, new Party("+447700900123", "", "", ""), List.of(), List.of(attachments));
        return MessageFixture.mapped(
                known, List.of(known.item("ann@example.com", ItemState.SENDING, "MAPPING_FILE", null, null)));
    }

    Attachment file(String name, byte[] bytes) {
        return new Attachment(name, "text/plain", new Content.Stored(bytes.length, "d".repeat(64), () -> {
            opened++;
            return new FilterInputStream(new ByteArrayInputStream(bytes)) {
                @Override
                public void close() throws IOException {
                    closed++;
                    super.close();
                }
            };
        }));
    }
}
