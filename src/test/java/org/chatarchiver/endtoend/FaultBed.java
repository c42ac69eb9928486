package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.chatarchiver.faults.Mailboxes;
import org.chatarchiver.ledger.Item;
import org.chatarchiver.ledger.Run;
import org.chatarchiver.ledger.RunReport;
import org.chatarchiver.sandbox.MovingClock;
import org.chatarchiver.sandbox.RunningArchiver;
import org.chatarchiver.servers.Dovecot;
import org.chatarchiver.servers.FaultyProxy;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * A test bed whose archiver reaches Dovecot through a proxy that misbehaves, with short time-outs and a clock that jumps over the pauses of
 * items that wait.
 */
final class FaultBed implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofSeconds(31);
    private static final String TEXT = "Longer than what a buffer holds, many together. ".repeat(40);

    private final Dovecot mail;
    private final FaultyProxy proxy;
    private final TestBed bed;
    private final MovingClock clock = new MovingClock();

    FaultBed(Path folder, boolean multiAppend, UnaryOperator<RunningArchiver.Settings> more) throws IOException {
        Dovecot.Options options = Dovecot.with(List.of(TestBed.ANN, TestBed.BEN));
        mail = (multiAppend ? options : options.withoutMultiAppend()).start();
        proxy = FaultyProxy.beforeImap(mail.imapPort());
        bed = TestBed.start(
                folder,
                settings -> more.apply(TestBed.byMaster(mail)
                        .apply(settings)
                        .clock(clock)
                        .set("archiver.exchange.imap.host", "127.0.0.1")
                        .set("archiver.exchange.imap.port", proxy.port())
                        .set("archiver.exchange.imap.security", "none")
                        .set("archiver.exchange.connect-timeout", "3s")
                        .set("archiver.exchange.read-timeout", "3s")));
    }

    FaultyProxy proxy() {
        return proxy;
    }

    TestBed bed() {
        return bed;
    }

    MovingClock clock() {
        return clock;
    }

    /** Adds texts for Ann and starts a run over them. */
    String start(String name, int messages) {
        TestBed.Window window = bed.window();
        IntStream.range(0, messages).forEach(i -> bed.add(window, TestBed.text(name + "-" + i, TEXT)));
        return bed.archiver().start(TestBed.WECHAT, false, window.from(), window.to());
    }

    /** One of the run's items. */
    Item item(String name) {
        return bed.items(name + "-0").get(TestBed.ANN);
    }

    /** Waits for the run's end; whenever an item waits, its time comes. */
    RunReport ended(String run) {
        await("end of the run")
                .atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(300))
                .until(() -> {
                    if (waits()) {
                        clock.advance(PAUSE);
                    }
                    return bed.archiver().report(run).run().state() != Run.State.RUNNING;
                });
        return bed.archiver().report(run);
    }

    private boolean waits() {
        return bed.archiver()
                        .bean(JdbcTemplate.class)
                        .queryForObject(
                                "select count(*) from item where state = 'RETRY' and retry_at > ?",
                                Long.class,
                                Timestamp.from(clock.instant()))
                > 0;
    }

    /** The run has delivered all of its messages, and Dovecot holds each of them once. */
    void everyMessageIsThereOnce(String run, String name, int messages) throws IOException, InterruptedException {
        RunReport report = ended(run);
        assertThat(report.run().state()).as("%s", report).isEqualTo(Run.State.COMPLETE);
        assertThat(report.imported()).isEqualTo(messages);
        assertThat(report.failed()).isZero();
        assertThat(new Mailboxes(mail, TestBed.FOLDER, List.of(TestBed.ANN))
                        .read().get(TestBed.ANN).stream()
                                .map(Mailboxes.Email::sourceId)
                                .filter(id -> id.startsWith(name + "-")))
                .containsExactlyInAnyOrderElementsOf(IntStream.range(0, messages)
                        .mapToObj(i -> name + "-" + i)
                        .toList());
    }

    @Override
    public void close() throws IOException {
        bed.close();
        proxy.close();
        mail.close();
    }
}
