package org.chatarchiver.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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
import org.chatarchiver.ledger.Item;
import org.chatarchiver.ledger.ItemState;
import org.chatarchiver.ledger.Reason;
import org.chatarchiver.message.Attachment;
import org.chatarchiver.message.Content;
import org.chatarchiver.message.Message;
import org.chatarchiver.message.Party;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The shipped routes around the operators' hooks, with hooks as operators may write them. */
class HooksTest {
    private static final byte[] FILE = "the whole file".getBytes(StandardCharsets.US_ASCII);
    private static final String REFUSE = "setVariable: { name: refuse, constant: has a virus }";

    private final MovableClock clock = new MovableClock("2026-11-20T12:00:00Z");
    private final DefaultCamelContext camel = new DefaultCamelContext();
    private final Operator operator = new Operator();
    private final List<String> exchanges = new ArrayList<>();
    private int opened;
    private int closed;

    /** What the hooks call. */
    public static final class Operator {
        private final List<String> read = new ArrayList<>();
        private final List<Message> messages = new ArrayList<>();
        private Map<String, Object> headers;
        private int failures;

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

    @Test
    void withoutStepsTheyAreNotCalledAndNothingIsOpened() throws Exception {
        start("", "");
        MappedMessage mapped = mapped(file("a.txt", FILE));

        assertThat(checked(mapped)).isSameAs(mapped);

        assertThat(exchanges).as("the test's own, one for each check").hasSize(2);
        assertThat(opened).isZero();
    }

    @Test
    void aStepThatIsSwitchedOffIsNone() throws Exception {
        start("", "stop: { disabled: true }");
        MappedMessage mapped = mapped(file("a.txt", FILE));

        assertThat(checked(mapped)).isSameAs(mapped);
    }

    @Test
    void theySeeWhatIsAboutToBeDelivered() throws Exception {
        start("bean: { ref: operator, method: message }", "");
        MappedMessage mapped = mapped(file("a.txt", FILE));

        assertThat(checked(mapped)).isSameAs(mapped);

        assertThat(operator.messages).singleElement().satisfies(message -> {
            assertThat(message.text()).isEqualTo("text");
            assertThat(((Content.Present) message.attachments().get(0).content()).open())
                    .hasBinaryContent(FILE);
        });
        assertThat(operator.headers)
                .isEqualTo(
                        Map.of("connector", "wechat", "run", "run", "messageId", "1", "mailboxes", "ann@example.com"));
    }

    @Test
    void theySeeEachAttachment() throws Exception {
        start("", "bean: { ref: operator, method: read }");
        MappedMessage mapped = mapped(
                file("a.txt", FILE),
                new Attachment("gone", "", new Content.Absent(Content.Why.GONE, -1, "")),
                file("b.txt", new byte[] {'b'}),
                file("over the limit", new byte[101]));

        assertThat(checked(mapped).message()).isEqualTo(mapped.message());

        assertThat(operator.read).containsExactly("the whole file", "b");
        assertThat(operator.headers)
                .isEqualTo(Map.of(
                        "connector", "wechat",
                        "run", "run",
                        "messageId", "1",
                        "mailboxes", "ann@example.com",
                        "attachmentName", "b.txt",
                        "attachmentType", "text/plain",
                        "attachmentSize", 1L,
                        "attachmentSha256", "d".repeat(64)));
        assertThat(closed).as("of " + opened + " streams").isEqualTo(opened);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "setBody: { constant: other }",
                "setBody: { simple: \"${null}\" }",
                "removeHeaders: { pattern: \"*\" }",
                "setVariable: { name: message, constant: other }",
                "setProperty: { name: CamelSplitIndex, constant: \"7\" }",
                "removeProperties: { pattern: \"*\" }",
                "convertBodyTo: { type: String }"
            })
    void whateverTheyDoToWhatTheySeeTheSameIsDelivered(String step) throws Exception {
        start(step, step);
        MappedMessage mapped = mapped(file("a.txt", FILE), file("b.txt", FILE));

        MappedMessage checked = checked(mapped);

        assertThat(checked.message()).isEqualTo(mapped.message());
        assertThat(checked.items().send()).isEqualTo(mapped.items().send());
    }

    @Test
    void anAttachmentThatIsRefusedIsLeftOut() throws Exception {
        start("", "filter: { simple: \"${header.attachmentName} == 'b.exe'\", steps: [ { " + REFUSE + " } ] }");
        MappedMessage mapped = mapped(file("a.txt", FILE), file("b.exe", FILE), file("c.txt", FILE));

        MappedMessage checked = checked(mapped);

        assertThat(checked.message().attachments().get(1).content())
                .isEqualTo(new Content.Absent(Content.Why.REFUSED, FILE.length, "d".repeat(64), "has a virus"));
        assertThat(checked.message().attachments())
                .extracting(attachment -> attachment.content() instanceof Content.Present)
                .containsExactly(true, false, true);
        assertThat(new FittedMessage(checked, checked.message()).partial()).isEqualTo(Reason.ATTACHMENT_REFUSED);
        assertThat(checked.items().send()).hasSize(1);
    }

