package org.chatarchiver.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.awaitility.Awaitility;
import org.chatarchiver.connector.LedgerOnH2;
import org.chatarchiver.ledger.Channel;
import org.chatarchiver.ledger.Channels;
import org.chatarchiver.ledger.Failure;
import org.chatarchiver.ledger.Reason;
import org.chatarchiver.ledger.Tellings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.JdbcTemplate;

/** The shipped routes that tell the channels, with channels' routes that operators may have written. */
@ExtendWith(OutputCaptureExtension.class)
class ChannelTellingTest {
    private static final String CHANNEL = """
            - onException:
                exception: java.lang.IllegalArgumentException
                handled: { constant: "true" }
                steps: [{ stop: {} }]
            - route:
                id: CHANNEL_ID
                from:
                  uri: direct:CHANNEL_ID
                  steps:
            """;
    private static final String TOLD = "        - to: mock:told\n";
    private static final String NOTHING = "        - stop: {}\n";
    private static final String FAILS = "        - process: { ref: failing }\n";
    private static final String HANDLES = "        - process: { ref: handled }\n";

    private final LedgerOnH2 ledger = new LedgerOnH2();
    private final DefaultCamelContext camel = new DefaultCamelContext();
    private final AtomicInteger failures = new AtomicInteger();
    private final AtomicBoolean mended = new AtomicBoolean();
    private volatile String odd = "";
    private ErrorChannelRecorder book;
    private int runs;

    @BeforeEach
    void open() throws Exception {
        ChannelPace pace = new ChannelPace(ledger.clock());
        book = new ErrorChannelRecorder(ledger.bean(Channels.class), pace, new SimpleMeterRegistry());
        camel.getRegistry().bind("errorChannelRecorder", book);
        camel.getRegistry()
                .bind("channelTelling", new ChannelTelling(ledger.bean(Tellings.class), pace, ledger.clock()));
        camel.getRegistry()
                .bind("channelRoutes", camel.getExecutorServiceManager().newFixedThreadPool(this, "channels", 5));
        camel.getRegistry().bind("failing", (Processor) this::fail);
        camel.getRegistry().bind("handled", (Processor) exchange -> {
            throw new IllegalArgumentException("It is handled");
        });
        load(Files.readString(Path.of("routes/channels.camel.yaml")).replace("delay: 1000", "delay: 10"));
    }

    @AfterEach
    void close() throws IOException {
        camel.close();
        ledger.close();
    }

    @Test
    void eachChannelsRouteIsToldOfItsEntriesWithWhatANotificationNeeds() throws Exception {
        start(TOLD);
        enter(Reason.SOURCE_STALLED, Reason.TIME_MISSING, Reason.NO_MAPPING, Reason.TEXT_TOO_LARGE);
        enter(Reason.QUOTA_EXCEEDED);

        assertThat(told(5))
                .extracting(exchange -> exchange.getMessage().getHeader("reason"))
                .containsExactlyInAnyOrder(
                        "SOURCE_STALLED", "TIME_MISSING", "NO_MAPPING", "TEXT_TOO_LARGE", "QUOTA_EXCEEDED");
        assertThat(told(5)).allSatisfy(exchange -> {
            Channels.Entry entry = exchange.getMessage().getBody(Channels.Entry.class);
            assertThat(exchange.getMessage().getHeaders())
                    .containsEntry("entry", entry.id())
                    .containsEntry("channel", entry.channel().id())
                    .containsEntry("connector", "wechat")
                    .containsEntry("run", entry.run())
                    .containsEntry("detail", "It is \\u001B[31mfull.")
                    .doesNotContainKeys("page", "mailbox");
            assertThat(exchange.getVariables()).isEmpty();
        });
        untold(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {NOTHING, HANDLES})
    void aRouteThatEndsAsItLikesWasTold(String steps) throws Exception {
        start(steps);
        enter(Reason.QUOTA_EXCEEDED, Reason.QUOTA_EXCEEDED);
        untold(0);
    }

    @Test
    void whatARouteFailsWithIsToldAgainLaterAndLaterAndTheLogSaysWhatToDo(CapturedOutput output) throws Exception {
        start(FAILS);
        enter(Reason.QUOTA_EXCEEDED);

        tries(1);
        assertThat(output)
                .contains("The route of the channel undeliverable in errors.camel.yaml fails")
                .contains("entry " + entries().get(0).id() + " (QUOTA_EXCEEDED)", "Mend the route and restart")
                .contains("told again at 2026-11-19T12:01:00Z");
        ledger.clock().pass(Duration.ofSeconds(61));
        tries(2);
        ledger.clock().pass(Duration.ofSeconds(121));
        tries(3);
        for (int i = 4; i < 12; i++) {
            ledger.clock().pass(Duration.ofMinutes(61));
            tries(i);
        }
        assertThat(entries()).as("the entry itself is as it was").hasSize(1);
    }

    @Test
    void aRouteThatFailsAgainAndAgainIsLeftAloneForAMinuteAndEverythingIsToldOnceItIsMended() throws Exception {
        start(FAILS);
        enterFull(50);

        Awaitility.await().until(() -> failures.get() == ChannelPace.BROKEN);
        ledger.clock().pass(Duration.ofSeconds(10));
        enter(Reason.SOURCE_STALLED);
        assertThat(told(1)).hasSize(1);
        assertThat(failures.get()).isEqualTo(ChannelPace.BROKEN);

        mended.set(true);
        ledger.clock().pass(Duration.ofMinutes(2));
        untold(0);
    }

    @Test
    void oneOddEntryHoldsUpNoOther() throws Exception {
        start(FAILS);
        odd = "run-" + runs;
        enterFull(50);
        untold(1);
    }

    @Test
    void aRouteThatHangsHoldsUpItsOwnChannelOnly() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        camel.getRegistry().bind("hanging", (Processor) exchange -> end.await());
        start("        - process: { ref: hanging }\n");
        try {
            enter(Reason.QUOTA_EXCEEDED, Reason.NO_MAPPING);
            assertThat(told(1)).hasSize(1);
            enter(Reason.QUOTA_EXCEEDED, Reason.NO_MAPPING, Reason.SOURCE_STALLED);
            assertThat(told(3)).hasSize(3);
            assertThat(ledger.bean(Channels.class).counts()).containsEntry(Channel.UNDELIVERABLE, 2L);
        } finally {
            end.countDown();
        }
        untold(0);
    }

