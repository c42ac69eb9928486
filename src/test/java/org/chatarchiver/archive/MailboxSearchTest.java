package org.chatarchiver.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.component.mock.MockComponent;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.apache.camel.util.ObjectHelper;
import org.chatarchiver.MovableClock;
import org.chatarchiver.alert.Alarms;
import org.chatarchiver.delivery.DeliverySettings;
import org.chatarchiver.delivery.DestinationOutages;
import org.chatarchiver.delivery.OutageException;
import org.chatarchiver.delivery.Outages;
import org.chatarchiver.delivery.RetrySchedule;
import org.chatarchiver.ledger.Item;
import org.chatarchiver.ledger.ItemState;
import org.chatarchiver.ledger.Reason;
import org.chatarchiver.mapping.MailboxAnswers;
import org.chatarchiver.mapping.Mapper;
import org.chatarchiver.mapping.MappingProperties;
import org.chatarchiver.message.Party;
import org.chatarchiver.message.PartyIds;
import org.chatarchiver.msexchange.transport.Existence;
import org.chatarchiver.msexchange.transport.Fault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The shipped route that looks for mailboxes, with a destination whose answers are made up. */
class MailboxSearchTest {
    private static final String ANN = "ann@example.com";
    private static final String BEN = "ben@example.com";

    private final MovableClock clock = new MovableClock("2026-11-20T12:00:00Z");
    private final Outages outages = DestinationOutages.of("", new Alarms(), new SimpleMeterRegistry(), clock);
    private final Map<String, Existence> destination = new HashMap<>();
    private final List<String> asked = new ArrayList<>();
    private final DefaultCamelContext camel = new DefaultCamelContext();

    @BeforeEach
    void start() throws Exception {
        MappingProperties properties =
                new MappingProperties("", Duration.ofHours(24), Duration.ofMinutes(15), 1000, Duration.ofSeconds(10));
        Mailboxes mailboxes = new Mailboxes(
                new Mapper(new PartyIds(""), Set.of()), new RetrySchedule(DeliverySettings.shipped(), clock), clock);
        camel.getRegistry()
                .bind(
                        "mailboxSearches",
                        new MailboxSearches(mailboxes, new MailboxAnswers(properties, clock), outages));
        MockComponent exchange = new MockComponent();
        exchange.setAutowiredEnabled(false);
        camel.addComponent("microsoft-exchange", exchange);
        camel.getEndpoint("microsoft-exchange:exists", MockEndpoint.class).whenAnyExchangeReceived(question -> {
            String mailbox = question.getMessage().getBody(String.class);
            asked.add(mailbox);
            Existence answer = destination.get(mailbox);
            if (answer == null) {
                throw new IllegalStateException("broken");
            }
            question.getMessage().setBody(answer);
        });
        PluginHelper.getRoutesLoader(camel)
                .loadRoutes(ResourceHelper.resolveResource(camel, "file:" + Path.of("routes", "mailboxes.camel.yaml")));
        camel.start();
    }

    @AfterEach
    void stop() {
        camel.stop();
    }

    @Test
    void eachMailboxThatIsNotKnownIsAskedForOnce() {
        destination.put(ANN, new Existence.Present());
        destination.put(BEN, new Existence.Missing("none"));

        assertThat(found(ANN, BEN, ANN).items().send()).extracting(Item::target).containsExactly(ANN);
        assertThat(found(BEN, ANN).items().send()).extracting(Item::target).containsExactly(ANN);

        assertThat(asked).containsExactly(ANN, BEN);
    }

    @Test
    void inAnOutageNoOtherMailboxIsAskedForAndTheMessageWaits() {
        destination.put(ANN, new Existence.Unknown(Fault.UNREACHABLE, Duration.ZERO, "no connection"));

        assertThatThrownBy(() -> found(ANN, BEN))
                .satisfies(e -> assertThat(ObjectHelper.getException(OutageException.class, e))
                        .isNotNull());

        assertThat(asked).containsExactly(ANN);
        assertThat(outages.current()).isPresent();
    }

    @Test
    void aMailboxInTroubleWaitsBesideOneThatDoesNot() {
        destination.put(ANN, new Existence.Unknown(Fault.THROTTLED, Duration.ofSeconds(30), "throttled"));
        destination.put(BEN, new Existence.Present());

        MappedMessage mapped = found(ANN, BEN);

        assertThat(mapped.items().send()).extracting(Item::target).containsExactly(BEN);
        assertThat(mapped.items().waiting()).hasSize(1);
        assertThat(asked).containsExactly(ANN, BEN);
    }

    @Test
    void afterAnAskingThatGotNoAnswerTheNextMessageAsksAgain() {
        assertThatThrownBy(() -> found(ANN)).hasRootCauseMessage("broken");
        destination.put(ANN, new Existence.Present());

        assertThat(found(ANN).items().send()).hasSize(1);
        assertThat(asked).containsExactly(ANN, ANN);
    }

    @Test
    void whatIsRequeuedIsAskedForPastWhatIsRemembered() {
        destination.put(ANN, new Existence.Missing("none"));
        MappedMessage failed = found(ANN);
        assertThat(failed.items().failing()).hasSize(1);
        destination.put(ANN, new Existence.Present());

        MappedMessage again = again(failed, failed.items().failing().get(0), null);

        assertThat(again.items().send()).extracting(Item::target).containsExactly(ANN);
        assertThat(asked).containsExactly(ANN, ANN);
    }

    /** Of a long name the ledger keeps the beginning and a digest. */
    @Test
    void whoHasALongNameIsMappedAgainWhenRequeuedAndNotForgotten() {
        destination.put(ANN, new Existence.Missing("none"));
        MappedMessage failed = found(
                MessageFixture.known(clock, new Party("x".repeat(3_000) + "\0", "", "", ANN), List.of(), List.of()));
        destination.put(ANN, new Existence.Present());

        assertThat(again(failed, failed.items().failing().get(0), null).items().send())
                .extracting(Item::target)
                .containsExactly(ANN);
    }

    /** RFC 5321 lets an address begin with any of these. */
    @ParameterizedTest
    @ValueSource(strings = {"!", "#", "=", "{"})
    void aMailboxIsSentToAgainWhateverItsAddressBeginsWith(String first) {
        String mailbox = first + ANN;
        destination.put(mailbox, new Existence.Present());
        MappedMessage mapped = found(mailbox);

        MappedMessage again = again(mapped, mapped.items().send().get(0), Reason.THROTTLED);

        assertThat(again.items().send()).singleElement().satisfies(item -> assertThat(item.mailbox())
                .isEqualTo(mailbox));
    }

    /** As the page is taken up with this item of it. */
    private MappedMessage again(MappedMessage before, Item item, Reason reason) {
        Item due = before.known().item(item.target(), ItemState.RETRY, item.rule(), reason, null);
        return found(MessageFixture.known(before.work(), before.known(), List.of(due)));
    }

    private MappedMessage found(String owner, String... others) {
        List<Party> to = new ArrayList<>();
        for (String other : others) {
            to.add(new Party("id-" + other, "", "", other));
        }
        return found(MessageFixture.known(clock, new Party("id-" + owner, "", "", owner), to, List.of()));
    }

    private MappedMessage found(KnownMessage message) {
        return camel.createProducerTemplate()
                .requestBody("direct:find-mailboxes", message, MailboxSearch.class)
                .mapped();
    }
}
