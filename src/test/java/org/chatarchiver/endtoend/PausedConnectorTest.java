package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.chatarchiver.collect.RunStarts;
import org.chatarchiver.collect.Started;
import org.chatarchiver.ledger.Page;
import org.chatarchiver.ledger.Run;
import org.chatarchiver.sandbox.ArchiverHome;
import org.chatarchiver.sandbox.RunningArchiver;
import org.junit.jupiter.api.Test;

/** While a connector is paused nothing is collected for it and what has landed is delivered; then it goes on from where it was. */
class PausedConnectorTest extends CollectionBed {
    private static final Duration SOON = Duration.ofMinutes(1);
    private static final String PAUSE = "/api/connectors/wechat/pause";
    private static final String RESUME = "/api/connectors/wechat/resume";
    private static final int MESSAGES = 7;

    private final CountDownLatch known = new CountDownLatch(1);
    private final CountDownLatch paused = new CountDownLatch(1);

    @Test
    void aRunInTheAirGivesWayBehindItsPageWhichIsDeliveredAndGoesOnWithTheNextOneAfterARestartToo() throws Exception {
        for (int i = 0; i < MESSAGES; i++) {
            byte[] message = message("text-" + i);
            boolean onTheSecondPage = i == 2;
            day.feed.add("WECHAT", start.minus(HOUR).plusSeconds(i), out -> {
                if (onTheSecondPage) {
                    known.countDown();
                    await(paused);
                }
                out.write(message);
            });
        }
        String run = archiver.start("wechat", false, start.minus(HOUR.multipliedBy(3)), start);
        assertThat(known.await(1, TimeUnit.MINUTES)).isTrue();
        pause(archiver);
        paused.countDown();

        SmallDay.await().atMost(SOON).until(() -> archiver.report(run).imported() == 4);
        assertThat(archiver.report(run).run().state()).isEqualTo(Run.State.RUNNING);
        assertThat(pages(run)).containsExactly(1, 2);
        assertThat(delivered()).isEqualTo(4);
        assertStill(run, 2);

        archiver.close();
        archiver = settings().start();
        assertStill(run, 2);
        assertThat(archiver.bean(RunStarts.class).start("wechat", false, null, null, "ada"))
                .isInstanceOf(Started.Paused.class);
        assertThat(new ApiClient(archiver).get("/api/connectors").body())
                .contains("\"paused\":{\"by\":\"admin\"", "\"reason\":\"The feed moves\"");

        resume(archiver);
        ended();
        assertThat(archiver.report(run).run().state()).isEqualTo(Run.State.COMPLETE);
        assertThat(pages(run)).containsExactly(1, 2, 3, 4);
        assertThat(pageRequests()).as("no page was asked for twice").isEqualTo(4);
        SmallDay.await().atMost(SOON).until(() -> delivered() == MESSAGES);
        assertThat(runs()).hasSize(1);
    }

    @Test
    void theRestOfABackFillThatGaveWayAtTheEndOfAWindowIsAskedForWhenTheConnectorIsResumed() throws Exception {
        day.message("WECHAT", "old", start.minus(HOUR.multipliedBy(50)));
        day.message("WECHAT", "new", start.minus(HOUR));
        day.feed.add("WECHAT", start.minus(HOUR.multipliedBy(49)), out -> {
            known.countDown();
            await(paused);
            out.write(message("older"));
        });
        archiver.start("wechat", false, start.minus(HOUR.multipliedBy(60)), start);
        assertThat(known.await(1, TimeUnit.MINUTES)).isTrue();
        pause(archiver);
        paused.countDown();
        SmallDay.await().atMost(SOON).until(() -> delivered() == 2);
        assertThat(pageRequests()).isEqualTo(1);

        resume(archiver);

        SmallDay.await().atMost(SOON).until(() -> delivered() == 3);
        ended();
        assertThat(runs())
                .hasSize(3)
                .allSatisfy(run -> assertThat(run.state()).isEqualTo(Run.State.COMPLETE))
                .allSatisfy(run -> assertThat(run.cause()).isEqualTo(Run.Cause.BACKFILL));
    }

    @Test
    void twoArchiversOnOneLedgerHeedIt() throws Exception {
        archiver.close();
        ArchiverHome second = ArchiverHome.create(folder.resolve("second"))
                .connector(
                        "wechat",
                        SmallDay.NEVER,
                        "External User ID,Microsoft 365 User Mailbox\n1,a@b.example\n",
                        SmallDay.PASSWORD)
                .landingWith(day.home);
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
            archiver = settings().on(postgres).start();
            try (RunningArchiver other = settings()
                    .on(postgres)
                    .set("archiver.routes", second.routes())
                    .set("archiver.data", second.data())
                    .start()) {
                day.message("WECHAT", "one", start.minus(HOUR));
                day.feed.fail(1, 503, "3000");
                String run = archiver.start("wechat", false, start.minus(HOUR.multipliedBy(3)), start);
                SmallDay.await()
                        .atMost(SOON)
                        .until(() -> archiver.report(run).run().waiting() != null);

                pause(other);

                SmallDay.await()
                        .atMost(SOON)
                        .until(() -> archiver.report(run).run().waiting() == null);
                assertThat(archiver.bean(RunStarts.class).start("wechat", true, null, null, "ada"))
                        .isInstanceOf(Started.Paused.class);
                assertStill(run, 0);
                assertThat(pageRequests()).isEqualTo(1);

                resume(archiver);
                ended();
                assertThat(archiver.report(run).run().state()).isEqualTo(Run.State.COMPLETE);
            } finally {
                archiver.close();
            }
        }
    }

    /** For some looks at the runs that nobody polls. */
    private void assertStill(String run, int pages) {
        SmallDay.await()
                .during(Duration.ofSeconds(4))
                .atMost(SOON)
                .until(() ->
                        pages(run).size() == pages && archiver.report(run).run().state() == Run.State.RUNNING);
    }

    private List<Integer> pages(String run) {
        return archiver.report(run).pages().stream().map(Page::number).toList();
    }

    private static void pause(RunningArchiver where) throws Exception {
        assertThat(new ApiClient(where)
                        .post(PAUSE, "application/json", "{\"reason\":\"The feed moves\"}")
                        .statusCode())
                .isEqualTo(200);
    }

    private static void resume(RunningArchiver where) throws Exception {
        assertThat(new ApiClient(where).post(RESUME, "application/json", "{}").statusCode())
                .isEqualTo(200);
    }

    private static byte[] message(String id) {
        return TestBed.text(id, "Text")
                .put("msisdn", "+447700900101")
                .put("from", "+447700900101")
                .toString()
                .getBytes(StandardCharsets.UTF_8);
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            if (!latch.await(1, TimeUnit.MINUTES)) {
                throw new IOException("Nobody came");
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }
}
