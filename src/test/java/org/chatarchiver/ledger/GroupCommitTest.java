package org.chatarchiver.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GroupCommitTest {
    private static final String POISON = "cannot be written";

    private final List<List<String>> transactions = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch firstBegun = new CountDownLatch(1);
    private final CountDownLatch firstMayEnd = new CountDownLatch(1);
    private final GroupCommit<String> commits = new GroupCommit<>(this::write);
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        firstMayEnd.countDown();
        threads.shutdownNow();
    }

    @Test
    void batchesThatComeDuringACommitShareTheNextOne() throws Exception {
        List<Future<?>> all = together("second", "third", "fourth");
        for (Future<?> one : all) {
            one.get();
        }
        assertThat(transactions).hasSize(2);
        assertThat(transactions.get(0)).containsExactly("first");
        assertThat(transactions.get(1)).containsExactlyInAnyOrder("second", "third", "fourth");
    }

    @Test
    void aBatchThatCannotBeWrittenFailsAloneAndTheOthersAreWritten() throws Exception {
        List<Future<?>> all = together("second", POISON, "fourth");
        all.get(0).get();
        all.get(1).get();
        assertThatThrownBy(() -> all.get(2).get()).hasRootCauseMessage(POISON);
        all.get(3).get();
        assertThat(transactions.stream().flatMap(List::stream)).containsExactlyInAnyOrder("first", "second", "fourth");
    }

    @Test
    void whatItReturnsFromIsWritten() {
        firstMayEnd.countDown();
        commits.write(List.of("a", "b"));
        assertThat(transactions).containsExactly(List.of("a", "b"));
    }

    /** The first is held in its transaction until the others wait behind it. */
    private List<Future<?>> together(String... rows) throws InterruptedException {
        List<Future<?>> all = new ArrayList<>();
        all.add(threads.submit(() -> commits.write(List.of("first"))));
        firstBegun.await();
        for (String row : rows) {
            all.add(threads.submit(() -> commits.write(List.of(row))));
        }
        Awaitility.await().until(() -> commits.waiting() == rows.length);
        firstMayEnd.countDown();
        return all;
    }

    private void write(List<String> rows) {
        firstBegun.countDown();
        try {
            firstMayEnd.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        if (rows.contains(POISON)) {
            throw new IllegalArgumentException(POISON);
        }
        transactions.add(List.copyOf(rows));
    }
}
