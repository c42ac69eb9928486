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
import org.apache.camel.Route;
import org.chatarchiver.connector.Connector;
import org.chatarchiver.connector.Connectors;
import org.chatarchiver.connector.Problem;
import org.chatarchiver.routing.RouteState;
import org.chatarchiver.routing.RouteStates;
import org.chatarchiver.sandbox.RunningArchiver;
import org.springframework.boot.actuate.health.HealthEndpoint;

/** An archiver whose route files are edited while it runs, and are looked at five times a second. */
abstract class EditBed extends CollectionBed {
    static final Duration SOON = Duration.ofSeconds(30);

    @Override
    RunningArchiver.Settings settings() {
        return super.settings().set("archiver.routes-watch", "200ms");
    }

    /** @return what was there before */
    String edit(String file, String from, String to) throws IOException {
        String before = read(file);
        write(file, edited(before, from, to));
        return before;
    }

    static String edited(String text, String from, String to) {
        assertThat(text).contains(from);
        return text.replaceFirst(Pattern.quote(from), Matcher.quoteReplacement(to));
    }

    String read(String file) throws IOException {
        return Files.readString(path(file), StandardCharsets.UTF_8);
    }

    void write(String file, String text) throws IOException {
        Files.writeString(path(file), text, StandardCharsets.UTF_8);
    }

    Path path(String file) {
        return day.home.routes().resolve(file);
    }

    /** The route as it runs; null where none of the name does. */
    Route route(String id) {
        return archiver.bean(CamelContext.class).getRoute(id);
    }

    void untilReplaced(String id, Route before) {
        SmallDay.await().atMost(SOON).until(() -> route(id) != null && route(id) != before);
    }

    void untilGood() {
        SmallDay.await().atMost(SOON).until(() -> problems().isEmpty());
    }

    void untilBad() {
        SmallDay.await().atMost(SOON).until(() -> !problems().isEmpty());
    }

    Connector connector(String id) {
        return archiver.bean(Connectors.class).find(id).orElse(null);
    }

    List<Problem> problems() {
        return archiver.bean(RouteStates.class).problems();
    }

    RouteState state(String file) {
        return archiver.bean(RouteStates.class).files().stream()
                .filter(one -> one.file().equals(file))
                .findFirst()
                .orElseThrow();
    }

    String health() {
        return archiver.bean(HealthEndpoint.class).health().getStatus().getCode();
    }
}
