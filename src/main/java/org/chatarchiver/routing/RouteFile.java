package org.chatarchiver.routing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.chatarchiver.connector.Problem;
import org.chatarchiver.message.Printable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * A route file as text and as YAML nodes, which know their lines.
 *
 * @param name relative to {@code archiver.routes}, with {@code /}
 * @param elements the entries of the top-level list; empty where the file cannot be used
 * @param problems why it cannot be used
 */
record RouteFile(String name, Path path, String text, List<Node> elements, List<Problem> problems) {

    private static final String ENDING = ".camel.yaml";
    static final String CONNECTORS = "connectors";
    private static final String LANDING = "landing";
    private static final Pattern PLACE =
            Pattern.compile("((connectors|landing)/)?[^/.\\p{Cntrl}][^/\\p{Cntrl}]*\\.camel\\.yaml");
    private static final int LONGEST = 64 * 1024;

    /**
     * The files that make up the archiver: shared ones, those of one landing, and the connectors, each group sorted by name. A file that
     * cannot be read is among them, with its problem.
     */
    static List<RouteFile> readAll(Path routes, String landing) throws IOException {
        List<RouteFile> files = new ArrayList<>();
        for (Path path : list(routes)) {
            files.add(read(routes, path));
        }
        files.add(read(routes, routes.resolve(LANDING).resolve(landing + ENDING)));
        if (Files.isDirectory(routes.resolve(CONNECTORS))) {
            for (Path path : list(routes.resolve(CONNECTORS))) {
                files.add(read(routes, path));
            }
        }
        return files;
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> paths = Files.list(folder)) {
            return paths.filter(RouteFile::isYaml).sorted().toList();
        }
    }

    private static boolean isYaml(Path path) {
        String name = path.getFileName().toString();
        return !name.startsWith(".") && (name.endsWith(".yaml") || name.endsWith(".yml"));
    }

    private static RouteFile read(Path routes, Path path) {
        String name = routes.relativize(path).toString().replace('\\', '/');
        if (!name.endsWith(ENDING)) {
            return unreadable(name, path, "is not read, because its name does not end in " + ENDING + "; rename it");
        }
        byte[] bytes;
        try (InputStream in = Files.newInputStream(path)) {
            bytes = in.readNBytes(LONGEST + 1);
        } catch (NoSuchFileException e) {
            return unreadable(name, path, "is missing; restore it");
        } catch (IOException e) {
            return unreadable(name, path, "cannot be read (" + Printable.of(e.toString()) + ")");
        }
        if (bytes.length > LONGEST) {
            return unreadable(name, path, "is longer than " + LONGEST + " bytes");
        }
        try {
            return parse(
                    name,
                    path,
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(bytes))
                            .toString());
        } catch (CharacterCodingException e) {
            return unreadable(name, path, "is not UTF-8; save it as UTF-8 text");
        }
    }

    /** @param text that has not been saved */
    static RouteFile of(String name, String text) {
        return text.getBytes(StandardCharsets.UTF_8).length > LONGEST
                ? unreadable(name, Path.of(name), "is longer than " + LONGEST + " bytes")
                : parse(name, Path.of(name), text);
    }

    private static RouteFile unreadable(String name, Path path, String sentence) {
        return new RouteFile(name, path, "", List.of(), List.of(new Problem(name, 0, sentence)));
    }

    static RouteFile parse(String name, Path path, String text) {
        YamlText yaml = new YamlText(name, text);
        return new RouteFile(
                name, path, text, yaml.problems().isEmpty() ? yaml.elements() : List.of(), yaml.problems());
    }

    boolean isConnector() {
        return isConnector(name);
    }

    /** @param name of a file, or of the directory of all connectors */
    static boolean isConnector(String name) {
        return name.equals(CONNECTORS) || name.startsWith(CONNECTORS + "/");
    }

    /** Whether a file of that name, relative to {@code archiver.routes}, is read. */
    static boolean isPlace(String name) {
        return PLACE.matcher(name).matches();
    }

    static boolean isOfOtherLanding(String name, String landing) {
        return name.startsWith(LANDING + "/") && !name.equals(LANDING + "/" + landing + ENDING);
    }

    int lines() {
        return (int) text.lines().count();
    }

    Problem problem(Node at, String sentence) {
        return new Problem(name, at.getStartMark().getLine() + 1, sentence);
    }

    /** The values of a key that may stand in several elements of the file. */
    List<Node> all(String key) {
        return elements.stream().flatMap(element -> get(element, key).stream()).toList();
    }

    /** The value of a key of a mapping node. */
    static Optional<Node> get(Node node, String key) {
        return entries(node).stream()
                .filter(entry -> text(entry.getKeyNode()).equals(key))
                .map(NodeTuple::getValueNode)
                .findFirst();
    }

    /** Of a mapping node; empty for anything else. */
    static List<NodeTuple> entries(Node node) {
        return node instanceof MappingNode map ? map.getValue() : List.of();
    }

    /** A scalar's text; empty for anything else. */
    static String text(Node node) {
        return node instanceof ScalarNode scalar ? scalar.getValue() : "";
    }

    static String text(Node node, String key) {
        return get(node, key).map(RouteFile::text).orElse("");
    }

    static List<Node> list(Node node, String key) {
        return get(node, key).map(RouteFile::list).orElse(List.of());
    }

    /** Of a list node; empty for anything else. */
    static List<Node> list(Node node) {
        return node instanceof SequenceNode list ? list.getValue() : List.of();
    }
}
