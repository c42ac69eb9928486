package org.chatarchiver.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.chatarchiver.ledger.Item;
import org.chatarchiver.ledger.ItemState;
import org.chatarchiver.ledger.Reason;
import org.chatarchiver.message.Content;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The hook for messages. */
class MessageHookTest extends HooksFixture {
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
}
