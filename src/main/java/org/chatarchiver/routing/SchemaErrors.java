package org.chatarchiver.routing;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.path.NodePath;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.chatarchiver.connector.Problem;
import org.chatarchiver.message.Printable;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;

/**
 * Where a file is not what Camel's own schema ({@code schema/camelYamlDsl.json} of camel-yaml-dsl) allows, and what it allows there. Camel
 * takes more than that, such as a number in quotes; what it does not take, it says with less.
 */
final class SchemaErrors {
    private static final String SCHEMA = "/schema/camelYamlDsl.json";

    private final Schema schema;

    /** Takes some memory and half a second; not to be kept. */
    SchemaErrors() {
        try (InputStream in = SchemaErrors.class.getResourceAsStream(SCHEMA)) {
            schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_4)
                    .getSchema(in, InputFormat.JSON);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** In the order of lines. */
    List<Problem> of(RouteFile file) {
        Set<Problem> found = new LinkedHashSet<>();
        for (Error error : schema.validate(file.text(), InputFormat.YAML)) {
            if (error.getKeyword().equals("additionalProperties")) {
                found.add(unknown(file, error));
            } else if (error.getKeyword().equals("type") && !isAlternative(error)) {
                found.add(file.problem(
                        node(file, error.getInstanceLocation()),
                        "has for '" + Printable.of(last(error.getInstanceLocation())) + "' a value of the wrong kind: "
                                + error.getMessage()));
            }
        }
        return found.stream()
                .sorted((one, other) -> Integer.compare(one.line(), other.line()))
                .toList();
    }

    /** One of several forms that are allowed there: what is wrong with the form that was meant is told by its own errors. */
    private static boolean isAlternative(Error error) {
        String rule = error.getSchemaLocation().toString();
        return rule.matches(".*/(oneOf|anyOf)/\\d+/type");
    }

    private Problem unknown(RouteFile file, Error error) {
        NodePath rule = error.getSchemaLocation().getFragment();
        Set<String> known = new TreeSet<>();
        at(rule, rule.getNameCount() - 1).path("properties").fieldNames().forEachRemaining(known::add);
        Node place = node(file, error.getInstanceLocation());
        String key = error.getProperty();
        return file.problem(
                RouteFile.entries(place).stream()
                        .map(NodeTuple::getKeyNode)
                        .filter(name -> RouteFile.text(name).equals(key))
                        .findFirst()
                        .orElse(place),
                "has '" + Printable.of(key) + "', which is not known there" + Nearest.hint(key, known));
    }

    private JsonNode at(NodePath rule, int length) {
        JsonNode at = schema.getSchemaNode();
        for (int i = 0; i < length; i++) {
            at = rule.getElement(i) instanceof Integer index
                    ? at.path(index)
                    : at.path(String.valueOf(rule.getElement(i)));
        }
        return at;
    }

    private static Node node(RouteFile file, NodePath path) {
        Node at = file.elements().get((Integer) path.getElement(0));
        for (int i = 1; i < path.getNameCount(); i++) {
            Object step = path.getElement(i);
            at = step instanceof Integer index
                    ? RouteFile.list(at).get(index)
                    : RouteFile.get(at, String.valueOf(step)).orElse(at);
        }
        return at;
    }

    private static String last(NodePath path) {
        return String.valueOf(path.getElement(-1));
    }
}
