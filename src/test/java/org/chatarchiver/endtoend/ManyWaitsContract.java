package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.chatarchiver.ledger.ItemState;
import org.chatarchiver.ledger.Run;
import org.chatarchiver.ledger.RunReport;
import org.chatarchiver.sandbox.PlainTraffic;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that asks for short waits again and again: as long as it asks for is waited, and by those alone whom it asks. */
abstract class ManyWaitsContract {
    private static final int MESSAGES = 600;
    private static final List<String> MAILBOXES = PlainTraffic.mailboxes(20);

    @TempDir
    Path folder;

    private StubExchange exchange;
    private TestBed bed;

    abstract StubExchange exchange();

    @BeforeEach
    void start() throws IOException {
        exchange = exchange();
        exchange.create(MAILBOXES);
        bed = TestBed.start(
                folder,
                exchange.settings()::apply,
                home -> Files.writeString(home.mapping(TestBed.WECHAT), PlainTraffic.mapping(MAILBOXES)));
    }

    @AfterEach
    void stop() throws IOException {
        bed.close();
        exchange.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 503})
    void fiftyShortWaitsInTheCourseOf600MessagesCostLessThanAMinuteAndNothingIsLostOrDoubled(int status) {
        exchange.putOffFiling(status, 50, MESSAGES);

        Duration taken = assertAllAreThereOnce();

        assertThat(taken).isLessThan(Duration.ofSeconds(60));
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 503})
    void fourteenFaultsFromTheFirstRequestOnCostSeconds(int status) {
        exchange.putOffAnything(status, 14);

        Duration taken = assertAllAreThereOnce();

        assertThat(taken).isLessThan(Duration.ofSeconds(30));
    }

    @Test
    void oneMailboxThatIsToldToWaitHoldsUpNoOther() {
        String slow = MAILBOXES.get(3);
        assertThat(bed.run(fill("before")).run().state()).isEqualTo(Run.State.COMPLETE);
        exchange.throttle(slow, 60);
        TestBed.Window window = fill("waited");
        Instant start = Instant.now();

        String run = bed.archiver().start(TestBed.WECHAT, false, window.from(), window.to());

        await().atMost(Duration.ofSeconds(45))
                .until(() -> bed.archiver().report(run).imported() == MESSAGES - MESSAGES / MAILBOXES.size());
        assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(45));
        assertThat(exchange.filed(slow)).hasSize(MESSAGES / MAILBOXES.size());
        assertThat(bed.items("waited-3").get(slow).state()).isIn(ItemState.RETRY, ItemState.SENDING);
        assertThat(bed.archiver().report(run).run().state()).isEqualTo(Run.State.RUNNING);
    }

    private Duration assertAllAreThereOnce() {
        TestBed.Window window = fill("m");
        Instant start = Instant.now();
        RunReport report = bed.run(window);
        Duration taken = Duration.between(start, Instant.now());

        assertThat(report.run().state()).isEqualTo(Run.State.COMPLETE);
        assertThat(report.imported()).isEqualTo(MESSAGES);
        assertThat(report.availableForImport()).isEqualTo(MESSAGES);
        List<String> filed = new ArrayList<>();
        MAILBOXES.forEach(mailbox -> filed.addAll(exchange.filed(mailbox)));
        assertThat(filed).hasSize(MESSAGES).doesNotHaveDuplicates();
        assertThat(exchange.breaches()).isEmpty();
        return taken;
    }

    private TestBed.Window fill(String name) {
        TestBed.Window window = bed.window();
        for (int i = 0; i < MESSAGES; i++) {
            bed.add(window, TestBed.textOf(MAILBOXES, i % MAILBOXES.size(), name + "-" + i));
        }
        return window;
    }
}
