package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.CamelContext;
import org.apache.camel.component.quartz.QuartzComponent;
import org.chatarchiver.ledger.Channel;
import org.chatarchiver.ledger.Channels;
import org.chatarchiver.ledger.Run;
import org.chatarchiver.ledger.Runs;
import org.chatarchiver.ledger.Watermarks;
import org.chatarchiver.sandbox.ArchiverHome;
import org.chatarchiver.sandbox.RunningArchiver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quartz.CronTrigger;
import org.quartz.Scheduler;
import org.quartz.TriggerKey;
import org.quartz.impl.matchers.GroupMatcher;

/** Archivers that stop, start and stand side by side: one run of a connector at a time, and no time of the schedule lost. */
class StopAndStartTest {
    private static final String DAILY = "0 15 2 * * ?";

    @TempDir
    private Path folder;

    private SmallDay day;

    @BeforeEach
    void open() throws IOException {
        day = new SmallDay(folder);
    }

    @AfterEach
    void close() throws IOException {
        day.close();
    }

    @Test
    void aRunThatWasStoppedInTheMiddleGoesOnAfterTheNextStartByItself() {
        day.message("WECHAT", "m1", "one");
        day.feed.fail(1, 503, "8");
        String run;
        Instant stopping;
        try (RunningArchiver archiver = day.settings().start()) {
            run = day.start(archiver, "wechat");
            SmallDay.await().atMost(Duration.ofMinutes(1)).until(() -> day.feed.faultsLeft() == 0);
            stopping = Instant.now();
        }
        assertThat(Instant.now()).as("a stop does not wait for the feed").isBefore(stopping.plusSeconds(6));
        try (RunningArchiver archiver = day.settings().start()) {
            SmallDay.await().atMost(Duration.ofMinutes(1)).until(() -> ended(archiver, 1));
            assertThat(archiver.report(run)).satisfies(report -> {
                assertThat(report.run().state()).isEqualTo(Run.State.COMPLETE);
                assertThat(report.imported()).isEqualTo(1);
            });
            assertThat(archiver.bean(Channels.class).list(Channel.SOURCE, 10, 0))
                    .isEmpty();
        }
    }

    @Test
    void aTimeThatPassedWhileTheArchiverWasDownIsMadeUpForOnce() throws IOException {
        edit(SmallDay.NEVER, DAILY);
        try (RunningArchiver archiver = day.settings().start()) {
            assertThat(runs(archiver)).as("a new connector counts from now").isEmpty();
            archiver.bean(Watermarks.class).scheduled("wechat", Instant.now().minus(Duration.ofDays(5)));
        }
        try (RunningArchiver archiver = day.settings().start()) {
            SmallDay.await().atMost(Duration.ofMinutes(1)).until(() -> ended(archiver, 1));
            assertThat(runs(archiver)).singleElement().satisfies(run -> {
                assertThat(run.cause()).isEqualTo(Run.Cause.SCHEDULE);
                assertThat(run.state()).isEqualTo(Run.State.COMPLETE);
            });
        }
        try (RunningArchiver archiver = day.settings().start()) {
            assertThat(runs(archiver)).hasSize(1);
        }
    }

