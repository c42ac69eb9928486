package org.chatarchiver.routing;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.chatarchiver.routing.RouteElement.Kind;
import org.yaml.snakeyaml.nodes.Node;

/**
 * What a set of route files consists of, in pieces that can be replaced one by one. A piece is another one when it says something else, or
 * when that is so of what it is made with: its file's error handling, a bean that it names, a connector's template.
 */
final class RouteUnits {
    /**
     * A piece, which keeps its key in whatever file it stands.
     *
     * @param key of its kind and id; routes without an id, and beans, are one piece in each file
     * @param elements of one file
     * @param meaning that of everything it is made with
     */
    record Unit(String key, Kind kind, String id, RouteFile file, List<RouteElement> elements, String meaning) {
        boolean sameAs(Unit other) {
            return other != null && meaning.equals(other.meaning);
        }
    }

    private final Map<String, Unit> units = new LinkedHashMap<>();

    private RouteUnits() {}

    static RouteUnits of(Collection<RouteFile> files) {
        List<RouteElement> elements =
                files.stream().flatMap(file -> RouteElement.of(file).stream()).toList();
        Map<String, String> handling = new LinkedHashMap<>();
        Map<String, String> beans = new LinkedHashMap<>();
        for (RouteElement element : elements) {
            if (element.kind() == Kind.ERROR_HANDLING) {
                handling.merge(element.file().name(), element.meaning(), String::concat);
            } else if (element.kind() == Kind.BEANS) {
                declared(element, beans);
            }
        }
        RouteUnits made = new RouteUnits();
        for (RouteElement element : elements) {
            if (element.kind() != Kind.ERROR_HANDLING && element.kind() != Kind.CONNECTOR) {
                made.add(element, whole(element, handling, beans));
            }
        }
        Unit template = made.units.get(key(Kind.TEMPLATE, ConnectorFile.TEMPLATE));
        elements.stream()
                .filter(element -> element.kind() == Kind.CONNECTOR)
                .forEach(
                        element -> made.add(element, element.meaning() + (template == null ? "" : template.meaning())));
        return made;
    }

    private static void declared(RouteElement element, Map<String, String> beans) {
        for (Node bean : RouteFile.list(element.node(), "beans")) {
            beans.put(RouteFile.text(bean, "name"), RouteElement.meaning(bean));
        }
    }

    private static String whole(RouteElement element, Map<String, String> handling, Map<String, String> beans) {
        if (element.kind() == Kind.BEANS) {
            return element.meaning();
        }
        // A bean may hold others, and is made again with all of its file.
        boolean usesBeans = beans.keySet().stream().anyMatch(element::mentions);
        return element.meaning()
                + handling.getOrDefault(element.file().name(), "")
                + (usesBeans ? String.join("", beans.values()) : "");
    }

    private void add(RouteElement element, String meaning) {
        String key = key(
                element.kind(), element.id().isEmpty() ? "in " + element.file().name() : element.id());
        units.merge(
                key,
                new Unit(key, element.kind(), element.id(), element.file(), List.of(element), meaning),
                RouteUnits::both);
    }

    private static Unit both(Unit one, Unit more) {
        List<RouteElement> elements = new ArrayList<>(one.elements());
        elements.addAll(more.elements());
        return new Unit(one.key(), one.kind(), one.id(), one.file(), elements, one.meaning() + more.meaning());
    }

    private static String key(Kind kind, String name) {
        return kind + " " + name;
    }

    Collection<Unit> all() {
        return units.values();
    }

    /** Null for none. */
    Unit of(String key) {
        return units.get(key);
    }

    /** Those that say something else than in the others, or are not there. */
    List<Unit> changedFrom(RouteUnits others) {
        return units.entrySet().stream()
                .filter(unit -> !unit.getValue().sameAs(others.units.get(unit.getKey())))
                .map(Map.Entry::getValue)
                .toList();
    }
}
