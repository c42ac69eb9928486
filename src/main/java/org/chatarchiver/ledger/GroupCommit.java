package org.chatarchiver.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Lets the batches of many threads share one transaction: whoever comes while one is being committed waits for it, and those who wait
 * are written together by the first of them. A batch is durable when {@link #write} returns. Twenty mailboxes that end at the same time
 * cost one commit instead of twenty.
 *
 * @param <T> a row to be written
 */
final class GroupCommit<T> {
    private final Consumer<List<T>> transaction;
    private final ReentrantLock writing = new ReentrantLock();
    private final ConcurrentLinkedQueue<Batch<T>> waiting = new ConcurrentLinkedQueue<>();

    /** @param transaction writes all of these rows or, throwing, none */
    GroupCommit(Consumer<List<T>> transaction) {
        this.transaction = transaction;
    }

    /** Returns once the rows are committed; throws what the transaction threw, in which case none of them is. */
    void write(List<T> rows) {
        Batch<T> own = new Batch<>(rows);
        waiting.add(own);
        writing.lock();
        try {
            if (!own.committed) {
                commit(own);
            }
        } finally {
            writing.unlock();
        }
    }

    /** Batches that wait for a commit. */
    int waiting() {
        return waiting.size();
    }

    /** One that cannot be written must not take the others with it: they are then written each for itself. */
    private void commit(Batch<T> own) {
        List<Batch<T>> group = new ArrayList<>();
        for (Batch<T> next = waiting.poll(); next != null; next = waiting.poll()) {
            group.add(next);
        }
        if (group.size() > 1) {
            try {
                together(group);
                return;
            } catch (RuntimeException one) {
                group.remove(own);
                waiting.addAll(group);
            }
        }
        together(List.of(own));
    }

    private void together(List<Batch<T>> group) {
        List<T> rows = new ArrayList<>();
        group.forEach(batch -> rows.addAll(batch.rows));
        transaction.accept(rows);
        group.forEach(batch -> batch.committed = true);
    }

    private static final class Batch<T> {
        private final List<T> rows;
        private boolean committed;

        Batch(List<T> rows) {
            this.rows = rows;
        }
    }
}