    @Test
    void aScheduledRunThatTheEndOfTheArchiverCutShortGoesOnAndSoDoesWhatWasToComeBehindIt() throws IOException {
        edit(SmallDay.NEVER, DAILY);
        try (RunningArchiver archiver = day.settings().start()) {
            archiver.bean(Watermarks.class).scheduled("wechat", Instant.now().minus(Duration.ofDays(5)));
        }
        day.feed.fail(1, 503, "8");
        try (RunningArchiver archiver = day.settings().start()) {
            SmallDay.await().atMost(Duration.ofMinutes(1)).until(() -> day.feed.faultsLeft() == 0);
            assertThat(runs(archiver)).hasSize(1);
        }
        try (RunningArchiver archiver = day.settings().start()) {
            SmallDay.await()
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> ended(archiver, runs(archiver).size()));
            assertThat(runs(archiver)).allMatch(run -> run.state() == Run.State.COMPLETE);
        }
    }

    @Test
    void theScheduleIsInUtcWhateverTheMachinesTimeZone() throws Exception {
        edit(SmallDay.NEVER, DAILY);
        try (RunningArchiver archiver = day.settings().start()) {
            Scheduler scheduler = archiver.bean(CamelContext.class)
                    .getComponent("quartz", QuartzComponent.class)
                    .getScheduler();
            List<TimeZone> zones = new ArrayList<>();
            for (TriggerKey key : scheduler.getTriggerKeys(GroupMatcher.anyTriggerGroup())) {
                if (scheduler.getTrigger(key) instanceof CronTrigger cron) {
                    zones.add(cron.getTimeZone());
                }
            }
            assertThat(zones).hasSize(2).allMatch(zone -> zone.getRawOffset() == 0 && !zone.useDaylightTime());
        }
    }

    @Test
    void ofTenStartsOnTwoArchiversWithOneDatabaseOneWinsAndNineAreConflicts() throws Exception {
        day.message("WECHAT", "m1", "one");
        ArchiverHome second = ArchiverHome.create(folder.resolve("second"))
                .connector("wechat", SmallDay.NEVER, "External User ID,Microsoft 365 User Mailbox\n", SmallDay.PASSWORD)
                .landingWith(day.home);
        Files.copy(day.home.mapping("wechat"), second.mapping("wechat"), StandardCopyOption.REPLACE_EXISTING);
        Files.delete(second.routes().resolve("connectors/whatsapp.camel.yaml"));
        // What the one that wins meets first, so that it still polls when the others come.
        day.feed.fail(1, 503, "10");
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start();
                RunningArchiver one = day.settings().on(postgres).start();
                RunningArchiver other = day.settings()
                        .on(postgres)
                        .set("archiver.routes", second.routes())
                        .set("archiver.data", second.data())
                        .start()) {
            List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
            HttpClient http = HttpClient.newHttpClient();
            for (int i = 0; i < 10; i++) {
                RunningArchiver archiver = i % 2 == 0 ? one : other;
                answers.add(http.sendAsync(startOf(archiver), HttpResponse.BodyHandlers.ofString()));
            }
            List<Integer> statuses = answers.stream()
                    .map(answer -> answer.join().statusCode())
                    .sorted()
                    .toList();
            assertThat(statuses).containsExactly(202, 409, 409, 409, 409, 409, 409, 409, 409, 409);
            SmallDay.await().atMost(Duration.ofMinutes(1)).until(() -> ended(one, 1));
            assertThat(runs(other)).singleElement().extracting(Run::state).isEqualTo(Run.State.COMPLETE);
            assertThat(day.mail.count(SmallDay.MAILBOX, "WeChat Archiver")).isEqualTo(1);
        }
    }

    @Test
    void aSecondArchiverOnOneEmbeddedLedgerIsRefusedAndTheFirstGoesOn() throws IOException {
        day.message("WECHAT", "m1", "one");
        try (RunningArchiver first = day.settings().start()) {
            Path output = folder.resolve("second.log");
            assertThatThrownBy(() -> ArchiverProcess.start(
                            "256m",
                            day.home.data(),
                            Map.of(
                                    "archiver.routes",
                                    day.home.routes().toString(),
                                    "archiver.data",
                                    day.home.data().toString(),
                                    "archiver.telemessage.base-url",
                                    day.feed.baseUrl().toString()),
                            output))
                    .hasMessageContaining("ended with status 1");
            assertThat(Files.readString(output))
                    .contains("APPLICATION FAILED TO START", "in use by another process", "Stop the other archiver")
                    .doesNotContain("\tat org.h2");
            assertThat(day.home.data().resolve("ledger"))
                    .as("whatever others may read beside the ledger")
                    .isDirectoryNotContaining("glob:**trace*");
            assertThat(day.run(first, "wechat").imported()).isEqualTo(1);
        }
    }

    private static HttpRequest startOf(RunningArchiver archiver) {
        String login = "admin:" + archiver.admin().read().value().orElseThrow();
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + archiver.port() + "/api/connectors/wechat/runs"))
                .header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                .build();
    }

    private static List<Run> runs(RunningArchiver archiver) {
        return archiver.bean(Runs.class).list("wechat", 10, "");
    }

    private static boolean ended(RunningArchiver archiver, int number) {
        List<Run> all = runs(archiver);
        return all.size() == number && all.stream().noneMatch(run -> run.state() == Run.State.RUNNING);
    }

    private void edit(String from, String to) throws IOException {
        for (String id : List.of("wechat", "whatsapp")) {
            Path file = day.home.routes().resolve("connectors/" + id + ".camel.yaml");
            Files.writeString(file, Files.readString(file).replace(from, to));
        }
    }
}
