package org.chatarchiver.msexchange.transport.ews;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.chatarchiver.msexchange.transport.Batch;
import org.chatarchiver.msexchange.transport.Existence;
import org.chatarchiver.msexchange.transport.Fault;
import org.chatarchiver.msexchange.transport.MailboxTransportContract;
import org.chatarchiver.msexchange.transport.Outcome;
import org.chatarchiver.servers.EwsReaction;
import org.junit.jupiter.api.Test;

/** How much is asked of the server at a time, and its pauses. */
class EwsLimitsTest extends EwsFixture {
    @Test
    void aBusyMailboxIsLeftAloneForAsLongAsTheServerAsksAndOthersAreNot() {
        stub.on("CreateItem", EwsReaction.busy(45_000));
        Outcome.Retryable first = retryable(append(2).get(1));
        assertThat(first.fault()).isEqualTo(Fault.THROTTLED);
        assertThat(first.delay()).isEqualTo(Duration.ofSeconds(45));
        assertThat(first.inDoubt()).isFalse();
        int requests = stub.requests().size();

        Outcome.Retryable second = retryable(append(1).get(0));

        assertThat(second.fault()).isEqualTo(Fault.THROTTLED);
        assertThat(second.delay()).isBetween(Duration.ofSeconds(20), Duration.ofSeconds(45));
        assertThat(stub.requests()).hasSize(requests);
        assertThat(transport().exists(OTHER)).isEqualTo(new Existence.Present());
    }

    @Test
    void aPauseThatIsOverIsForgotten() {
        stub.on("GetFolder", EwsReaction.busy(200));
        assertThat(transport().exists(MAILBOX)).isInstanceOf(Existence.Unknown.class);

        Awaitility.await()
                .untilAsserted(() -> assertThat(transport().exists(MAILBOX)).isEqualTo(new Existence.Present()));
    }

    @Test
    void aPauseOfDaysIsAskedAboutAfterAnHour() {
        stub.on("CreateItem", EwsReaction.busy(999_999_999));

        assertThat(retryable(append(1).get(0)).delay()).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void aServerThatIsUnavailableForSomeTimeIsLeftAloneForThisMailboxAndNoOther() {
        stub.on("GetFolder", EwsReaction.status(503, "Retry-After", "40"));
        transport().exists(MAILBOX);

        assertThat(transport().exists(OTHER)).isEqualTo(new Existence.Present());
        assertThat(transport().exists(MAILBOX)).isInstanceOfSatisfying(Existence.Unknown.class, unknown -> {
            assertThat(unknown.fault()).isEqualTo(Fault.THROTTLED);
            assertThat(unknown.delay()).isBetween(Duration.ofSeconds(20), Duration.ofSeconds(40));
        });
        assertThat(stub.requests()).hasSize(2);
    }

    @Test
    void aPauseMayBeGivenAsADate() {
        String inAMinute = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                ZonedDateTime.now(ZoneOffset.UTC).plusSeconds(60));
        stub.on("GetFolder", EwsReaction.status(429, "Retry-After", inAMinute));

        assertThat(transport().exists(MAILBOX)).isInstanceOfSatisfying(Existence.Unknown.class, unknown -> {
            assertThat(unknown.fault()).isEqualTo(Fault.THROTTLED);
            assertThat(unknown.delay()).isBetween(Duration.ofSeconds(40), Duration.ofSeconds(60));
        });
    }

    @Test
    void neitherOneMailboxNorAllTogetherGetMoreRequestsAtATimeThanAllowed() {
        options.connectionsPerMailbox = 2;
        options.connections = 3;
        ExecutorService threads = Executors.newFixedThreadPool(12);
        List<CompletableFuture<List<Outcome>>> calls = IntStream.range(0, 24)
                .mapToObj(i -> CompletableFuture.supplyAsync(
                        () -> transport()
                                .append(new Batch(
                                        i % 2 == 0 ? MAILBOX : OTHER,
                                        FOLDER,
                                        MailboxTransportContract.emails("t" + i + "-", 3))),
                        threads))
                .toList();

        assertThat(calls).allSatisfy(call -> assertThat(call.join()).containsOnly(new Outcome.Delivered(0)));

        threads.shutdown();
        assertThat(stub.load().mostForOneMailbox()).isLessThanOrEqualTo(2);
        assertThat(stub.load().mostInAll()).isLessThanOrEqualTo(3);
    }

    @Test
    void whoeverWaitsTooLongForItsTurnIsToldSo() {
        options.connectionsPerMailbox = 1;
        options.leaseTimeout = Duration.ofMillis(200);
        options.timeout = Duration.ofSeconds(3);
        stub.on("GetFolder", EwsReaction.stall());
        CompletableFuture<Existence> first =
                CompletableFuture.supplyAsync(() -> transport().exists(MAILBOX));
        Awaitility.await().until(() -> stub.count("GetFolder") == 1);

        assertThat(retryable(append(1).get(0)).fault()).isEqualTo(Fault.BUSY);
        assertThat(first.join()).isInstanceOf(Existence.Unknown.class);
    }

    @Test
    void callsThatWaitOrRunWhenItIsClosedEndAsUnavailable() {
        options.connectionsPerMailbox = 1;
        stub.on("GetFolder", EwsReaction.stall());
        CompletableFuture<Existence> running =
                CompletableFuture.supplyAsync(() -> transport().exists(MAILBOX));
        Awaitility.await().until(() -> stub.count("GetFolder") == 1);
        CompletableFuture<Existence> waiting =
                CompletableFuture.supplyAsync(() -> transport().exists(MAILBOX));

        transport().close();

        for (CompletableFuture<Existence> call : List.of(running, waiting)) {
            assertThat(call.join())
                    .isInstanceOfSatisfying(Existence.Unknown.class, unknown -> assertThat(unknown.fault())
                            .isEqualTo(Fault.UNAVAILABLE));
        }
        assertThat(retryable(append(1).get(0)).fault()).isEqualTo(Fault.UNAVAILABLE);
    }
}
