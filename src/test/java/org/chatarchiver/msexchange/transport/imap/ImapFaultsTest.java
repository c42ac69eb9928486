package org.chatarchiver.msexchange.transport.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.chatarchiver.msexchange.transport.Batch;
import org.chatarchiver.msexchange.transport.Existence;
import org.chatarchiver.msexchange.transport.Fault;
import org.chatarchiver.msexchange.transport.Found;
import org.chatarchiver.msexchange.transport.Lookup;
import org.chatarchiver.msexchange.transport.MailboxTransportContract;
import org.chatarchiver.msexchange.transport.Outcome;
import org.chatarchiver.msexchange.transport.Security;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImapFaultsTest {
    private static final String MAILBOX = "alice@example.com";
    private static final String THROTTLED = "Request is throttled. Suggested Backoff Time: 45000 milliseconds";

    private ScriptedImap server = new ScriptedImap("LITERAL+");
    private ImapTransport transport;

    @AfterEach
    void stop() {
        if (transport != null) {
            transport.close();
        }
        server.close();
    }

    private List<Outcome> append(int emails) {
        if (transport == null) {
            transport = transport(options());
        }
        return transport.append(new Batch(MAILBOX, "Archive", MailboxTransportContract.emails("m", emails)));
    }

    private ImapOptions options() {
        ImapOptions options = new ImapOptions();
        options.port = server.port();
        options.timeout = Duration.ofSeconds(2);
        return options;
    }

    private static ImapTransport transport(ImapOptions options) {
        return new ImapTransport(options.settings());
    }

    private static Outcome.Retryable retryable(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Retryable.class);
        return (Outcome.Retryable) outcome;
    }

    @ParameterizedTest
    @CsvSource({
        "NO [OVERQUOTA] full, QUOTA_EXCEEDED",
        "NO [UNAVAILABLE] later, UNAVAILABLE",
        "NO [SERVERBUG] oops, UNAVAILABLE",
        "NO [INUSE] locked, UNAVAILABLE",
        "NO [LIMIT] too many, UNAVAILABLE",
        "BAD User is authenticated but not connected., UNAVAILABLE",
        "NO APPEND failed., REFUSED"
    })
    void whatCanPassIsRetryable(String answer, Fault fault) {
        server.onAppend.add(answer);

        Outcome.Retryable later = retryable(append(1).get(0));

        assertThat(later.fault()).isEqualTo(fault);
        assertThat(later.inDoubt()).isFalse();
        // For a full mailbox no server says when to come again; how long it is left alone is a setting.
        assertThat(later.delay().isZero()).isEqualTo(fault == Fault.QUOTA_EXCEEDED);
    }

    @ParameterizedTest
    @CsvSource({
        "NO [TOOBIG] too big, EMAIL_TOO_LARGE",
        "NO [CANNOT] never, REFUSED",
        "BAD invalid message, REFUSED",
        "NO [NOPERM] read-only, PERMISSION_DENIED"
    })
    void whatCannotPassIsRejected(String answer, Fault fault) {
        server.onAppend.add(answer);

        assertThat(append(1).get(0))
                .isInstanceOfSatisfying(Outcome.Rejected.class, rejected -> assertThat(rejected.fault())
                        .isEqualTo(fault));
    }

    @ParameterizedTest
    @ValueSource(strings = {"NO ", "BAD "})
    void aThrottledMailboxIsLeftAloneForAsLongAsTheServerAsks(String status) {
        server.onAppend.add(status + THROTTLED);
        assertThat(retryable(append(1).get(0)).delay()).isEqualTo(Duration.ofSeconds(45));
        int commands = server.commands.size();

        Outcome.Retryable later = retryable(append(1).get(0));

        assertThat(later.fault()).isEqualTo(Fault.THROTTLED);
        assertThat(later.delay()).isBetween(Duration.ofSeconds(30), Duration.ofSeconds(45));
        assertThat(server.commands).hasSize(commands);
    }

    @Test
    void oneRefusedEmailDoesNotHinderTheOthers() {
        server.onAppend.add("OK filed");
        server.onAppend.add("NO [TOOBIG] too big");

        List<Outcome> outcomes = append(3);

        assertThat(outcomes.get(0)).isInstanceOf(Outcome.Delivered.class);
        assertThat(outcomes.get(1)).isInstanceOf(Outcome.Rejected.class);
        assertThat(outcomes.get(2)).isInstanceOf(Outcome.Delivered.class);
    }

    @Test
    void aMultiAppendThatIsRefusedIsResolvedEmailByEmail() {
        server.close();
        server = new ScriptedImap("LITERAL+ MULTIAPPEND");
        server.onAppend.addAll(List.of("NO [TOOBIG] one of them", "OK filed", "NO [TOOBIG] this one"));

        List<Outcome> outcomes = append(3);

        assertThat(outcomes.get(0)).isInstanceOf(Outcome.Delivered.class);
        assertThat(outcomes.get(1)).isInstanceOf(Outcome.Rejected.class);
        assertThat(outcomes.get(2)).isInstanceOf(Outcome.Delivered.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "MULTIAPPEND"})
    void whatWasFiledBeforeTheConnectionWasCutIsFoundAndNotSentAgain(String extension) {
        server.close();
        server = new ScriptedImap("LITERAL+ " + extension);
        server.onAppend.add(ScriptedImap.FILE_AND_CUT);

        List<Outcome> outcomes = append(1);

        assertThat(outcomes).containsExactly(new Outcome.Delivered(1));
        assertThat(server.filed).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {ScriptedImap.CUT, "* BYE [UNAVAILABLE] restarting", ScriptedImap.STALL})
    void whatIsNotFoundAfterALostConnectionIsInDoubt(String reaction) {
        server.onAppend.add(reaction);

        Outcome.Retryable later = retryable(append(1).get(0));

        assertThat(later.inDoubt()).isTrue();
        assertThat(later.delay()).isGreaterThanOrEqualTo(Duration.ofSeconds(30));
        assertThat(server.filed).isEmpty();
    }

    @Test
    void whatIsInDoubtStaysSoWhereTheSearchIsRefused() {
        server.onAppend.add(ScriptedImap.FILE_AND_CUT);
        server.onSearch.add("NO [UNAVAILABLE] later");

        assertThat(retryable(append(1).get(0)).inDoubt()).isTrue();
    }

    @Test
    void anUnclearSearchSaysSo() {
        server.onSearch.add("NO [SERVERBUG] oops");
        transport = transport(options());

        assertThat(transport.find(new Lookup(MAILBOX, "Archive", List.of("<a@test.invalid>"))))
                .isInstanceOf(Found.Unclear.class);
        assertThat(transport.find(new Lookup(MAILBOX, "Archive", List.of("<a@test.invalid>"))))
                .isEqualTo(new Found.Answered(Map.of()));
    }

    @Test
    void aRefusedLogInWithoutAnyProofIsUnclear() {
        server.onLogin.add("NO [AUTHENTICATIONFAILED] no");
        transport = transport(options());

        assertThat(transport.exists(MAILBOX))
                .isInstanceOfSatisfying(Existence.Unknown.class, unknown -> assertThat(unknown.fault())
                        .isEqualTo(Fault.LOGIN_REFUSED));
    }

    @Test
    void aRefusedConnectionIsAnOutage() throws IOException {
        ImapOptions options = options();
        // Bound but not listening: refuses, and nobody else gets the port.
        try (Socket refusing = new Socket()) {
            refusing.bind(new InetSocketAddress("127.0.0.1", 0));
            options.port = refusing.getLocalPort();
            transport = transport(options);

            assertThat(retryable(append(1).get(0)).fault()).isEqualTo(Fault.UNREACHABLE);
        }
    }

    @Test
    void aNameThatDoesNotResolveIsAnOutage() {
        ImapOptions options = options();
        options.host = "no-such-host.invalid";
        transport = transport(options);

        assertThat(retryable(append(1).get(0)).fault().outage()).isTrue();
    }

    @Test
    void aServerThatStallsAtOneLogInAndAtTheNextIsAnOutage() {
        server.onLogin.add(ScriptedImap.STALL);
        server.onLogin.add(ScriptedImap.STALL);

        assertThat(retryable(append(1).get(0)).fault()).isEqualTo(Fault.UNREACHABLE);
    }

    @Test
    void aServerWithoutTlsIsAnOutageWhereTlsIsAskedFor() {
        for (Security security : List.of(Security.tls, Security.starttls)) {
            ImapOptions options = options();
            options.security = security;
            try (ImapTransport secure = transport(options)) {
                assertThat(secure.exists(MAILBOX))
                        .isInstanceOfSatisfying(Existence.Unknown.class, unknown -> assertThat(unknown.fault())
                                .isEqualTo(Fault.UNREACHABLE));
            }
        }
    }
}
