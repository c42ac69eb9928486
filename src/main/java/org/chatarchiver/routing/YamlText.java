package org.chatarchiver.routing;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.chatarchiver.connector.Problem;
import org.chatarchiver.message.Printable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Reads a route file's text as YAML nodes, which know their lines. Only nodes are made, never objects. Anchors, aliases and tags are
 * refused: a small file could otherwise stand for a very large one, and Camel's own reader might take it for something else.
 */
final class YamlText {
    private final String name;
    private final List<Problem> problems = new ArrayList<>();
    private List<Node> elements = List.of();

    /** @param name of the file, for problems */
    YamlText(String name, String text) {
        this.name = name;
        try {
            yaml().parse(new StringReader(text)).forEach(this::plain);
            if (problems.isEmpty()) {
                compose(text);
            }
        } catch (MarkedYAMLException e) {
            problem(e.getProblemMark(), "is no YAML: " + Printable.of(e.getProblem()));
        } catch (YAMLException e) {
            problem(null, "is no YAML: " + Printable.of(e.getMessage()));
        }
    }

    private static Yaml yaml() {
        return new Yaml(new LoaderOptions());
    }

    private void plain(Event event) {
        if (event instanceof AliasEvent || (event instanceof NodeEvent node && node.getAnchor() != null)) {
            problem(event.getStartMark(), "uses a YAML anchor or alias (& or *); write the value itself");
        } else if ((event instanceof ScalarEvent scalar && scalar.getTag() != null)
                || (event instanceof CollectionStartEvent start && start.getTag() != null)) {
            problem(event.getStartMark(), "uses a YAML tag (!); write the plain value");
        }
    }

    private void compose(String text) {
        Node root = yaml().compose(new StringReader(text));
        if (root instanceof SequenceNode list) {
            elements = list.getValue();
            elements.forEach(this::checkKeys);
        } else {
            problem(
                    root == null ? null : root.getStartMark(),
                    "is no YAML list; a route file is a list of '- route:' and the like");
        }
    }

    private void checkKeys(Node node) {
        if (node instanceof MappingNode map) {
            Set<String> known = new HashSet<>();
            for (NodeTuple entry : map.getValue()) {
                String key = RouteFile.text(entry.getKeyNode());
                if (!(entry.getKeyNode() instanceof ScalarNode)) {
                    problem(
                            entry.getKeyNode().getStartMark(),
                            "has braces that YAML takes for a mapping; put a text with {{...}} in quotes");
                } else if (!known.add(key)) {
                    problem(entry.getKeyNode().getStartMark(), "has the key '" + Printable.of(key) + "' twice");
                }
                checkKeys(entry.getValueNode());
            }
        } else if (node instanceof SequenceNode list) {
            list.getValue().forEach(this::checkKeys);
        }
    }

    private void problem(Mark at, String sentence) {
        problems.add(new Problem(name, at == null ? 0 : at.getLine() + 1, sentence));
    }

    /** The entries of the top-level list; empty where the text is no YAML list. */
    List<Node> elements() {
        return elements;
    }

    List<Problem> problems() {
        return problems;
    }
}
