package org.chatarchiver.msexchange.transport.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.chatarchiver.msexchange.transport.Batch;
import org.chatarchiver.msexchange.transport.Fault;
import org.chatarchiver.msexchange.transport.MailboxTransportContract;
import org.chatarchiver.msexchange.transport.Outcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How much is asked at a time, and of whom. */
class GraphLimitsTest extends GraphTest {
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    private List<Outcome> appendAtOnce(int calls, int each) throws Exception {
        List<Future<List<Outcome>>> running = IntStream.range(0, calls)
                .mapToObj(i -> threads.submit(() -> append(MailboxTransportContract.emails("c" + i + "-", each))))
                .toList();
        List<Outcome> outcomes = new ArrayList<>();
        for (Future<List<Outcome>> one : running) {
            outcomes.addAll(one.get());
        }
        return outcomes;
    }

    @Test
    void noMoreThanFourRequestsRunAtATimeForAMailboxWhateverIsAllowed() throws Exception {
        options.connectionsPerMailbox = 10;
        restart();
        stub.duration(Duration.ofMillis(20));

        assertThat(appendAtOnce(16, 5)).hasSize(80).allMatch(Outcome.Delivered.class::isInstance);

        assertThat(stub.mostForOneMailbox()).isBetween(2, 4);
    }

    @Test
    void whoWaitsTooLongIsToldSo() throws Exception {
        options.connectionsPerMailbox = 1;
        options.leaseTimeout = Duration.ofMillis(50);
        restart();
        stub.latency(Duration.ofSeconds(1));

        List<Outcome> outcomes = appendAtOnce(3, 1);

        assertThat(outcomes).filteredOn(Outcome.Delivered.class::isInstance).hasSize(1);
        assertThat(outcomes)
                .filteredOn(Outcome.Retryable.class::isInstance)
                .hasSize(2)
                .allSatisfy(outcome -> {
                    assertThat(retryable(outcome).fault()).isEqualTo(Fault.BUSY);
                    assertThat(retryable(outcome).inDoubt()).isFalse();
                });
    }

    @Test
    void aBatchEndsInItsTimeAndWhatIsLeftComesLater() {
        append(MailboxTransportContract.email("first"));
        options.timeout = Duration.ofSeconds(2);
        restart();
        stub.latency(Duration.ofSeconds(1));

        List<Outcome> outcomes = append(MailboxTransportContract.emails("m", 200));

        assertThat(outcomes.get(0)).isInstanceOf(Outcome.Delivered.class);
        assertThat(retryable(outcomes.get(199)).inDoubt()).isFalse();
    }

    @Test
    void aServerThatFallsSilentLeavesTheEmailInDoubt() {
        append(MailboxTransportContract.email("first"));
        options.timeout = Duration.ofSeconds(2);
        restart();
        append(MailboxTransportContract.email("second"));
        stub.latency(Duration.ofSeconds(15));

        Outcome.Retryable later = retryable(append(MailboxTransportContract.email("third")));

        assertThat(later.inDoubt()).isTrue();
        assertThat(later.fault()).isEqualTo(Fault.UNREACHABLE);
    }

    private List<Future<List<Outcome>>> appendTo(List<String> addresses, int each) {
        addresses.forEach(stub::mailbox);
        return addresses.stream()
                .map(address -> threads.submit(
                        () -> transport.append(new Batch(address, FOLDER, MailboxTransportContract.emails("m", each)))))
                .toList();
    }

    @Test
    void manyMailboxesAreServedSideBySideWithFewRequests() throws Exception {
        List<String> addresses = MailboxTransportContract.USERS.subList(0, 20);

        for (Future<List<Outcome>> one : appendTo(addresses, 100)) {
            assertThat(one.get()).hasSize(100).allMatch(Outcome.Delivered.class::isInstance);
        }

        assertThat(stub.log()).filteredOn("POST $batch"::equals).hasSize(20 * 5);
        assertThat(stub.log())
                .filteredOn(said -> said.contains("Folders") && !said.contains("messages"))
                .hasSize(20 * 2);
    }

    @Test
    void noMoreRequestsThanAllowedRunInAll() throws Exception {
        options.connections = 2;
        restart();
        stub.latency(Duration.ofMillis(20));

        for (Future<List<Outcome>> one : appendTo(MailboxTransportContract.USERS.subList(0, 8), 2)) {
            assertThat(one.get()).allMatch(Outcome.Delivered.class::isInstance);
        }

        assertThat(stub.mostAtATime()).isEqualTo(2);
    }
}
