package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
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
    private static final String WECHAT = "connectors/wechat.camel.yaml";
    private static final String NEW = "WeChat New";

    private final HeldPage page = new HeldPage();

    @Override
    RunningArchiver.Settings settings() {
        return super.settings().set("archiver.sweep", "1s");
    }

    @Test
    void theFolderBelongsToTheRunAndTheNextOneHasTheNewOne() throws Exception {
        String run = page.begin(this);
        Route before = route("wechat");
        edit(WECHAT, "\"WeChat Archiver\" }\n      - { name: schedule", "\"" + NEW + "\" }\n      - { name: schedule");
        untilReplaced("wechat", before);
        assertThat(archiver.bean(RunStarts.class).start("wechat", false, null, null, "ada"))
                .as("another run, while this one is to go on")
                .isInstanceOf(Started.Busy.class);
        page.release();

        untilEnded(run);
        assertThat(archiver.report(run).imported()).isEqualTo(HeldPage.MESSAGES);
        assertThat(delivered()).isEqualTo(HeldPage.MESSAGES);
        assertThat(day.mail.count(SmallDay.MAILBOX, NEW)).isZero();

        day.message("WECHAT", "later", start.minusSeconds(60));
        now();
        assertThat(day.mail.count(SmallDay.MAILBOX, NEW)).isEqualTo(1);
        assertThat(delivered()).isEqualTo(HeldPage.MESSAGES);
        SmallDay.await().until(() -> leases() == 0);
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
        String run = page.begin(this);
        String file = read(WECHAT);
        Files.delete(path(WECHAT));
        SmallDay.await().atMost(SOON).until(() -> connector("wechat") == null && route("wechat") == null);
        page.release();

        SmallDay.await().atMost(SOON).until(() -> health().equals("DEGRADED") && leases() == 0);
        assertThat(archiver.report(run).run().state()).isEqualTo(Run.State.RUNNING);

        write(WECHAT, file);
        untilEnded(run);
        assertThat(archiver.report(run).imported()).isEqualTo(HeldPage.MESSAGES);
        assertThat(delivered()).isEqualTo(HeldPage.MESSAGES);
        SmallDay.await().atMost(SOON).until(() -> health().equals("UP"));
    }

    @Test
    void everyRouteIsReplacedAtOnceInTheMiddleOfARun() throws Exception {
        String run = page.begin(this);
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
            page.release();
        });
        release.start();
        release.join();

        untilEnded(run);
        assertThat(archiver.report(run).imported()).isEqualTo(HeldPage.MESSAGES);
        assertThat(delivered()).isEqualTo(HeldPage.MESSAGES);
        assertThat(problems()).isEmpty();
        SmallDay.await().until(() -> leases() == 0);
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
