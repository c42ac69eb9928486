package org.chatarchiver.msexchange.transport.graph;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.chatarchiver.msexchange.transport.Batch;
import org.chatarchiver.msexchange.transport.Email;
import org.chatarchiver.msexchange.transport.Existence;
import org.chatarchiver.msexchange.transport.Fault;
import org.chatarchiver.msexchange.transport.MailboxTransportContract;
import org.chatarchiver.msexchange.transport.Outcome;
import org.chatarchiver.msexchange.transport.imap.ImapOptions;
import org.chatarchiver.servers.GraphFault;
import org.junit.jupiter.api.Test;

/** Whether a trouble is one mailbox's or everybody's. */
class GraphNeighboursTest extends GraphTest {
    private static final String DENIED = "ErrorAccessDenied";

    private final Email email = MailboxTransportContract.email("one");

    private Existence.Unknown unknown(String mailbox) {
        return (Existence.Unknown) transport.exists(mailbox);
    }

    private void denyAll() {
        List.of(ANN, BEN, PROBE).forEach(address -> stub.refuse(address, 403, DENIED));
    }

    @Test
    void consentThatIsMissingIsAnOutageOnceTheProbeMailboxIsRefusedToo() {
        options.probeMailbox = PROBE;
        restart();
        denyAll();

        assertThat(unknown(ANN).fault()).isEqualTo(Fault.CREDENTIALS_REFUSED);
        assertThat(unknown(ANN).detail()).contains("Mail.ReadWrite", DENIED);
        assertThat(unknown(PROBE).fault()).isEqualTo(Fault.CREDENTIALS_REFUSED);
        assertThat(retryable(append(email)).fault().outage()).isTrue();
    }

    @Test
    void oneMailboxThatMayNotBeUsedIsDenied() {
        options.probeMailbox = PROBE;
        restart();
        stub.refuse(ANN, 403, DENIED);

        assertThat(unknown(ANN).fault()).isEqualTo(Fault.PERMISSION_DENIED);
        assertThat(rejected(append(email)).fault()).isEqualTo(Fault.PERMISSION_DENIED);
    }

    @Test
    void consentToReadAloneIsAnOutageOnceASecondMailboxSaysTheSame() {
        fault(GraphFault.at(CREATE).times(9).answers(403, DENIED));

        assertThat(retryable(append(email)).fault().undecided()).isTrue();
        assertThat(retryable(append(email)).fault().undecided()).isTrue();
        Outcome second =
                transport.append(new Batch(BEN, FOLDER, List.of(email))).get(0);

        assertThat(retryable(second).fault()).isEqualTo(Fault.CREDENTIALS_REFUSED);
        assertThat(retryable(second).detail()).contains("Mail.ReadWrite");
        assertThat(retryable(append(email)).fault()).isEqualTo(Fault.CREDENTIALS_REFUSED);
    }

    @Test
    void oneMailboxWithoutWritePermissionIsNoOutageAfterAStartAndDeniedOnceAnotherWasFiledInto() {
        fault(GraphFault.at(CREATE).answers(403, DENIED));

        Outcome.Retryable first = retryable(append(email));
        assertThat(first.fault()).isEqualTo(Fault.LOGIN_REFUSED);
        assertThat(first.fault().outage()).isFalse();
        assertThat(transport.append(new Batch(BEN, FOLDER, List.of(email))).get(0))
                .isInstanceOf(Outcome.Delivered.class);
        fault(GraphFault.at(CREATE).answers(403, DENIED));

        assertThat(rejected(append(email))).satisfies(denied -> {
            assertThat(denied.fault()).isEqualTo(Fault.PERMISSION_DENIED);
            assertThat(denied.detail()).contains("access policy").doesNotContain("consent");
        });
    }

    @Test
    void twoMailboxesThatMayBeReadButNotWrittenAreDeniedWhileAnotherMayBeWrittenAtThatMoment() {
        stub.denyWriting(ANN);
        stub.denyWriting(BEN);
        transport.append(new Batch(PROBE, FOLDER, List.of(email)));

        assertThat(rejected(append(email)).fault()).isEqualTo(Fault.PERMISSION_DENIED);
        assertThat(rejected(transport
                                .append(new Batch(BEN, FOLDER, List.of(email)))
                                .get(0))
                        .fault())
                .isEqualTo(Fault.PERMISSION_DENIED);
        assertThat(stub.mailbox(PROBE).in(FOLDER)).hasSize(1);
    }

    @Test
    void consentToWriteThatIsTakenBackIsAnOutageAtTheFirstMailboxThatMeetsIt() {
        transport.append(new Batch(BEN, FOLDER, List.of(email)));
        List.of(ANN, BEN).forEach(stub::denyWriting);

        assertThat(retryable(append(email)).fault()).isEqualTo(Fault.CREDENTIALS_REFUSED);
        stub.allow(ANN);
        assertThat(append(email)).isInstanceOf(Outcome.Delivered.class);
    }

    @Test
    void oneMailboxThatMayBeReadButNotWrittenIsDenied() {
        transport.append(new Batch(BEN, FOLDER, List.of(email)));
        fault(GraphFault.at(CREATE).answers(403, DENIED));

        assertThat(rejected(append(email)).fault()).isEqualTo(Fault.PERMISSION_DENIED);
    }

