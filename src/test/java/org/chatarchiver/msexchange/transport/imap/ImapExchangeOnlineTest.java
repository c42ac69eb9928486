package org.chatarchiver.msexchange.transport.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.chatarchiver.msexchange.transport.Authentication;
import org.chatarchiver.msexchange.transport.Batch;
import org.chatarchiver.msexchange.transport.Existence;
import org.chatarchiver.msexchange.transport.Fault;
import org.chatarchiver.msexchange.transport.Found;
import org.chatarchiver.msexchange.transport.Lookup;
import org.chatarchiver.msexchange.transport.MailboxTransportContract;
import org.chatarchiver.msexchange.transport.Outcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The words of Exchange Online's IMAP, at each command and inside of a pipeline; tokens that end while they are in use. */
class ImapExchangeOnlineTest {
    private static final String MAILBOX = "alice@example.com";
    private static final String NOT_CONNECTED = "BAD User is authenticated but not connected.";
    private static final String THROTTLED = "BAD Request is throttled. Suggested Backoff Time: 45000 milliseconds";

    private final ScriptedImap server = new ScriptedImap("LITERAL+ UNSELECT");
    private final ImapOptions options = new ImapOptions();
    private ImapTransport transport;

    private ImapTransport transport() {
        if (transport == null) {
            options.port = server.port();
            options.authentication = Authentication.xoauth2;
            options.timeout = Duration.ofSeconds(5);
            if (options.credential == null) {
                tokens("token");
            }
            transport = new ImapTransport(options.settings());
        }
        return transport;
    }

    /** The last one for ever. */
    private void tokens(String... tokens) {
        Iterator<String> all = Stream.concat(
                        Stream.of(tokens), Collections.nCopies(9, tokens[tokens.length - 1]).stream())
                .iterator();
        options.credential = ImapOptions.credential(all::next);
    }

    @AfterEach
    void stop() {
        if (transport != null) {
            transport.close();
        }
        server.close();
    }

    private List<Outcome> append(int emails) {
        return transport().append(new Batch(MAILBOX, "Archive", MailboxTransportContract.emails("m", emails)));
    }

