package org.chatarchiver.msexchange.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How much is asked at a time, and of whom. */
class GraphGateTest extends GraphTest {
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    private List<Outcome> appendAtOnce(int calls, int each) throws Exception {
        List<Future<List<Outcome>>> running = IntStream.range(0, calls)
                .mapToObj(i -> threads.submit(() -> append(MailboxTransportContract.emails("c" + i + "-", each))))
                .toList();
        List<Outcome> outcomes = new java.util.ArrayList<>();
        for (Future<List<Outcome>> one : running) {
            outcomes.addAll(one.get());
        }
        return outcomes;
    }

    @Test
    void noMoreThanFourRequestsRunAtATimeForAMailboxWhateverIsAllowed() throws Exception {
        options.connectionsPerMailbox = 10;
        restart();
        stub.latency(Duration.ofMillis(20));

        assertThat(appendAtOnce(16, 5)).hasSize(80).allMatch(Outcome.Delivered.class::isInstance);

        assertThat(stub.mostForOneMailbox()).isBetween(1, 4);
    }

    @Test
    void whoWaitsTooLongIsToldSo() throws Exception {
        options.connectionsPerMailbox = 1;
        options.leaseTimeout = Duration.ofMillis(50);
        restart();
        stub.latency(Duration.ofMillis(400));

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
        options.timeout = Duration.ofMillis(500);
        restart();
        stub.latency(Duration.ofMillis(300));

        List<Outcome> outcomes = append(MailboxTransportContract.emails("m", 200));

        assertThat(outcomes.get(0)).isInstanceOf(Outcome.Delivered.class);
        assertThat(retryable(outcomes.get(199)).inDoubt()).isFalse();
    }

    @Test
    void aServerThatFallsSilentLeavesTheEmailInDoubt() {
        append(MailboxTransportContract.email("first"));
        options.timeout = Duration.ofMillis(300);
        restart();
        append(MailboxTransportContract.email("second"));
        stub.latency(Duration.ofSeconds(15));

        Outcome.Retryable later = retryable(append(MailboxTransportContract.email("third")));

        assertThat(later.inDoubt()).isTrue();
        assertThat(later.fault()).isEqualTo(Fault.UNREACHABLE);
    }

    @Test
    void manyMailboxesAreServedSideBySide() throws Exception {
        List<String> addresses = IntStream.range(0, 20)
                .mapToObj(i -> "user" + i + "@example.com")
                .toList();
        addresses.forEach(stub::mailbox);
        stub.latency(Duration.ofMillis(100));
        long begin = System.nanoTime();

        List<Future<List<Outcome>>> running = addresses.stream()
                .map(address -> threads.submit(
                        () -> transport.append(new Batch(address, FOLDER, MailboxTransportContract.emails("m", 100)))))
                .toList();
        for (Future<List<Outcome>> one : running) {
            assertThat(one.get()).hasSize(100).allMatch(Outcome.Delivered.class::isInstance);
        }

        // One after the other over one connection they take at least 100 ms each.
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(2000 / 10 / 8));
    }
}
