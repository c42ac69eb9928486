package org.chatarchiver.msexchange.transport.ews;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.chatarchiver.msexchange.transport.Existence;
import org.chatarchiver.msexchange.transport.Fault;
import org.chatarchiver.msexchange.transport.Found;
import org.chatarchiver.msexchange.transport.Lookup;
import org.chatarchiver.msexchange.transport.MailboxTransportContract;
import org.chatarchiver.msexchange.transport.Outcome;
import org.chatarchiver.servers.EwsReaction;
import org.chatarchiver.servers.FaultyProxy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Answers that never come, or come in part: nothing is lost and nothing filed twice. */
class EwsLostTest extends EwsFixture {
    static List<EwsReaction> lostAfterwards() {
        return List.of(EwsReaction.executeAndClose(), EwsReaction.executeAndCut(), EwsReaction.executeAndStall());
    }

    static List<EwsReaction> lostBefore() {
        return List.of(
                EwsReaction.close(),
                EwsReaction.stall(),
                EwsReaction.body(200, "<html>log in</html>"),
                EwsReaction.body(200, "no XML at all"),
                EwsReaction.body(200, ""));
    }

    @ParameterizedTest
    @MethodSource("lostAfterwards")
    void whatWasFiledBeforeTheAnswerWasLostIsFoundAndNotSentAgain(EwsReaction reaction) {
        options.timeout = Duration.ofSeconds(5);
        stub.on("CreateItem", reaction);

        assertThat(append(3)).containsOnly(new Outcome.Delivered(0));

        assertThat(filed()).isEqualTo(3);
        assertThat(stub.count("CreateItem")).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("lostBefore")
    void whatIsNotFoundAfterTheAnswerWasLostIsInDoubt(EwsReaction reaction) {
        options.timeout = Duration.ofSeconds(5);
        stub.on("CreateItem", reaction);

        assertThat(append(2)).allSatisfy(outcome -> {
            assertThat(retryable(outcome).inDoubt()).isTrue();
            assertThat(retryable(outcome).delay()).isGreaterThanOrEqualTo(Duration.ofSeconds(30));
        });
        assertThat(filed()).isZero();
    }

    @Test
    void whatWasNotSentYetIsSentOverAFreshConnection() {
        options.batchBytes = 2 * MailboxTransportContract.email("m0").content().length;
        stub.on("CreateItem", EwsReaction.executeAndClose());

        assertThat(append(6)).hasSize(6).containsOnly(new Outcome.Delivered(0));
        assertThat(filed()).isEqualTo(6);
    }

    @Test
    void anAnswerThatTellsOfFewerItemsLeavesTheOthersInDoubtAndTheyAreFound() {
        stub.on("CreateItem", EwsReaction.executeAndShorten());

        assertThat(append(3)).containsOnly(new Outcome.Delivered(0));
        assertThat(filed()).isEqualTo(3);
    }

    @Test
    void whatIsInDoubtStaysSoWhereTheSearchFails() {
        stub.on("CreateItem", EwsReaction.executeAndClose());
        stub.on("FindItem", EwsReaction.fault("ErrorMailboxStoreUnavailable", "Later."));

        assertThat(append(2)).allMatch(outcome -> retryable(outcome).inDoubt());
    }

    @Test
    void aSearchThatFailsIsUnclearAndNeverEmpty() {
        append(1);
        stub.on(
                "FindItem",
                EwsReaction.close(),
                EwsReaction.close(),
                EwsReaction.status(503),
                EwsReaction.fault("ErrorTimeoutExpired", "Later."),
                EwsReaction.body(200, "<x/>"),
                EwsReaction.body(200, "<x/>"));
        Lookup lookup = new Lookup(MAILBOX, FOLDER, List.of("<m0@test.invalid>"));

        for (int i = 0; i < 4; i++) {
            assertThat(transport().find(lookup)).isInstanceOf(Found.Unclear.class);
        }
        assertThat(transport().find(lookup))
                .isInstanceOfSatisfying(Found.Answered.class, answered -> assertThat(answered.uids())
                        .hasSize(1));
    }

    @Test
    void aServerThatNeverAnswersIsAnOutage() {
        options.timeout = Duration.ofSeconds(3);
        stub.on("GetFolder", EwsReaction.stall(), EwsReaction.stall());

        assertThat(transport().exists(MAILBOX))
                .isInstanceOfSatisfying(Existence.Unknown.class, unknown -> assertThat(unknown.fault())
                        .isEqualTo(Fault.UNREACHABLE));
    }

    @Test
    void oneMailboxThatStallsWhileOthersAnswerIsNoOutage() {
        options.timeout = Duration.ofSeconds(3);
        transport().exists(OTHER);
        stub.on("GetFolder", EwsReaction.stall());

        assertThat(transport().exists(MAILBOX))
                .isInstanceOfSatisfying(Existence.Unknown.class, unknown -> assertThat(unknown.fault())
                        .isEqualTo(Fault.UNAVAILABLE));
    }

    @Test
    void aCallEndsAfterTwoReadTimeOuts() {
        options.timeout = Duration.ofSeconds(3);
        stub.on("CreateItem", EwsReaction.stall());
        stub.on("FindItem", EwsReaction.stall());
        transport().exists(MAILBOX);
        long started = System.nanoTime();

        assertThat(append(1)).allMatch(outcome -> retryable(outcome).inDoubt());

        assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(12));
    }

