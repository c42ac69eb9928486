package org.chatarchiver.routing;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.apache.camel.AggregationStrategy;
import org.chatarchiver.connector.Problem;
import org.chatarchiver.message.Printable;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;

/**
 * Holds the classes that steps have made in place ({@code #class:name}) to those that do nothing when they are made: Camel makes them
 * while it reads a file, also in a trial.
 */
final class ClassReferences {
    private static final Pattern CLASS = Pattern.compile("#class:([\\w.$]*)\\s*([(#]?)");
    private static final Pattern IN_PLACE = Pattern.compile("class:[\\w.$]+");
    /** What a connector's parameter would complete. */
    private static final Pattern JOINED = Pattern.compile("#(?!bean:)[^\\s?&]*\\{\\{");

    private static final Pattern OPTIONAL = Pattern.compile("\\{\\{\\?[^}]*}}");
    private static final int DECODINGS = 3;

    private final UnaryOperator<String> resolved;
    private final List<Problem> problems = new ArrayList<>();

    /** @param resolved a text with what its placeholders stand for */
    ClassReferences(UnaryOperator<String> resolved) {
        this.resolved = resolved;
    }

    List<Problem> check(List<RouteFile> files) {
        files.forEach(file -> file.elements().forEach(element -> walk(file, element)));
        return problems;
    }

    private void walk(RouteFile file, Node node) {
        for (NodeTuple entry : RouteFile.entries(node)) {
            if (!RouteFile.text(entry.getKeyNode()).equals(WithoutBeans.BEANS)) {
                text(file, entry.getKeyNode());
                walk(file, entry.getValueNode());
            }
        }
        RouteFile.list(node).forEach(child -> walk(file, child));
        text(file, node);
    }

    private void text(RouteFile file, Node node) {
        String written = RouteFile.text(node);
        if (meant(written).stream().anyMatch(ClassReferences::makes)) {
            // What is quoted stands in the file: what placeholders stand for may be secret.
            problems.add(file.problem(
                    node, "has a class made in place by '" + Printable.of(written) + "'; declare it under 'beans'"));
        }
    }

    private static boolean makes(String text) {
        return IN_PLACE.matcher(text).lookingAt()
                || JOINED.matcher(text).find()
                || CLASS.matcher(text)
                        .results()
                        .anyMatch(named -> !named.group(2).isEmpty() || !isHarmless(named.group(1)));
    }

    /** As Camel may come to read it: resolved, and as a part of an address decoded. */
    private Set<String> meant(String written) {
        Set<String> all = new LinkedHashSet<>();
        String text = resolved.apply(written);
        all.add(text);
        for (int i = 0; i < DECODINGS && text.contains("%"); i++) {
            try {
                text = URLDecoder.decode(text, StandardCharsets.UTF_8);
                all.add(text);
            } catch (IllegalArgumentException e) {
                return all;
            }
        }
        all.add(OPTIONAL.matcher(text).replaceAll(""));
        return all;
    }

    private static boolean isHarmless(String name) {
        Optional<Class<?>> type = BeanReferences.load(name);
        return type.isEmpty() || StandIns.isKnown(type.get()) || AggregationStrategy.class.isAssignableFrom(type.get());
    }
}