    @Test
    void aMessageThatIsRefusedFails() throws Exception {
        start(REFUSE, "");

        MappedMessage checked = checked(mapped());

        assertThat(checked.items().send()).isEmpty();
        assertThat(checked.items().failing()).singleElement().satisfies(item -> {
            assertThat(item.reason()).isEqualTo(Reason.MESSAGE_REFUSED);
            assertThat(item.detail()).isEqualTo("The route inspect-message refused it: has a virus");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"simple: \"${header.missing}\"", "constant: \"\"", "constant: \"true\""})
    void aRefusalWithoutAReasonIsOneToo(String reason) throws Exception {
        start("setVariable: { name: refuse, " + reason + " }", "");

        assertThat(checked(mapped()).items().failing())
                .extracting(Item::reason)
                .containsExactly(Reason.MESSAGE_REFUSED);
    }

    @Test
    void aRefusalThatIsTakenBackIsNone() throws Exception {
        start(REFUSE + "\n        - setVariable: { name: refuse, constant: \"false\" }", "");

        assertThat(checked(mapped()).items().send()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "throwException: { exceptionType: java.io.IOException, message: no answer }",
                "throwException: { exceptionType: java.lang.StackOverflowError, message: deep }",
                "stop: {}",
                "rollback: { message: no }",
                "rollback: { markRollbackOnly: true }",
            })
    void whereTheyFailTheItemsWait(String step) throws Exception {
        start(step, "");

        waits(checked(mapped(file("a.txt", FILE))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "throwException: { exceptionType: java.io.IOException, message: no answer }",
                "stop: {}",
                "rollback: { markRollbackOnly: true }",
            })
    void whereTheyFailOnAnAttachmentTheItemsWait(String step) throws Exception {
        start("", step);

        waits(checked(mapped(file("a.txt", FILE), file("b.txt", FILE))));
    }

    @Test
    void anErrorThatTheirOwnFileHandlesIsNoInspection() throws Exception {
        start("", "to: direct:scan", """
                - onException:
                    exception: [ java.io.IOException ]
                    handled: { constant: "true" }
                    steps: [ { setBody: { constant: told } } ]
                - route:
                    id: scan
                    from:
                      uri: direct:scan
                      steps:
                        - throwException: { exceptionType: java.io.IOException, message: no answer }
                """);

        waits(checked(mapped(file("a.txt", FILE))));
    }

    @Test
    void aFurtherTryOfTheirOwnReadsTheFileFromItsBeginning() throws Exception {
        operator.failures = 2;
        start("", "to: direct:scan", """
                - onException:
                    exception: [ java.io.IOException ]
                    redeliveryPolicy: { maximumRedeliveries: 3, redeliveryDelay: "1" }
                - route:
                    id: scan
                    from:
                      uri: direct:scan
                      steps:
                        - bean: { ref: operator, method: read }
                """);
        MappedMessage mapped = mapped(file("a.txt", FILE));

        assertThat(checked(mapped).message()).isEqualTo(mapped.message());

        assertThat(operator.read).containsExactly("the whole file", "the whole file", "the whole file");
        assertThat(closed).as("of " + opened + " streams").isEqualTo(opened);
    }

    @Test
    void errorsOfCamelThatQuoteTheTextAreNotQuoted() throws Exception {
        start("convertBodyTo: { type: java.util.concurrent.Future, mandatory: true }", "");
        MappedMessage mapped = mapped();

        assertThat(checked(mapped).items().waiting()).singleElement().satisfies(waiting -> assertThat(
                        waiting.settled().detail())
                .startsWith("The route inspect-message failed (")
                .doesNotContain("Message["));
    }

    @Test
    void whoHasWaitedForAQuarterOfAnHourFailsUntilItIsRequeued() throws Exception {
        start("stop: {}", "");
        MappedMessage mapped = mapped();
        Item item = mapped.items().send().get(0);
        Item tried = new Item(
                item.message(),
                item.target(),
                item.run(),
                1,
                ItemState.RETRY,
                item.rule(),
                null,
                null,
                5,
                clock.instant(),
                null);
        clock.pass(Duration.ofMinutes(16));

        MappedMessage checked = checked(MessageFixture.mapped(mapped.known(), List.of(tried)));

        assertThat(checked.items().waiting()).isEmpty();
        assertThat(checked.items().failing())
                .singleElement()
                .extracting(Item::reason)
                .isEqualTo(Reason.INSPECTION_FAILED);
    }

    private static void waits(MappedMessage mapped) {
        assertThat(mapped.items().send()).isEmpty();
        assertThat(mapped.items().failing()).isEmpty();
        assertThat(mapped.items().waiting()).singleElement().satisfies(waiting -> {
            assertThat(waiting.counts()).isTrue();
            assertThat(waiting.settled().reason()).isEqualTo(Reason.INSPECTION_FAILED);
        });
    }

    private MappedMessage checked(MappedMessage mapped) {
        MappedMessage message =
                camel.createProducerTemplate().requestBody("direct:check-message", mapped, MappedMessage.class);
        return camel.createProducerTemplate().requestBody("direct:check-attachments", message, MappedMessage.class);
    }

    private void start(String messageStep, String attachmentStep) throws Exception {
        start(messageStep, attachmentStep, "");
    }

    private void start(String messageStep, String attachmentStep, String more) throws Exception {
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

    private void load(String name, String text) throws Exception {
        if (!text.isEmpty()) {
            PluginHelper.getRoutesLoader(camel).loadRoutes(ResourceHelper.fromString(name + ".camel.yaml", text));
        }
    }

    private static String with(String route, String step) {
        return step.isEmpty()
                ? route
                : Pattern.compile("- choice:.*", Pattern.DOTALL)
                        .matcher(route)
                        .replaceFirst(Matcher.quoteReplacement("- " + step + "\n"));
    }

    private MappedMessage mapped(Attachment... attachments) {
        KnownMessage known =
                MessageFixture.known(clock, new Party("+447700900123", "", "", ""), List.of(), List.of(attachments));
        return MessageFixture.mapped(
                known, List.of(known.item("ann@example.com", ItemState.SENDING, "MAPPING_FILE", null, null)));
    }

    private Attachment file(String name, byte[] bytes) {
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