    @Test
    void anAnswerWithADocumentTypeIsNotRead() {
        stub.on("GetFolder", EwsReaction.body(200, """
                <?xml version="1.0"?><!DOCTYPE s:Envelope [<!ENTITY a "aaaa"><!ENTITY b SYSTEM "file:///etc/hostname">]>
                <s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><m:GetFolderResponse
                xmlns:m="http://schemas.microsoft.com/exchange/services/2006/messages"><m:ResponseMessages>
                <m:GetFolderResponseMessage ResponseClass="Success"><m:ResponseCode>NoError</m:ResponseCode>
                </m:GetFolderResponseMessage></m:ResponseMessages></m:GetFolderResponse></s:Body></s:Envelope>
                """.stripLeading()));

        assertThat(transport().exists(MAILBOX)).isInstanceOf(Existence.Unknown.class);
    }

    @Test
    void anAnswerWithoutAnEndIsNotReadToItsEnd() {
        stub.on("GetFolder", EwsReaction.body(200, "<a>" + "x".repeat(9 << 20) + "</a>"));

        assertThat(transport().exists(MAILBOX))
                .isInstanceOfSatisfying(Existence.Unknown.class, unknown -> assertThat(unknown.detail())
                        .contains("bytes"));
    }

    @Test
    void aConnectionThatIsResetWhileTheAnswerIsAwaitedDoublesNothing() throws IOException {
        try (FaultyProxy proxy = FaultyProxy.before(stub.url().getPort())) {
            options.url = URI.create("https://localhost:" + proxy.port() + "/EWS/Exchange.asmx");
            stub.on("CreateItem", EwsReaction.executeAndStall());
            CompletableFuture<List<Outcome>> outcomes = CompletableFuture.supplyAsync(() -> append(3));
            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> filed() == 3);

            proxy.cut();

            assertThat(outcomes.join()).containsOnly(new Outcome.Delivered(0));
            assertThat(stub.count("CreateItem")).isEqualTo(1);
        }
    }

    @Test
    void aServerThatResetsEveryConnectionIsTriedLaterAndNothingIsInDoubt() throws IOException {
        try (FaultyProxy proxy = FaultyProxy.before(stub.url().getPort())) {
            options.url = URI.create("https://localhost:" + proxy.port() + "/EWS/Exchange.asmx");
            proxy.refuse(true);

            assertThat(append(2)).allSatisfy(outcome -> {
                assertThat(retryable(outcome).fault()).isEqualTo(Fault.UNREACHABLE);
                assertThat(retryable(outcome).inDoubt()).isFalse();
            });
            proxy.refuse(false);
            assertThat(append(2)).containsOnly(new Outcome.Delivered(0));
        }
    }
}