    private static Outcome.Retryable retryable(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Retryable.class);
        return (Outcome.Retryable) outcome;
    }

    private Existence.Unknown unknown() {
        Existence existence = transport().exists(MAILBOX);
        assertThat(existence).isInstanceOf(Existence.Unknown.class);
        return (Existence.Unknown) existence;
    }

    /** The tokens of all log-ins so far. */
    private List<String> logins() {
        return server.commands.stream()
                .filter(command -> command.contains("AUTHENTICATE XOAUTH2 "))
                .map(command -> command.substring(command.lastIndexOf(' ') + 1))
                .map(response -> new String(Base64.getDecoder().decode(response), StandardCharsets.UTF_8))
                .map(response -> response.replaceAll("(?s).*Bearer (\\S+?)\\x01\\x01", "$1"))
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "BAD User is authenticated but not connected., UNAVAILABLE",
        "NO Server Unavailable. 15, UNAVAILABLE",
        "BAD Server Unavailable. 15, UNAVAILABLE",
        "BAD Request is throttled. Suggested Backoff Time: 45000 milliseconds, THROTTLED",
        "NO [THROTTLED] slow down, THROTTLED"
    })
    void whatPassesIsRetryableAtEachCommandAndNeverInDoubt(String answer, Fault fault) {
        for (var command : List.of(server.onLogin, server.onFolder, server.onAppend)) {
            command.add(answer);
            try (ImapTransport fresh = fresh()) {
                Outcome.Retryable later =
                        retryable(fresh.append(new Batch(MAILBOX, "Archive", MailboxTransportContract.emails("m", 1)))
                                .get(0));
                assertThat(later.fault()).isEqualTo(fault);
                assertThat(later.inDoubt()).isFalse();
            }
        }
        server.onSearch.add(answer);
        try (ImapTransport fresh = fresh()) {
            assertThat(fresh.find(new Lookup(MAILBOX, "Archive", List.of("<a@test.invalid>"))))
                    .isInstanceOfSatisfying(Found.Unclear.class, unclear -> assertThat(unclear.fault())
                            .isEqualTo(fault));
        }
        assertThat(server.filed).isEmpty();
    }

    private ImapTransport fresh() {
        transport();
        return new ImapTransport(options.settings());
    }

    @Test
    void aMailboxThatIsThrottledInsideOfAPipelineKeepsWhatItHasTakenAndTheRestWaits() {
        server.onAppend.addAll(List.of("OK filed", "OK filed", THROTTLED, THROTTLED, THROTTLED));

        List<Outcome> outcomes = append(5);

        assertThat(outcomes.subList(0, 2)).allMatch(Outcome.Delivered.class::isInstance);
        assertThat(outcomes.subList(2, 5)).allSatisfy(outcome -> {
            assertThat(retryable(outcome).fault()).isEqualTo(Fault.THROTTLED);
            assertThat(retryable(outcome).inDoubt()).isFalse();
            assertThat(retryable(outcome).delay()).isEqualTo(Duration.ofSeconds(45));
        });
    }

    @Test
    void aMailboxThatIsNotConnectedInsideOfAPipelineIsLeftAndItsConnectionDropped() {
        server.onAppend.addAll(List.of("OK filed", NOT_CONNECTED, NOT_CONNECTED));

        List<Outcome> outcomes = append(3);

        assertThat(outcomes.get(0)).isInstanceOf(Outcome.Delivered.class);
        assertThat(outcomes.subList(1, 3)).allSatisfy(outcome -> {
            assertThat(retryable(outcome).fault()).isEqualTo(Fault.UNAVAILABLE);
            assertThat(retryable(outcome).inDoubt()).isFalse();
            assertThat(retryable(outcome).detail()).contains("FullAccess");
        });
        int logins = logins().size();
        append(1);
        assertThat(logins()).hasSize(logins + 1);
    }

    @Test
    void aMailboxThatIsNotConnectedThoughTheLogInIsAcceptedIsNotSaidToExist() {
        server.onFolder.add(NOT_CONNECTED);

        assertThat(unknown().fault()).isEqualTo(Fault.UNAVAILABLE);
        assertThat(transport().exists(MAILBOX)).isEqualTo(new Existence.Present());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "BAD [AUTHENTICATIONFAILED] Session invalidated - AccessTokenExpired",
                "NO Session invalidated - AccessTokenExpired"
            })
    void aTokenThatEndsInTheMiddleOfABatchIsReplacedAndTheRestIsSentOverAFreshConnection(String over) {
        tokens("old", "new");
        server.onAppend.addAll(List.of("OK filed", over));
        server.onLogin.addAll(List.of("OK in", "NO AUTHENTICATE failed."));

        assertThat(append(2)).allMatch(Outcome.Delivered.class::isInstance);

        assertThat(logins()).containsExactly("old", "old", "new");
    }

    @Test
    void whatWasOnItsWayWhenTheSessionEndedIsLookedForBeforeItIsSentAgain() {
        tokens("old", "new");
        server.onAppend.addAll(List.of("OK filed", "* BYE Session invalidated - AccessTokenExpired"));
        server.onLogin.addAll(List.of("OK in", "NO AUTHENTICATE failed."));

        List<Outcome> outcomes = append(3);

        assertThat(outcomes.get(0)).isInstanceOf(Outcome.Delivered.class);
        assertThat(outcomes.subList(1, 3))
                .allMatch(outcome -> retryable(outcome).inDoubt());
        assertThat(server.commands)
                .filteredOn(command -> command.contains("UID SEARCH"))
                .singleElement()
                .asString()
                .contains("<m1@test.invalid>", "<m2@test.invalid>");
        assertThat(logins()).containsExactly("old", "old", "new");
    }

    @ParameterizedTest
    @ValueSource(strings = {ScriptedImap.CUT, "BAD Session invalidated - AccessTokenExpired"})
    void aSearchIsAskedAgainOverAnotherConnectionAndWhereThatEndsTooItIsDueInASecond(String over) {
        Lookup lookup = new Lookup(MAILBOX, "Archive", List.of("<a@test.invalid>"));
        server.onSearch.add(over);
        assertThat(transport().find(lookup)).isEqualTo(new Found.Answered(Map.of()));
        assertThat(logins()).hasSize(2);

        server.onSearch.addAll(List.of(over, over));
        assertThat(transport().find(lookup)).isInstanceOfSatisfying(Found.Unclear.class, unclear -> {
            assertThat(unclear.fault()).isEqualTo(Fault.LOST);
            assertThat(unclear.delay()).isEqualTo(Duration.ofSeconds(1));
        });
    }

    @Test
    void aSessionThatIsOverIsNoReasonToRefuseAFolder() {
        String over = "BAD Session invalidated - AccessTokenExpired";
        server.onFolder.add(over);
        assertThat(append(1)).allMatch(Outcome.Delivered.class::isInstance);
        server.onFolder.add(over);
        assertThat(transport().exists(MAILBOX)).isEqualTo(new Existence.Present());
    }

    @Test
    void noExtensionIsEverEnabled() {
        server.capabilities("IMAP4rev1 IMAP4rev2 ENABLE UTF8=ACCEPT SASL-IR UIDPLUS LITERAL+ UNSELECT");

        append(2);
        transport().find(new Lookup(MAILBOX, "Archive", List.of("<m0@test.invalid>")));

        assertThat(server.commands).isNotEmpty().noneMatch(command -> command.contains("ENABLE"));
    }
}
