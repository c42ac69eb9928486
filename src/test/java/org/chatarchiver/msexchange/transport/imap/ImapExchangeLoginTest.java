package org.chatarchiver.msexchange.transport.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.chatarchiver.msexchange.transport.Authentication;
import org.chatarchiver.msexchange.transport.Batch;
import org.chatarchiver.msexchange.transport.Existence;
import org.chatarchiver.msexchange.transport.Fault;
import org.chatarchiver.msexchange.transport.MailboxTransportContract;
import org.chatarchiver.msexchange.transport.Outcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A log-in that Exchange refuses: the mailbox is missing or elsewhere, the permission is, or the token is bad. */
class ImapExchangeLoginTest {
    private static final String MAILBOX = "alice@example.com";

    private final ScriptedImap server = new ScriptedImap("LITERAL+ UNSELECT");
    private final ImapTransport transport;

    ImapExchangeLoginTest() {
        ImapOptions options = new ImapOptions();
        options.port = server.port();
        options.authentication = Authentication.xoauth2;
        options.credential = ImapOptions.credential(() -> "token");
        options.timeout = Duration.ofSeconds(5);
        options.probeMailbox = "probe@example.com";
        transport = new ImapTransport(options.settings());
    }

    @AfterEach
    void stop() {
        transport.close();
        server.close();
    }

    private Existence.Unknown unknown() {
        Existence existence = transport.exists(MAILBOX);
        assertThat(existence).isInstanceOf(Existence.Unknown.class);
        return (Existence.Unknown) existence;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            NO [AUTHENTICATIONFAILED] AuthFailed:LogonDenied-BasicAuthBlocked-<UserType:OutlookCom>      | CREDENTIALS_REFUSED
            NO [Error="NoExchangePrincipal" AuthResultFromPopImapEnd=0] AUTHENTICATE failed.             | MAILBOX_ELSEWHERE
            NO [REFERRAL imap://alice;AUTH=*@mail.example.net/] it is on premises                        | MAILBOX_ELSEWHERE
            NO [Error="NoPermissions" AuthResultFromPopImapEnd=0] AUTHENTICATE failed.                   | PERMISSION_DENIED
            NO AUTHENTICATE failed. Error="AuthFailed:LogonDenied-None-OAuthLog:AuthExc_Auth Failed."    | PERMISSION_DENIED
            NO [Error=ProxyNotAuthenticated Proxy=mbx1.example.com:1993:SSL] AUTHENTICATE failed.        | UNAVAILABLE
            NO Too many simultaneous connections                                                         | UNAVAILABLE
            BAD Request is throttled. Suggested Backoff Time: 5000 milliseconds                          | THROTTLED
            """)
    void aRefusedLogInIsToldApartWhereExchangeTells(String answer, Fault fault) {
        server.onLogin.addAll(List.of(answer, "OK in", answer));

        assertThat(unknown().fault()).isEqualTo(fault);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NO AUTHENTICATE failed.",
                "NO [Error=\"NoADRecipient\" AuthResultFromPopImapEnd=8] AUTHENTICATE failed."
            })
    void aRefusedLogInWithoutAReasonMeansMissingOnceTheProbeMailboxIsOpened(String answer) {
        server.onLogin.addAll(List.of(answer, "OK in", answer));

        assertThat(transport.exists(MAILBOX)).isInstanceOf(Existence.Missing.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"400", "401"})
    void aTokenThatIsRefusedForAllIsAnOutageAndItsStatusStandsInTheDetail(String status) {
        String challenge = "+ "
                + Base64.getEncoder()
                        .encodeToString(("{\"status\":\"" + status + "\",\"schemes\":\"Bearer\",\"scope\":\"x\"}")
                                .getBytes(StandardCharsets.US_ASCII));
        server.onLogin.addAll(List.of(challenge, challenge));
        server.onChallenge = "NO AUTHENTICATE failed.";

        Existence.Unknown unknown = unknown();

        assertThat(unknown.fault()).isEqualTo(Fault.CREDENTIALS_REFUSED);
        assertThat(unknown.detail()).contains("status " + status);
    }

    @Test
    void aMailboxThatIsElsewhereRejectsItsEmailsForGood() {
        server.onLogin.add("NO [REFERRAL imap://mail.example.net/] it is on premises");

        assertThat(transport.append(new Batch(MAILBOX, "Archive", MailboxTransportContract.emails("m", 2))))
                .allSatisfy(outcome -> assertThat(outcome)
                        .isInstanceOfSatisfying(Outcome.Rejected.class, rejected -> assertThat(rejected.fault())
                                .isEqualTo(Fault.MAILBOX_ELSEWHERE)));
    }
}
