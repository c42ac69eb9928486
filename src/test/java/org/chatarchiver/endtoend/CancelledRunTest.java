package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.chatarchiver.collect.Cancellation;
import org.chatarchiver.collect.RunStarts;
import org.chatarchiver.collect.RunWishes;
import org.chatarchiver.collect.Started;
import org.chatarchiver.ledger.Channel;
import org.chatarchiver.ledger.Channels;
import org.chatarchiver.ledger.Page;
import org.chatarchiver.ledger.Reason;
import org.chatarchiver.ledger.Run;
import org.chatarchiver.sandbox.ArchiverHome;
import org.chatarchiver.sandbox.MessageWriter;
import org.chatarchiver.sandbox.RunningArchiver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** A run that an administrator cancels stops wherever it is; what it has landed by then is archived, and the next run begins at once. */
@ExtendWith(OutputCaptureExtension.class)
class CancelledRunTest extends CollectionBed {
    private static final Duration SOON = Duration.ofMinutes(1);
    /** A lease that nobody gives back lapses later. */
    private static final Duration BEFORE_THE_LEASE_LAPSES = Duration.ofSeconds(100);

    private final CountDownLatch ended = new CountDownLatch(1);

    @Test
    void inTheMiddleOfAPageItLandsNothingOfThatPage(CapturedOutput log) {
        String[] run = new String[1];
        for (int i = 0; i < 4; i++) {
            byte[] message = message("middle-" + i).toString().getBytes(StandardCharsets.UTF_8);
            boolean onTheSecondPage = i == 2;
            day.feed.add("WECHAT", start.minus(HOUR).plusSeconds(i), out -> {
                if (onTheSecondPage && ended.getCount() > 0) {
                    cancel(archiver, run[0]);
                    ended.countDown();
                }
                out.write(message);
            });
        }
        CountDownLatch known = new CountDownLatch(1);
        day.feed.add("WECHAT", start.minus(HOUR.multipliedBy(2)), out -> {
            awaitUnchecked(known);
            out.write(message("first").toString().getBytes(StandardCharsets.UTF_8));
        });
        run[0] = archiver.start("wechat", false, start.minus(HOUR.multipliedBy(3)), start);
        known.countDown();
        ended();

        assertCancelled(run[0]);
        SmallDay.await().atMost(SOON).until(() -> archiver.report(run[0]).imported() == 2);
        assertThat(archiver.report(run[0]).pages())
                .as("the page before it, and nothing of the one that was on its way")
                .extracting(Page::number)
                .containsExactly(1);
        assertThat(log)
                .contains("Run " + run[0] + " is cancelled by ada")
                .contains("Run " + run[0] + " breaks off: it was cancelled, or another archiver goes on with it")
                .doesNotContain("breaks off: Feed");
        assertTheNextRunBeginsAndBringsAll(5);
    }

    @Test
    void amongTheAttachmentsOfAPageItFetchesNoMoreOfThemAndTheyAreFetchedWhenThePageIsArchived() {
        String[] run = new String[1];
        CountDownLatch known = new CountDownLatch(1);
        AtomicBoolean cancelled = new AtomicBoolean();
        byte[] file = {1, 2, 3};
        for (int i = 0; i < 2; i++) {
            ObjectNode message = message("attached-" + i);
            message.putArray("attachment")
                    .addObject()
                    .put("name", "x.bin")
                    .put("href", "/archive/v1/attachments/file-" + i);
            day.feed.add(
                    "WECHAT",
                    start.minus(HOUR).plusSeconds(i),
                    message.toString().getBytes(StandardCharsets.UTF_8));
        }
        day.feed.attachment("file-0", out -> {
            awaitUnchecked(known);
            if (!cancelled.getAndSet(true)) {
                cancel(archiver, run[0]);
            }
            out.write(file);
        });
        day.feed.attachment("file-1", out -> {
            awaitUnchecked(ended);
            out.write(file);
        });
        run[0] = archiver.start("wechat", false, start.minus(HOUR.multipliedBy(3)), start);
        known.countDown();
        ended();

        assertCancelled(run[0]);
        assertThat(nextRun(start.minusSeconds(60)))
                .as("although the second attachment hangs")
                .isNotEqualTo(run[0]);
        ended.countDown();
        SmallDay.await().atMost(SOON).until(() -> archiver.report(run[0]).imported() == 2);
        ended();
        assertThat(delivered()).isEqualTo(2);
    }