    @Test
    void aSlowRouteIsToldEachOfManyEntriesOnceHoweverLongItTakes() throws Exception {
        camel.getRegistry().bind("slow", (Processor) exchange -> ledger.clock().pass(Duration.ofSeconds(2)));
        start("        - process: { ref: slow }\n" + TOLD);
        enterFull(250);
        untold(0);
        assertThat(told(250).stream().map(this::entry)).doesNotHaveDuplicates();
    }

    private void enterFull(int mailboxes) {
        enter(Collections.nCopies(mailboxes, Reason.QUOTA_EXCEEDED).toArray(Reason[]::new));
    }

    private void enter(Reason... reasons) {
        book.enter(Arrays.stream(reasons)
                .map(reason -> Failure.ofPoll("wechat", "run-" + runs++, reason, "It is \u001b[31mfull."))
                .toList());
    }

    private List<Exchange> told(int number) {
        MockEndpoint mock = camel.getEndpoint("mock:told", MockEndpoint.class);
        Awaitility.await().until(() -> mock.getReceivedCounter() >= number);
        return mock.getReceivedExchanges();
    }

    private long entry(Exchange exchange) {
        return exchange.getMessage().getHeader("entry", Long.class);
    }

    private List<Channels.Entry> entries() {
        return ledger.bean(Channels.class).list(Channel.UNDELIVERABLE, 10, 0);
    }

    private void untold(long number) {
        Awaitility.await()
                .until(() -> ledger.bean(Tellings.class).numbers().stream()
                                .mapToLong(Tellings.Number::number)
                                .sum()
                        == number);
    }

    /** How often the ledger says that the route has failed with the only entry. */
    private void tries(int number) {
        Awaitility.await()
                .until(() -> ledger.bean(JdbcTemplate.class)
                                .queryForObject("select tell_failed from channel_entry", Integer.class)
                        == number);
    }

    private void start(String undeliverable) throws Exception {
        for (Channel channel : Channel.values()) {
            load(CHANNEL.replace("CHANNEL_ID", channel.id())
                    + (channel == Channel.UNDELIVERABLE ? undeliverable : TOLD));
        }
        camel.start();
    }

    private void fail(Exchange exchange) {
        if (!mended.get()
                && exchange.getMessage().getHeader("run", String.class).startsWith(odd)) {
            failures.incrementAndGet();
            throw new IllegalStateException("It is \u001b[31mbroken");
        }
    }

    private void load(String yaml) throws Exception {
        PluginHelper.getRoutesLoader(camel).loadRoutes(ResourceHelper.fromString("x" + runs++ + ".camel.yaml", yaml));
    }
}
