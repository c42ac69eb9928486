package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.apache.camel.Route;
import org.chatarchiver.alert.Alarms;
import org.chatarchiver.alert.AlertCause;
import org.chatarchiver.ledger.Run;
import org.chatarchiver.routing.RouteState;
import org.junit.jupiter.api.Test;

/** What was in force last is kept, and is in force again where something bad would take its place. */
class LastGoodRoutesTest extends EditBed {
    /** Camel can make it, but not start it. */
    private static final String NO_START = """
            - route:
                id: read-nowhere
                description: Reads files of a directory that is not there.
                from:
                  uri: file
                  parameters:
                    directoryName: nowhere-at-all
                    autoCreate: false
                    startingDirectoryMustExist: true
                  steps:
                    - to: direct:queue-due-pages
            """;

    @Test
    void aStartWithBadFilesComesUpWithTheLastGoodOnesAndSaysSo() throws Exception {
        String good = edit("deliver.camel.yaml", "- filter:", "- filtr:");
        String connector = edit("connectors/wechat.camel.yaml", "\"WECHAT\"", "\"ICQ\"");
        untilBad();
        archiver.close();
        archiver = settings().start();

        assertThat(problems())
                .extracting(problem -> problem.file() + ":" + problem.line())
                .contains("deliver.camel.yaml:15", "connectors/wechat.camel.yaml:7");
        assertThat(state("deliver.camel.yaml").state()).isEqualTo(RouteState.State.FORMER_IN_FORCE);
        assertThat(health()).isEqualTo("DEGRADED");
        assertThat(archiver.bean(Alarms.class).of(AlertCause.ROUTES_NOT_IN_FORCE))
                .singleElement()
                .satisfies(alarm -> assertThat(alarm.sentence()).contains("deliver.camel.yaml:15"));
        day.message("WECHAT", "w1", start.minus(HOUR));
        assertThat(now()).extracting(Run::state).containsOnly(Run.State.COMPLETE);
        assertThat(delivered()).isEqualTo(1);

        write("deliver.camel.yaml", good);
        write("connectors/wechat.camel.yaml", connector);
        untilGood();
        assertThat(archiver.bean(Alarms.class).of(AlertCause.ROUTES_NOT_IN_FORCE))
                .isEmpty();
    }

    @Test
    void whatCannotBeStartedIsTakenBackWithinSecondsWithAllThatCameWithIt() throws Exception {
        Route chunk = route("archive-chunk");
        Route wechat = route("wechat");
        String deliver =
                edit("deliver.camel.yaml", "Files the e-mails of one mailbox", "Sends the e-mails of one mailbox");
        edit("connectors/wechat.camel.yaml", SmallDay.NEVER, "0 0 0 2 2 ? 2099");
        write("nowhere.camel.yaml", NO_START);
        Instant saved = Instant.now();
        untilBad();
        assertThat(Duration.between(saved, Instant.now())).isLessThan(Duration.ofSeconds(10));

        assertThat(problems()).extracting(Object::toString).anyMatch(told -> told.contains("nowhere-at-all"));
        assertThat(route("archive-chunk")).isSameAs(chunk);
        assertThat(connector("wechat").schedule()).isEqualTo(SmallDay.NEVER);
        assertThat(route("wechat")).isNotNull();
        assertThat(route("deliver-batch")).isNotNull();
        assertThat(route("read-nowhere")).isNull();
        day.message("WECHAT", "w1", start.minus(HOUR));
        assertThat(now()).extracting(Run::state).containsOnly(Run.State.COMPLETE);

        Files.delete(path("nowhere.camel.yaml"));
        SmallDay.await()
                .atMost(SOON)
                .until(() ->
                        problems().isEmpty() && connector("wechat").schedule().equals("0 0 0 2 2 ? 2099"));
        assertThat(route("wechat")).isNotSameAs(wechat);
        assertThat(read("deliver.camel.yaml")).isNotEqualTo(deliver);
    }

    @Test
    void tenSetsAreKept() throws Exception {
        String text = read("connectors/wechat.camel.yaml");
        for (int day = 1; day <= 12; day++) {
            String schedule = "0 0 0 " + day + " 3 ? 2099";
            write("connectors/wechat.camel.yaml", edited(text, SmallDay.NEVER, schedule));
            SmallDay.await()
                    .atMost(SOON)
                    .until(() -> connector("wechat").schedule().equals(schedule));
        }
        Path kept = day.home.data().resolve("routes");
        // The last set is written a moment behind its schedule.
        SmallDay.await().atMost(SOON).untilAsserted(() -> {
            String current = Files.readString(kept.resolve("current")).strip();
            assertThat(kept.resolve(current).resolve("connectors/wechat.camel.yaml"))
                    .hasSameTextualContentAs(path("connectors/wechat.camel.yaml"));
        });
        SmallDay.await().atMost(SOON).until(() -> {
            try (Stream<Path> sets = Files.list(kept)) {
                return sets.filter(Files::isDirectory).count() == 10;
            }
        });
    }
}