    @Test
    void byAnotherArchiverThanTheOneThatPolls() throws Exception {
        archiver.close();
        ArchiverHome second = ArchiverHome.create(folder.resolve("second"))
                .connector(
                        "wechat", SmallDay.NEVER, "External User ID,Microsoft 365 User Mailbox\n1,a@b.example\n", "x")
                .landingWith(day.home);
        day.feed.add("WECHAT", start.minus(HOUR), untilEnded());
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
            archiver = settings().on(postgres).start();
            try (RunningArchiver other = settings()
                    .on(postgres)
                    .set("archiver.routes", second.routes())
                    .set("archiver.data", second.data())
                    .start()) {
                String run = archiver.start("wechat", false, start.minus(HOUR.multipliedBy(3)), start);
                SmallDay.await().atMost(SOON).until(() -> pageRequests() == 1);
                assertThat(other.bean(RunStarts.class).start("wechat", false, null, null, "ada"))
                        .isInstanceOf(Started.Busy.class);

                cancel(other, run);

                assertCancelled(run);
                SmallDay.await()
                        .atMost(BEFORE_THE_LEASE_LAPSES)
                        .until(() -> other.bean(RunStarts.class).start("wechat", true, null, null, "ada")
                                instanceof Started.Running);
                assertThat(archiver.report(run).pages()).isEmpty();
                try (Stream<Path> files = Files.walk(day.home.data())) {
                    assertThat(files)
                            .as("what came of it is not kept as if the feed had given something else than a page")
                            .noneMatch(file -> file.getFileName().toString().contains("rejected"));
                }
                ended();
            } finally {
                ended.countDown();
                archiver.close();
            }
        }
    }

    /** A message that goes on and on, and never twice the same, so that it does not get lost in some buffer. */
    private MessageWriter untilEnded() {
        String[] parts =
                message("endless").put("textContent", "TEXT").toString().split("TEXT");
        return out -> {
            out.write(parts[0].getBytes(StandardCharsets.UTF_8));
            Random random = new Random(1);
            while (!waited(20)) {
                byte[] letters = new byte[16_384];
                for (int i = 0; i < letters.length; i++) {
                    letters[i] = (byte) ('a' + random.nextInt(26));
                }
                out.write(letters);
                out.flush();
            }
            out.write(parts[1].getBytes(StandardCharsets.UTF_8));
        };
    }

    private boolean waited(int millis) throws IOException {
        try {
            return ended.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private static void awaitUnchecked(CountDownLatch latch) throws IOException {
        try {
            if (!latch.await(SOON.toSeconds(), TimeUnit.SECONDS)) {
                throw new IOException("Nobody came");
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private static void cancel(RunningArchiver where, String run) {
        assertThat(where.bean(RunWishes.class).cancel(run, "ada", "")).isInstanceOf(Cancellation.Done.class);
    }

    private void assertCancelled(String run) {
        assertThat(archiver.report(run).run()).satisfies(cancelled -> {
            assertThat(cancelled.state()).isEqualTo(Run.State.FAILED);
            assertThat(cancelled.reason()).isEqualTo(Reason.CANCELLED);
            assertThat(cancelled.detail()).contains("ada");
        });
    }

    private String nextRun(Instant from) {
        Started[] started = new Started[1];
        SmallDay.await().atMost(SOON).until(() -> {
            started[0] = archiver.bean(RunStarts.class).start("wechat", false, from, start, "ada");
            return started[0] instanceof Started.Running;
        });
        return ((Started.Running) started[0]).run().id();
    }

    private void assertTheNextRunBeginsAndBringsAll(int messages) {
        String next = nextRun(start.minus(HOUR.multipliedBy(3)));
        ended();
        assertThat(archiver.report(next).run().state()).isEqualTo(Run.State.COMPLETE);
        SmallDay.await().atMost(SOON).until(() -> delivered() == messages);
        assertThat(archiver.bean(Channels.class).list(Channel.SOURCE, 10, 0)).isEmpty();
    }

    private static ObjectNode message(String id) {
        return TestBed.text(id, "Text").put("msisdn", "+447700900101").put("from", "+447700900101");
    }
}
