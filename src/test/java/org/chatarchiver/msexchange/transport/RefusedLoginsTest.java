package org.chatarchiver.msexchange.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.chatarchiver.msexchange.transport.imap.ImapOptions;
import org.chatarchiver.msexchange.transport.imap.ImapTransport;
import org.chatarchiver.msexchange.transport.imap.ScriptedImap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Without a probe mailbox: the mailboxes that a log-in worked for before are asked. */
class RefusedLoginsTest {
    private static final String REFUSED = "NO [AUTHENTICATIONFAILED] no";

    private static final String IN = "OK in";

    private final ScriptedImap server = new ScriptedImap("LITERAL+");
    private final ImapTransport transport;

    RefusedLoginsTest() {
        ImapOptions options = new ImapOptions();
        options.port = server.port();
        transport = new ImapTransport(options.settings());
    }

    @AfterEach
    void stop() {
        transport.close();
        server.close();
    }

    @Test
    void aMailboxIsMissingWhenALogInToAnotherWorksAtThatMoment() {
        transport.exists("bob@example.com");
        server.onLogin.addAll(List.of(REFUSED, IN, REFUSED));
        assertThat(transport.exists("gone@example.com")).isInstanceOf(Existence.Missing.class);
    }

    @Test
    void aLogInThatIsRefusedOnceAndThenAcceptedWasAMistakeOfTheServer() {
        transport.exists("bob@example.com");
        server.onLogin.addAll(List.of(REFUSED, IN, IN));
        assertThat(fault("alice@example.com")).isEqualTo(Fault.UNAVAILABLE);
    }

    @Test
    void whatIsWrongWithTheOtherMailboxSaysNothingOfThisOne() {
        transport.exists("bob@example.com");
        server.onLogin.addAll(List.of(REFUSED, "NO [REFERRAL imap://mail.example.net/] it has moved"));
        assertThat(fault("alice@example.com")).isEqualTo(Fault.LOGIN_REFUSED);
    }

    @Test
    void aServerThatOpensNoMailboxForNowIsAnOutageAndOneThatOpensAnotherIsNot() {
        String unavailable = "NO [UNAVAILABLE] Temporary authentication failure";
        transport.exists("bob@example.com");
        server.onLogin.addAll(List.of(unavailable, unavailable));
        assertThat(fault("alice@example.com")).isEqualTo(Fault.UNREACHABLE);
        server.onLogin.add(unavailable);
        assertThat(fault("alice@example.com")).isEqualTo(Fault.UNAVAILABLE);
    }

    @Test
    void aServerThatQuotesThePasswordDoesNotGetItIntoADetail() {
        String quote = "BAD what is AHVzZXIwQGV4YW1wbGUuY29tAHNlY3JldC1zZWNyZXQtc2VjcmV0 for";
        server.onLogin.addAll(List.of(quote, quote));
        assertThat(transport.exists("alice@example.com"))
                .isInstanceOfSatisfying(Existence.Unknown.class, unknown -> assertThat(unknown.detail())
                        .contains("what is ... for"));
    }

    private Fault fault(String mailbox) {
        return ((Existence.Unknown) transport.exists(mailbox)).fault();
    }

    @Test
    void credentialsThatWereRevokedSinceTheLastLogInAreAnOutage() {
        transport.exists("bob@example.com");
        server.onLogin.addAll(List.of(REFUSED, REFUSED));
        assertThat(transport.exists("alice@example.com"))
                .isInstanceOfSatisfying(Existence.Unknown.class, unknown -> assertThat(unknown.fault())
                        .isEqualTo(Fault.CREDENTIALS_REFUSED));
    }

    @Test
    void oneMailboxThatIsDeletedAfterItsLogInDoesNotLookLikeRevokedCredentials() {
        transport.exists("bob@example.com");
        transport.exists("carol@example.com");
        server.onLogin.addAll(List.of(REFUSED, REFUSED, IN, REFUSED));
        assertThat(transport.exists("gone@example.com")).isInstanceOf(Existence.Missing.class);
    }

    @Test
    void whileNoLogInHasEverWorkedItIsUndecided() {
        server.onLogin.add(REFUSED);
        assertThat(transport.exists("gone@example.com")).isInstanceOfSatisfying(Existence.Unknown.class, unknown -> {
            assertThat(unknown.fault().undecided()).isTrue();
            assertThat(unknown.fault().outage()).isFalse();
        });
    }
}
