package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.chatarchiver.ledger.Run;
import org.chatarchiver.ledger.Watermarks;
import org.chatarchiver.routing.RouteState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** What is saved under {@code archiver.routes} while the archiver runs is in force within seconds, or the former files are. */
class RouteEditsTest extends EditBed {
    private static final String ANOTHER_NEVER = "0 0 0 2 2 ? 2099";

    @Test
    void aChangedScheduleIsInForceAndNothingElseIsReroute() throws Exception {
        Route others = route("whatsapp");
        Route shared = route("archive-chunk");
        edit("connectors/wechat.camel.yaml", SmallDay.NEVER, "* * * * * ?");
        day.message("WECHAT", "w1", start.minus(HOUR));

        SmallDay.await().atMost(SOON).until(() -> delivered() == 1);
        assertThat(route("whatsapp")).isEqualTo(others);
        assertThat(route("archive-chunk")).isEqualTo(shared);
        assertThat(health()).isEqualTo("UP");
    }

    @Test
    void aNewFileIsANewConnectorAndADeletedOneIsNone() throws Exception {
        Path signal = day.home.routes().resolve("connectors/signal.camel.yaml");
        Files.createDirectories(day.home.data().resolve("secrets/signal"));
        Files.writeString(day.home.data().resolve("secrets/signal/password"), SmallDay.PASSWORD);
        Files.writeString(
                day.home.data().resolve("mapping/signal.csv"), Files.readString(day.home.mapping("whatsapp")));
        Files.writeString(
                signal,
                Files.readString(day.home.routes().resolve("connectors/whatsapp.camel.yaml"))
                        .replace("WhatsApp", "Signal")
                        .replace("WHATSAPP", "SIGNAL")
                        .replace("whatsapp", "signal"));
        SmallDay.await().atMost(SOON).until(() -> connector("signal") != null);
        day.message("SIGNAL", "s1", "one");
        assertThat(day.run(archiver, "signal").imported()).isEqualTo(1);
        assertThat(day.mail.count(SmallDay.MAILBOX, "Signal Archiver")).isEqualTo(1);

        Files.delete(signal);
        SmallDay.await().atMost(SOON).until(() -> connector("signal") == null && route("signal") == null);
        assertThat(health()).isEqualTo("UP");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "deliver.camel.yaml | - filter: | - filtr: | 0 | did you mean 'filter'?",
                "deliver.camel.yaml | microsoft-exchange:append | microsoft-exchnge:append | 0 | did you mean 'microsoft-exchange'?",
                "archive.camel.yaml | ref: chat-mime | ref: chat-mim | 0 | chat-mim",
                "collect.camel.yaml | stateful: true | stateflu: true | 0 | did you mean 'stateful'?",
                "retry.camel.yaml | period: 250 | period: often | 0 | give a number, or a time such as 5s",
                "sweep.camel.yaml | method: due | method: dew | -1 | calls the method 'dew'",
                "poll.camel.yaml | direct:collect-page | direct:colect-page | 0 | which no route listens to",
                "connectors/wechat.camel.yaml | \"WECHAT\" | \"TELEGRAM\" | 0 | has archived WECHAT before"
            })
    void aBadEditIsToldWithItsLineAndTheFormerFilesRunOnUntilItIsMended(
            String file, String from, String to, int behind, String sentence) throws Exception {
        Route shared = route("archive-chunk");
        String good = edit(file, from, to);
        int line = read(file).substring(0, read(file).indexOf(to)).split("\n", -1).length + behind;

        untilBad();
        assertThat(problems()).anySatisfy(problem -> {
            assertThat(problem.file()).isEqualTo(file);
            assertThat(problem.line()).isEqualTo(line);
            assertThat(problem.sentence()).contains(sentence);
        });
        assertThat(state(file).state()).isEqualTo(RouteState.State.FORMER_IN_FORCE);
        assertThat(health()).isEqualTo("DEGRADED");
        assertThat(route("archive-chunk")).isEqualTo(shared);
        day.message("WECHAT", "w1", start.minus(HOUR));
        assertThat(now()).extracting(Run::state).containsOnly(Run.State.COMPLETE);
        assertThat(delivered()).isEqualTo(1);

        write(file, good);
        untilGood();
        assertThat(health()).isEqualTo("UP");
        assertThat(state(file).state()).isEqualTo(RouteState.State.IN_FORCE);
    }

    @Test
    void aPlainRouteATemplateAndAnErrorHandlingAreEachReplaced() throws Exception {
        Route wechat = route("wechat");
        Route source = route("source");
        Route pages = route("archive-page");
        Route chunk = route("archive-chunk");
        edit(
                "errors.camel.yaml",
                "method: tell",
                "method: tell\n        - setVariable: { name: refuse, simple: \"no\" }");
        untilReplaced("source", source);
        assertThat(route("wechat")).isEqualTo(wechat);

        edit("collect.camel.yaml", "Opens the scheduled run of a connector.", "Opens a run.");
        untilReplaced("wechat", wechat);
        assertThat(route("archive-page")).isEqualTo(pages);

        edit("pages.camel.yaml", "The page stays landed, and the sweep queues it again.", "The page waits.");
        untilReplaced("archive-page", pages);
        assertThat(route("archive-chunk")).isEqualTo(chunk);
        day.message("WECHAT", "w1", start.minus(HOUR));
        assertThat(now()).extracting(Run::state).containsOnly(Run.State.COMPLETE);
        assertThat(delivered()).isEqualTo(1);
        assertThat(archiver.bean(Watermarks.class).of("wechat")).isPresent();
    }

    @Test
    void anEditWhileTheLedgerIsOutTakesNothingAwayAndIsInForceOnceItIsBack() throws Exception {
        JdbcTemplate ledger = archiver.bean(JdbcTemplate.class);
        Set<String> routes = routes();
        Route chunk = route("archive-chunk");
        ledger.execute("alter table connector rename to away");

        edit("connectors/wechat.camel.yaml", SmallDay.NEVER, ANOTHER_NEVER);
        edit("archive.camel.yaml", "constant: direct:find-mailboxes", "simple: \"direct:find-mailboxes\"");
        untilBad();
        assertThat(routes()).isEqualTo(routes);
        assertThat(connector("wechat").schedule()).isEqualTo(SmallDay.NEVER);

        ledger.execute("alter table away rename to connector");
        untilGood();
        untilReplaced("archive-chunk", chunk);
        assertThat(connector("wechat").schedule()).isEqualTo(ANOTHER_NEVER);
        assertThat(routes()).isEqualTo(routes);
        day.message("WECHAT", "w1", start.minus(HOUR));
        assertThat(now()).extracting(Run::state).containsOnly(Run.State.COMPLETE);
        assertThat(delivered()).isEqualTo(1);
    }

    private Set<String> routes() {
        return archiver.bean(CamelContext.class).getRoutes().stream()
                .map(Route::getId)
                .collect(Collectors.toSet());
    }
}
