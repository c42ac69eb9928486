package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.model.Model;
import org.chatarchiver.connector.Connector;
import org.chatarchiver.connector.Connectors;
import org.chatarchiver.connector.Problem;
import org.chatarchiver.ledger.Run;
import org.chatarchiver.ledger.Watermarks;
import org.chatarchiver.routing.RouteState;
import org.chatarchiver.routing.RouteStates;
import org.chatarchiver.sandbox.RunningArchiver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.actuate.health.HealthEndpoint;

/** What is saved under {@code archiver.routes} while the archiver runs is in force within seconds, or the former files are. */
class RouteEditsTest extends CollectionBed {
    private static final Duration SOON = Duration.ofSeconds(30);

    @Override
    RunningArchiver.Settings settings() {
        return super.settings().set("archiver.routes-watch", "200ms");
    }

    @Test
    void aChangedScheduleIsInForceAndNothingElseIsRestarted() throws Exception {
        Object others = started("whatsapp");
        Object shared = started("archive-chunk");
        edit("connectors/wechat.camel.yaml", SmallDay.NEVER, "* * * * * ?");
        day.message("WECHAT", "w1", start.minus(HOUR));

        SmallDay.await().atMost(SOON).until(() -> delivered() == 1);
        assertThat(started("whatsapp")).isEqualTo(others);
        assertThat(started("archive-chunk")).isEqualTo(shared);
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
        SmallDay.await().atMost(SOON).until(() -> ids().contains("signal"));
        day.message("SIGNAL", "s1", "one");
        assertThat(day.run(archiver, "signal").imported()).isEqualTo(1);
        assertThat(day.mail.count(SmallDay.MAILBOX, "Signal Archiver")).isEqualTo(1);

        Files.delete(signal);
        SmallDay.await().atMost(SOON).until(() -> !ids().contains("signal") && started("signal") == null);
        assertThat(health()).isEqualTo("UP");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "deliver.camel.yaml | - filter: | - filtr: | 15 | did you mean 'filter'?",
                "deliver.camel.yaml | microsoft-exchange:append | microsoft-exchnge:append | 43 | did you mean 'microsoft-exchange'?",
                "archive.camel.yaml | ref: chat-mime | ref: chat-mim | 93 | chat-mim",
                "collect.camel.yaml | stateful: true | stateflu: true | 31 | did you mean 'stateful'?",
                "retry.camel.yaml | period: 250 | period: often | 9 | give a number, or a time such as 5s",
                "sweep.camel.yaml | method: due | method: dew | 21 | calls the method 'dew'",
                "poll.camel.yaml | direct:collect-page | direct:colect-page | 14 | which no route listens to",
                "connectors/wechat.camel.yaml | \"WECHAT\" | \"TELEGRAM\" | 7 | has archived WECHAT before"
            })
    void aBadEditIsToldWithItsLineAndTheFormerFilesRunOnUntilItIsMended(
            String file, String from, String to, int line, String sentence) throws Exception {
        Object shared = started("archive-chunk");
        String good = edit(file, from, to);

        SmallDay.await().atMost(SOON).until(() -> !problems().isEmpty());
        assertThat(problems()).anySatisfy(problem -> {
            assertThat(problem.file()).isEqualTo(file);
            assertThat(problem.line()).isEqualTo(line);
            assertThat(problem.sentence()).contains(sentence);
        });
        assertThat(state(file)).isEqualTo(RouteState.State.FORMER_IN_FORCE);
        assertThat(health()).isEqualTo("DEGRADED");
        assertThat(started("archive-chunk")).isEqualTo(shared);
        day.message("WECHAT", "w1", start.minus(HOUR));
        assertThat(now()).extracting(Run::state).containsOnly(Run.State.COMPLETE);
        assertThat(delivered()).isEqualTo(1);

        Files.writeString(day.home.routes().resolve(file), good);
        SmallDay.await().atMost(SOON).until(() -> problems().isEmpty());
        assertThat(health()).isEqualTo("UP");
        assertThat(state(file)).isEqualTo(RouteState.State.IN_FORCE);
    }

    @Test
    void aPlainRouteATemplateAndAnErrorHandlingAreEachReplaced() throws Exception {
        Object wechat = started("wechat");
        Object pages = started("archive-page");
        Object chunk = started("archive-chunk");
        edit(
                "errors.camel.yaml",
                "method: tell",
                "method: tell\n        - setVariable: { name: refuse, simple: \"no\" }");
        SmallDay.await().atMost(SOON).until(() -> text("source").contains("refuse"));
        assertThat(started("wechat")).isEqualTo(wechat);

        edit("collect.camel.yaml", "Opens the scheduled run of a connector.", "Opens a run.");
        SmallDay.await().atMost(SOON).until(() -> isReplaced("wechat", wechat));
        assertThat(started("archive-page")).isEqualTo(pages);

        edit("pages.camel.yaml", "The page stays landed, and the sweep queues it again.", "The page waits.");
        SmallDay.await().atMost(SOON).until(() -> isReplaced("archive-page", pages));
        assertThat(started("archive-chunk")).isEqualTo(chunk);
        day.message("WECHAT", "w1", start.minus(HOUR));
        assertThat(now()).extracting(Run::state).containsOnly(Run.State.COMPLETE);
        assertThat(delivered()).isEqualTo(1);
        assertThat(archiver.bean(Watermarks.class).of("wechat")).isPresent();
    }

    private String text(String route) {
        return String.valueOf(archiver.bean(CamelContext.class)
                .getCamelContextExtension()
                .getContextPlugin(Model.class)
                .getRouteDefinition(route));
    }

    private Object started(String route) {
        return archiver.bean(CamelContext.class).getRoute(route);
    }

    private boolean isReplaced(String route, Object before) {
        Object now = started(route);
        return now != null && now != before;
    }

    private List<String> ids() {
        return archiver.bean(Connectors.class).all().stream().map(Connector::id).toList();
    }

    private List<Problem> problems() {
        return archiver.bean(RouteStates.class).problems();
    }

    private RouteState.State state(String file) {
        return archiver.bean(RouteStates.class).files().stream()
                .filter(one -> one.file().equals(file))
                .findFirst()
                .orElseThrow()
                .state();
    }

    private String health() {
        return archiver.bean(HealthEndpoint.class).health().getStatus().getCode();
    }

    /** @return what was there before */
    private String edit(String file, String from, String to) throws IOException {
        Path path = day.home.routes().resolve(file);
        String before = Files.readString(path, StandardCharsets.UTF_8);
        assertThat(before).contains(from);
        Files.writeString(
                path, before.replaceFirst(Pattern.quote(from), Matcher.quoteReplacement(to)), StandardCharsets.UTF_8);
        return before;
    }
}
