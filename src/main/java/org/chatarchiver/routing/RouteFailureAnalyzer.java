package org.chatarchiver.routing;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.camel.FailedToCreateRouteException;
import org.chatarchiver.message.Printable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.env.Environment;
import org.yaml.snakeyaml.nodes.Node;

/** Names file and line of a shared route that Camel cannot make, such as one with an unknown component: Camel knows its id only. */
class RouteFailureAnalyzer extends AbstractFailureAnalyzer<FailedToCreateRouteException> {
    private final Environment settings;

    RouteFailureAnalyzer(Environment settings) {
        this.settings = settings;
    }

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, FailedToCreateRouteException cause) {
        Throwable root = cause;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String where = place(cause.getRouteId()).orElse("The route '" + cause.getRouteId() + "'");
        return new FailureAnalysis(
                where + ": cannot be used: " + Printable.of(root.getMessage()),
                "Mend the route, or restore the file that was there before, and start again.",
                cause);
    }

    private Optional<String> place(String route) {
        try {
            return RouteFile.readAll(
                            Path.of(settings.getProperty("archiver.routes", "routes")),
                            settings.getProperty("archiver.landing", "file"))
                    .stream()
                    .flatMap(file -> file.all("route").stream().flatMap(node -> place(file, node, route)))
                    .findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Stream<String> place(RouteFile file, Node node, String route) {
        return RouteFile.text(node, "id").equals(route)
                ? Stream.of(file.problem(node, "route '" + route + "'").toString())
                : Stream.empty();
    }
}
