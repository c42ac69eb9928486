package org.chatarchiver.routing;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * A route file as text and as YAML nodes, which know their lines.
 *
 * @param name relative to {@code archiver.routes}, with {@code /}
 * @param elements the entries of the top-level list; empty where the file is no YAML list
 */
record RouteFile(String name, Path path, String text, List<Node> elements, List<Problem> problems) {

    private static final String ENDING = ".camel.yaml";

    /** The files that make up the archiver: shared ones, those of one landing, and the connectors, each group sorted by name. */
    static List<RouteFile> readAll(Path routes, String landing) throws IOException {
        List<RouteFile> files = new ArrayList<>();
        for (Path path : list(routes)) {
            files.add(read(routes, path));
        }
        files.add(read(routes, routes.resolve("landing").resolve(landing + ENDING)));
        for (Path path : list(routes.resolve("connectors"))) {
            files.add(read(routes, path));
        }
        return files;
    }

    private static List<Path> list(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> paths = Files.list(folder)) {
            return paths.filter(path -> path.getFileName().toString().endsWith(ENDING))
                    .filter(path -> !path.getFileName().toString().startsWith("."))
                    .sorted()
                    .toList();
        }
    }

    static RouteFile read(Path routes, Path path) throws IOException {
        String name = routes.relativize(path).toString().replace('\\', '/');
        return parse(name, path, Files.readString(path));
    }

    static RouteFile parse(String name, Path path, String text) {
        List<Problem> problems = new ArrayList<>();
        List<Node> elements = List.of();
        try {
            Node root = new Yaml(new SafeConstructor(new LoaderOptions())).compose(new StringReader(text));
            if (root instanceof SequenceNode list) {
                elements = list.getValue();
            } else {
                problems.add(
                        new Problem(name, 1, "is no YAML list; a route file is a list of '- route:' and the like"));
            }
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine() + 1;
            problems.add(new Problem(name, line, "is no YAML: " + e.getProblem()));
        }
        return new RouteFile(name, path, text, elements, problems);
    }

    boolean isConnector() {
        return name.startsWith("connectors/");
    }

    int lines() {
        return (int) text.lines().count();
    }

    Problem problem(Node at, String sentence) {
        return new Problem(name, at.getStartMark().getLine() + 1, sentence);
    }

    /** The value of a key of a mapping node. */
    static Optional<Node> get(Node node, String key) {
        return node instanceof MappingNode map
                ? map.getValue().stream()
                        .filter(entry -> text(entry.getKeyNode()).equals(key))
                        .map(NodeTuple::getValueNode)
                        .findFirst()
                : Optional.empty();
    }

    /** A scalar's text; empty for anything else. */
    static String text(Node node) {
        return node instanceof ScalarNode scalar ? scalar.getValue() : "";
    }

    static String text(Node node, String key) {
        return get(node, key).map(RouteFile::text).orElse("");
    }

    static List<Node> list(Node node, String key) {
        return get(node, key)
                .map(found -> found instanceof SequenceNode list ? list.getValue() : List.<Node>of())
                .orElse(List.of());
    }
}
