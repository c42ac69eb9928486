package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Route;
import org.chatarchiver.collect.RunStarts;
import org.chatarchiver.collect.Started;
import org.chatarchiver.ledger.Run;
import org.chatarchiver.ledger.Watermarks;
import org.chatarchiver.sandbox.RunningArchiver;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** A run that is under way while its connector is edited gives way between two pages, and goes on from where it was. */
class RunsDuringEditsTest extends EditBed {
    private static final int MESSAGES = 6;
    private static final String WECHAT = "connectors/wechat.camel.yaml";
    private static final String NEW = "WeChat New";

    private final CountDownLatch held = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    @Override
    RunningArchiver.Settings settings() {
        return super.settings().set("archiver.sweep", "1s");
    }

    @Test
    void theFolderBelongsToTheRunAndTheNextOneHasTheNewOne() throws Exception {
        String run = heldOnTheSecondPage();
        Route before = route("wechat");
        edit(WECHAT, "\"WeChat Archiver\" }\n      - { name: schedule", "\"" + NEW + "\" }\n      - { name: schedule");
        untilReplaced("wechat", before);
        assertThat(archiver.bean(RunStarts.class).start("wechat", false, null, null))
                .as("another run, while this one is to go on")
                .isInstanceOf(Started.Busy.class);
        released.countDown();

        untilEnded(run);
        assertThat(archiver.report(run).imported()).isEqualTo(MESSAGES);
        assertThat(delivered()).isEqualTo(MESSAGES);
        assertThat(day.mail.count(SmallDay.MAILBOX, NEW)).isZero();

        day.message("WECHAT", "later", start.minusSeconds(60));
        now();
        assertThat(day.mail.count(SmallDay.MAILBOX, NEW)).isEqualTo(1);
        assertThat(delivered()).isEqualTo(MESSAGES);
        assertThat(leases()).isZero();
    }

    @Test
    void aChangedScheduleCountsFromTheEditOn() throws Exception {
        Instant earlier = clock.instant().minus(Duration.ofHours(5));
        archiver.bean(Watermarks.class).scheduled("wechat", earlier);
        Route before = route("wechat");
        edit(WECHAT, SmallDay.NEVER, "0 0 * * * ?");
        untilReplaced("wechat", before);
        SmallDay.await().atMost(SOON).until(() -> archiver.bean(Watermarks.class)
                .lastScheduled("wechat")
                .orElseThrow()
                .isAfter(earlier));
        assertThat(runs()).isEmpty();
    }

    @Test
    void whoDeletesAConnectorWithWorkIsToldWhatWaitsAndRestoresIt() throws Exception {
        String run = heldOnTheSecondPage();
        String file = read(WECHAT);
        Files.delete(path(WECHAT));
        SmallDay.await().atMost(SOON).until(() -> connector("wechat") == null && route("wechat") == null);
        released.countDown();

        SmallDay.await().atMost(SOON).until(() -> health().equals("DEGRADED") && leases() == 0);
        assertThat(archiver.report(run).run().state()).isEqualTo(Run.State.RUNNING);

        write(WECHAT, file);
        untilEnded(run);
        assertThat(archiver.report(run).imported()).isEqualTo(MESSAGES);
        assertThat(delivered()).isEqualTo(MESSAGES);
        SmallDay.await().atMost(SOON).until(() -> health().equals("UP"));
    }

    @Test
    void everyRouteIsReplacedAtOnceInTheMiddleOfARun() throws Exception {
        String run = heldOnTheSecondPage();
        Route before = route("archive-page");
        for (String name : new String[] {
            "collect",
            "poll",
            "fetch",
            "windows",
            "pages",
            "archive",
            "deliver",
            "mailboxes",
            "channels",
            "sweep",
            "retry"
        }) {
            String file = name + ".camel.yaml";
            write(file, read(file).replace("description: ", "description: Edited. "));
        }
        Thread release = new Thread(() -> {
            SmallDay.await().atMost(SOON).until(() -> route("archive-page") != before);
            released.countDown();
        });
        release.start();
        release.join();

        untilEnded(run);
        assertThat(archiver.report(run).imported()).isEqualTo(MESSAGES);
        assertThat(delivered()).isEqualTo(MESSAGES);
        assertThat(problems()).isEmpty();
        assertThat(leases()).isZero();
    }

    private String heldOnTheSecondPage() throws Exception {
        for (int i = 0; i < MESSAGES; i++) {
            Instant time = start.minus(HOUR).plusSeconds(i);
            byte[] message = TestBed.text("held-" + i, "Text")
                    .put("msisdn", "+447700900101")
                    .put("from", "+447700900101")
                    .toString()
                    .getBytes(StandardCharsets.UTF_8);
            boolean onTheSecondPage = i == 2;
            day.feed.add("WECHAT", time, out -> {
                if (onTheSecondPage) {
                    held.countDown();
                    await(released);
                }
                out.write(message);
            });
        }
        String run = archiver.start("wechat", false, start.minus(HOUR.multipliedBy(3)), start);
        assertThat(held.await(1, TimeUnit.MINUTES)).isTrue();
        return run;
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(1, TimeUnit.MINUTES)) {
                throw new IllegalStateException("Nobody released the feed");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void untilEnded(String run) {
        SmallDay.await()
                .atMost(Duration.ofMinutes(1))
                .until(() -> archiver.report(run).run().state() != Run.State.RUNNING);
        assertThat(archiver.report(run).run().state()).isEqualTo(Run.State.COMPLETE);
    }

    private long leases() {
        return archiver.bean(JdbcTemplate.class)
                .queryForObject(
                        "select (select count(*) from connector where lease_run is not null) + (select count(*) from page where worker is not null)",
                        Long.class);
    }
}
