package org.chatarchiver.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.chatarchiver.MovableClock;
import org.junit.jupiter.api.Test;

class MailboxAnswersTest {
    private static final MailboxAnswer PRESENT = new MailboxAnswer.Present();
    private static final MailboxAnswer MISSING = new MailboxAnswer.Missing();

    private final FakeDirectory directory = new FakeDirectory().with("a@b.example");
    private final MovableClock clock = new MovableClock("2026-11-20T12:00:00Z");
    private final MailboxAnswers answers = new MailboxAnswers(Defaults.PROPERTIES, clock);
    private final MailboxDirectory cached = new AskingDirectory(directory::lookup, answers);

    @Test
    void aMailboxThatExistsIsAskedForOncePerDay() {
        assertThat(cached.lookup("a@b.example")).isEqualTo(PRESENT);
        clock.pass(Duration.ofHours(24).minusSeconds(1));
        assertThat(cached.lookup("A@b.example")).isEqualTo(PRESENT);
        assertThat(directory.asked).hasSize(1);
        clock.pass(Duration.ofSeconds(1));
        cached.lookup("a@b.example");
        assertThat(directory.asked).hasSize(2);
    }

    @Test
    void aMailboxThatIsCreatedIsFoundAfterAQuarterOfAnHour() {
        assertThat(cached.lookup("new@b.example")).isEqualTo(MISSING);
        directory.with("new@b.example");
        assertThat(cached.lookup("new@b.example")).isEqualTo(MISSING);
        clock.pass(Duration.ofMinutes(15));
        assertThat(cached.lookup("new@b.example")).isEqualTo(PRESENT);
    }

    @Test
    void anOutageIsNotRemembered() {
        directory.breakDown("a@b.example", "down");
        assertThat(cached.lookup("a@b.example")).isEqualTo(new MailboxAnswer.Outage("down"));
        directory.with("a@b.example");
        assertThat(cached.lookup("a@b.example")).isEqualTo(PRESENT);
    }

    @Test
    void aMailboxInTroubleIsNotAskedForAgainBeforeItsTime() {
        directory.trouble("a@b.example", Duration.ofSeconds(30));
        assertThat(cached.lookup("a@b.example")).isInstanceOf(MailboxAnswer.Troubled.class);
        directory.with("a@b.example");
        assertThat(cached.lookup("a@b.example")).isInstanceOf(MailboxAnswer.Troubled.class);
        clock.pass(Duration.ofSeconds(30));
        assertThat(cached.lookup("a@b.example")).isEqualTo(PRESENT);
    }

    @Test
    void aForgottenMailboxIsAskedForAgain() {
        cached.lookup("a@b.example");
        directory.delete("a@b.example");
        assertThat(cached.lookup("a@b.example")).isEqualTo(PRESENT);
        answers.invalidate("A@B.example");
        assertThat(cached.lookup("a@b.example")).isEqualTo(MISSING);
        directory.with("a@b.example");
        assertThat(cached.lookupAgain("a@b.example")).isEqualTo(PRESENT);
    }

    @Test
    void onlySoManyAnswersAreRemembered() {
        MappingProperties two =
                new MappingProperties("", Duration.ofHours(1), Duration.ofHours(1), 2, Duration.ofSeconds(1));
        MailboxDirectory small = new AskingDirectory(directory::lookup, new MailboxAnswers(two, clock));
        List.of("x@b.example", "y@b.example", "x@b.example", "z@b.example", "x@b.example", "y@b.example")
                .forEach(small::lookup);
        assertThat(directory.asked).containsExactly("x@b.example", "y@b.example", "z@b.example", "y@b.example");
    }

    @Test
    void concurrentCallersAskOnce() throws Exception {
        CountDownLatch answer = new CountDownLatch(1);
        AtomicInteger asked = new AtomicInteger();
        MailboxDirectory slow = new AskingDirectory(
                mailbox -> {
                    asked.incrementAndGet();
                    try {
                        answer.await();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                    return PRESENT;
                },
                answers);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<MailboxAnswer>> answers = askFourTimes(threads, slow);
            await().until(() -> asked.get() == 1);
            answer.countDown();
            for (Future<MailboxAnswer> one : answers) {
                assertThat(one.get()).isEqualTo(PRESENT);
            }
            assertThat(asked).hasValue(1);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void whoeverGetsNoAnswerLeavesTheAskingToTheNext() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch lost = new CountDownLatch(1);
        AtomicInteger count = new AtomicInteger();
        MailboxDirectory broken = new AskingDirectory(
                mailbox -> {
                    if (count.incrementAndGet() > 1) {
                        return MISSING;
                    }
                    asked.countDown();
                    try {
                        lost.await();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                    throw new IllegalStateException("lost");
                },
                answers);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            Future<MailboxAnswer> first = threads.submit(() -> broken.lookup("a@b.example"));
            asked.await();
            Future<MailboxAnswer> second = threads.submit(() -> broken.lookup("a@b.example"));
            lost.countDown();
            assertThatThrownBy(first::get).hasRootCauseMessage("lost");
            assertThat(second.get()).isEqualTo(MISSING);
            assertThat(count).hasValue(2);
        } finally {
            threads.shutdownNow();
        }
    }

    private static List<Future<MailboxAnswer>> askFourTimes(ExecutorService threads, MailboxDirectory directory) {
        return IntStream.range(0, 4)
                .mapToObj(i -> threads.submit(() -> directory.lookup("a@b.example")))
                .toList();
    }
}
