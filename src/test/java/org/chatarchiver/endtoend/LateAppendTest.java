package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.chatarchiver.ledger.Item;
import org.chatarchiver.ledger.ItemState;
import org.chatarchiver.ledger.Reason;
import org.chatarchiver.ledger.Run;
import org.chatarchiver.ledger.RunReport;
import org.chatarchiver.sandbox.MovingClock;
import org.chatarchiver.servers.AppendFaults;
import org.chatarchiver.servers.EwsMailboxes;
import org.chatarchiver.servers.EwsReaction;
import org.chatarchiver.servers.EwsStub;
import org.chatarchiver.servers.GraphFault;
import org.chatarchiver.servers.GraphMailbox;
import org.chatarchiver.servers.GraphStub;
import org.chatarchiver.servers.RequiresProgram;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that was quick so far loses a connection, and files what came over it when it has been looked for in vain. */
class LateAppendTest {
    private static final int MESSAGES = 3;

    /** Less than the half minute that a server has, and more than any quick server ever needed. */
    private static final Duration SHORTLY = Duration.ofSeconds(20);

    private static final Duration LONG = Duration.ofSeconds(31);

    @TempDir
    Path folder;

    private final MovingClock clock = new MovingClock();

    @Test
    void graphFilesItLateAndItIsThereOnce() throws IOException {
        CountDownLatch late = new CountDownLatch(1);
        try (GraphStub graph = GraphStub.start()) {
            graph.mailbox(TestBed.ANN);
            try (TestBed bed =
                    TestBed.start(folder, settings -> ExchangeStubs.graph(graph).apply(settings.clock(clock)))) {
                filed(bed, run(bed, "before"));
                graph.fault(GraphFault.at("POST $batch").resetsAndIsCarriedOut(late));
                String run = run(bed, "late");

                notSentAgain(bed);
                late.countDown();
                await().until(() ->
                        graph.mailbox(TestBed.ANN).in(TestBed.FOLDER).size() == 2 * MESSAGES);
                clock.advance(LONG);

                filed(bed, run);
            }
            assertThat(graph.mailbox(TestBed.ANN).in(TestBed.FOLDER))
                    .hasSize(2 * MESSAGES)
                    .extracting(GraphMailbox.Item::messageId)
                    .doesNotHaveDuplicates();
            assertThat(graph.breaches()).isEmpty();
        }
    }

    @Test
    void exchangeServerFilesItLateAndItIsThereOnce() throws IOException {
        CountDownLatch late = new CountDownLatch(1);
        try (EwsStub exchange = EwsStub.start(EwsStub.Login.BASIC)) {
            ExchangeStubs.create(exchange, TestBed.ANN);
            try (TestBed bed = TestBed.start(
                    folder, settings -> ExchangeStubs.ews(exchange).apply(settings.clock(clock)))) {
                filed(bed, run(bed, "before"));
                exchange.on("CreateItem", EwsReaction.closeAndExecute(late));
                String run = run(bed, "late");

                notSentAgain(bed);
                late.countDown();
                await().until(() ->
                        exchange.mailboxes().items(TestBed.ANN, TestBed.FOLDER).size() == 2 * MESSAGES);
                clock.advance(LONG);

                filed(bed, run);
            }
            assertThat(exchange.mailboxes().items(TestBed.ANN, TestBed.FOLDER))
                    .hasSize(2 * MESSAGES)
                    .extracting(EwsMailboxes.Item::messageId)
                    .doesNotHaveDuplicates();
            assertThat(exchange.violations()).isEmpty();
        }
    }

    @Nested
    @RequiresProgram("dovecot")
    class ByImap {
        @Test
        void aServerFilesItLateAndItIsThereOnce() throws Exception {
            try (FaultBed faults = new FaultBed(folder, true, settings -> settings)) {
                String before = faults.start("before", MESSAGES);
                faults.everyMessageIsThereOnce(before, "before", MESSAGES);
                faults.proxy().appends().once(AppendFaults.Once.CUT_AND_FINISHED_LATE);
                String run = faults.start("late", MESSAGES);

                waits(faults.bed());
                faults.clock().advance(SHORTLY);
                stays(faults.bed());
                faults.proxy().appends().finish();

                faults.everyMessageIsThereOnce(run, "late", MESSAGES);
            }
        }
    }

    private static String run(TestBed bed, String name) {
        TestBed.Window window = bed.window();
        IntStream.range(0, MESSAGES).forEach(i -> bed.add(window, TestBed.text(name + "-" + i, "Text " + i)));
        return bed.archiver().start(TestBed.WECHAT, false, window.from(), window.to());
    }

    private static void filed(TestBed bed, String run) {
        RunReport report = bed.ended(run);
        assertThat(report.run().state()).isEqualTo(Run.State.COMPLETE);
        assertThat(List.of(report.imported(), report.failed())).containsExactly((long) MESSAGES, 0L);
    }

    private void notSentAgain(TestBed bed) {
        waits(bed);
        clock.advance(SHORTLY);
        stays(bed);
    }

    private static void waits(TestBed bed) {
        await().atMost(Duration.ofSeconds(30)).until(() -> isInDoubt(bed));
        assertThat(items(bed)).extracting(Item::reason).containsOnly(Reason.DESTINATION_UNAVAILABLE);
    }

    private static void stays(TestBed bed) {
        await().atMost(Duration.ofSeconds(30)).during(Duration.ofSeconds(4)).until(() -> isInDoubt(bed));
    }

    private static boolean isInDoubt(TestBed bed) {
        List<Item> items = items(bed).toList();
        return items.size() == MESSAGES && items.stream().allMatch(item -> item.state() == ItemState.RETRY);
    }

    private static Stream<Item> items(TestBed bed) {
        return IntStream.range(0, MESSAGES)
                .mapToObj(i -> bed.items("late-" + i))
                .flatMap(items -> items.values().stream());
    }
}
