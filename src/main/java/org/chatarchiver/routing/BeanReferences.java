package org.chatarchiver.routing;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.chatarchiver.connector.Problem;
import org.chatarchiver.message.Printable;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;

/** Holds the bean names and methods in routes against the beans that there are: Camel looks most of them up at the first message only. */
final class BeanReferences {
    private static final Set<String> CALLS = Set.of("bean", "method");
    private static final String CLASS = "#class:";
    /** By which a bean would run code while a file is read, not only when a message comes. */
    private static final Set<String> MAKERS =
            Set.of("script", "scriptlanguage", "factorybean", "factorymethod", "builderclass", "buildermethod");

    private static final Pattern FACTORY = Pattern.compile("^#class:[^(]*#");

    private final Function<String, Optional<Class<?>>> beans;
    private final List<Problem> problems = new ArrayList<>();

    private BeanReferences(Function<String, Optional<Class<?>>> beans) {
        this.beans = beans;
    }

    /** @param beans the type of the bean of a name */
    static List<Problem> check(List<RouteFile> files, Function<String, Optional<Class<?>>> beans) {
        BeanReferences references = new BeanReferences(beans);
        List<RouteFile> shared =
                files.stream().filter(file -> !file.isConnector()).toList();
        Map<String, String> own = new HashMap<>();
        shared.forEach(file -> {
            file.all("beans")
                    .forEach(list -> RouteFile.list(list).forEach(bean -> references.declared(file, bean, own)));
            file.all("routeTemplate").forEach(template -> RouteFile.list(template, "beans")
                    .forEach(bean -> references.made(file, bean)));
        });
        shared.forEach(file ->
                file.elements().forEach(element -> references.walk(file, element, known(own, locals(element)))));
        return references.problems;
    }

    /** A bean that the files bring along; one in the place of the archiver's own would change what every route does. */
    private void declared(RouteFile file, Node bean, Map<String, String> own) {
        String name = RouteFile.text(bean, "name");
        made(file, bean);
        if (beans.apply(name).isPresent()) {
            problems.add(file.problem(
                    bean, "declares the bean '" + Printable.of(name) + "', which the archiver has; take another name"));
        } else {
            own.put(name, RouteFile.text(bean, "type"));
        }
    }

    /** By its constructor, and by nothing else. */
    private void made(RouteFile file, Node bean) {
        for (NodeTuple entry : RouteFile.entries(bean)) {
            String key = RouteFile.text(entry.getKeyNode());
            if (MAKERS.contains(key.replace("-", "").toLowerCase(Locale.ROOT))) {
                problems.add(file.problem(
                        entry.getKeyNode(),
                        "has a bean with '" + Printable.of(key)
                                + "'; a bean is a class of its own, with 'type', 'constructors' and 'properties'"));
                return;
            }
        }
        String type = RouteFile.text(bean, "type");
        if (FACTORY.matcher(type).find()) {
            problems.add(file.problem(
                    bean,
                    "has a bean of the type '" + Printable.of(type)
                            + "', which calls a factory; a bean is a class of its own"));
        } else if (load(type).filter(BeanReferences::isMade).isEmpty()) {
            problems.add(file.problem(
                    bean, "has a bean of the type '" + Printable.of(type) + "', which is no class that can be made"));
        }
    }

    private static boolean isMade(Class<?> type) {
        return !Modifier.isAbstract(type.getModifiers()) && !type.isEnum() && !type.isPrimitive() && !type.isArray();
    }

    private static Map<String, String> known(Map<String, String> shared, Map<String, String> locals) {
        Map<String, String> known = new HashMap<>(shared);
        known.putAll(locals);
        return known;
    }

    /** The beans that a template makes for each of its routes, as its steps name them. */
    private static Map<String, String> locals(Node element) {
        Map<String, String> types = new HashMap<>();
        RouteFile.get(element, "routeTemplate").ifPresent(template -> RouteFile.list(template, "beans")
                .forEach(bean -> types.put("{{" + RouteFile.text(bean, "name") + "}}", RouteFile.text(bean, "type"))));
        return types;
    }

    private void walk(RouteFile file, Node node, Map<String, String> locals) {
        for (NodeTuple entry : RouteFile.entries(node)) {
            if (CALLS.contains(RouteFile.text(entry.getKeyNode()))
                    && RouteFile.get(entry.getValueNode(), "ref").isPresent()) {
                call(file, entry.getValueNode(), locals);
            }
            walk(file, entry.getValueNode(), locals);
        }
        RouteFile.list(node).forEach(child -> walk(file, child, locals));
    }

    private void call(RouteFile file, Node call, Map<String, String> locals) {
        String ref = RouteFile.text(call, "ref");
        String method = RouteFile.text(call, "method");
        Optional<Class<?>> type = locals.containsKey(ref) ? load(locals.get(ref)) : beans.apply(ref);
        if (type.isEmpty()) {
            problems.add(file.problem(call, "calls the bean '" + Printable.of(ref) + "', which does not exist"));
        } else if (!method.isEmpty() && !methods(type.get()).contains(method)) {
            problems.add(file.problem(
                    call,
                    "calls the method '" + Printable.of(method) + "', which the bean '" + ref + "' does not have"));
        }
    }

    /** @param type a class's name, also in Camel's form {@code #class:name(arguments)} */
    static Optional<Class<?>> load(String type) {
        String name = type.startsWith(CLASS) ? type.substring(CLASS.length()).replaceFirst("\\(.*", "") : type;
        try {
            return Optional.of(Class.forName(name, false, BeanReferences.class.getClassLoader()));
        } catch (ClassNotFoundException | LinkageError e) {
            return Optional.empty();
        }
    }

    private static Set<String> methods(Class<?> type) {
        return Arrays.stream(type.getMethods()).map(Method::getName).collect(Collectors.toSet());
    }
}