    @Test
    void withoutAProbeMailboxOneThatWasReachedBeforeIsAsked() {
        transport.exists(BEN);
        stub.refuse(ANN, 403, DENIED);

        assertThat(unknown(ANN).fault()).isEqualTo(Fault.PERMISSION_DENIED);
        denyAll();
        assertThat(unknown(ANN).fault()).isEqualTo(Fault.CREDENTIALS_REFUSED);
    }

    @Test
    void aProbeMailboxThatIsRefusedItselfIsNoOutageWhileAnotherMayBeUsed() {
        options.probeMailbox = PROBE;
        restart();
        transport.exists(BEN);
        stub.refuse(ANN, 403, DENIED);
        stub.refuse(PROBE, 403, DENIED);

        assertThat(unknown(ANN).fault()).isEqualTo(Fault.PERMISSION_DENIED);
        assertThat(unknown(PROBE).fault()).isEqualTo(Fault.PERMISSION_DENIED);
    }

    @Test
    void consentThatIsMissingIsAnOutageWithoutAProbeMailboxOnceASecondMailboxSaysTheSame() {
        denyAll();

        assertThat(unknown(ANN).fault().undecided()).isTrue();
        assertThat(unknown(ANN).fault().undecided()).isTrue();
        assertThat(unknown(BEN).fault()).isEqualTo(Fault.CREDENTIALS_REFUSED);
        assertThat(unknown(ANN).fault()).isEqualTo(Fault.CREDENTIALS_REFUSED);
        assertThat(unknown(ANN).detail()).contains("Mail.ReadWrite", "consent");
        assertThat(retryable(append(email)).fault().outage()).isTrue();
    }

    @Test
    void whatTheOnlyMailboxSaysIsUndecidedAndNamesBothCures() {
        denyAll();

        assertThat(unknown(ANN).fault().undecided()).isTrue();
        assertThat(unknown(ANN).detail()).contains("consent", "Mail.ReadWrite", "this one");
    }

    @Test
    void aTokenWithTheConsentLeavesThisMailboxAlone() {
        acceptRoles("User.Read.All", "Mail.ReadWrite");
        stub.refuse(ANN, 403, DENIED);
        stub.refuse(BEN, 403, DENIED);

        assertThat(unknown(ANN).fault()).isEqualTo(Fault.PERMISSION_DENIED);
        assertThat(unknown(BEN).fault()).isEqualTo(Fault.PERMISSION_DENIED);
    }

    @Test
    void aTokenWithoutTheConsentTellsNothingSinceRbacStandsInNoToken() {
        acceptRoles("Mail.Read");
        stub.refuse(ANN, 403, DENIED);

        assertThat(unknown(ANN).fault().undecided()).isTrue();
        transport.exists(BEN);
        assertThat(unknown(ANN).fault()).isEqualTo(Fault.PERMISSION_DENIED);
    }

    private void acceptRoles(String... roles) {
        String claims = "{\"roles\":[\"" + String.join("\",\"", roles) + "\"]}";
        String token = "e30." + Base64.getUrlEncoder().withoutPadding().encodeToString(claims.getBytes(UTF_8)) + ".x";
        stub.accept(token);
        options.credential = ImapOptions.credential(() -> token);
        restart();
    }

    @Test
    void aTokenThatIsRefusedIsAnOutage() {
        stub.accept("another");

        assertThat(unknown(ANN).fault()).isEqualTo(Fault.CREDENTIALS_REFUSED);
        assertThat(retryable(append(email)).fault()).isEqualTo(Fault.CREDENTIALS_REFUSED);
    }

    @Test
    void aRefusedTokenIsReplacedOnce() {
        stub.accept("second");
        options.credential = ImapOptions.credential(List.of("first", "second").iterator()::next);
        restart();

        assertThat(transport.exists(ANN)).isEqualTo(new Existence.Present());
    }

    @Test
    void aServerThatIsNotThereIsAnOutageAndNothingIsInDoubt() {
        stub.close();

        Outcome.Retryable later = retryable(append(email));

        assertThat(later.fault()).isEqualTo(Fault.UNREACHABLE);
        assertThat(later.inDoubt()).isFalse();
        assertThat(unknown(ANN).fault()).isEqualTo(Fault.UNREACHABLE);
    }

    @Test
    void aGatewayInTroubleForEverybodyIsAnOutage() {
        transport.exists(BEN);
        fault(GraphFault.at("GET users").times(99).answersNothing(503));

        assertThat(unknown(ANN).fault()).isEqualTo(Fault.UNREACHABLE);
    }

    @Test
    void aGatewayInTroubleForOneMailboxIsThatMailboxsTrouble() {
        options.probeMailbox = PROBE;
        restart();
        fault(GraphFault.at("GET users").answersNothing(503));

        assertThat(unknown(ANN).fault()).isEqualTo(Fault.UNAVAILABLE);
    }

    @Test
    void callsInProgressEndWhenTheTransportIsClosed() throws Exception {
        stub.latency(Duration.ofSeconds(15));
        var answer = CompletableFuture.supplyAsync(() -> transport.exists(ANN));
        Awaitility.await().until(() -> stub.waiting() > 0);

        transport.close();

        assertThat(answer.get(5, TimeUnit.SECONDS)).isInstanceOf(Existence.Unknown.class);
    }
}
