package org.chatarchiver.routing;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.EndpointUriFactory;
import org.apache.camel.spi.PropertyConfigurer;
import org.apache.camel.spi.PropertyConfigurerGetter;
import org.apache.camel.support.PluginHelper;
import org.chatarchiver.connector.Problem;
import org.chatarchiver.message.Printable;
import org.quartz.impl.JobDetailImpl;
import org.quartz.impl.triggers.CronTriggerImpl;
import org.springframework.beans.BeanUtils;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;

/**
 * Holds the addresses in routes against the components that there are, for a line and what would be right. Camel names a route only, takes
 * any text for a time, and lets a misspelt option of an HTTP address become a part of every request.
 */
final class EndpointOptions {
    /** What these stand before goes to Quartz, which does not complain of a name that it does not know. */
    private static final Map<String, Class<?>> QUARTZ =
            Map.of("trigger.", CronTriggerImpl.class, "job.", JobDetailImpl.class);

    private static final Set<Class<?>> NUMBERS = Set.of(long.class, int.class, Long.class, Integer.class);

    private final CamelContext context;
    private final Set<String> components;
    private final List<Problem> problems = new ArrayList<>();

    EndpointOptions(CamelContext context) {
        this.context = context;
        this.components = components();
    }

    private static Set<String> components() {
        Set<String> names = new TreeSet<>();
        try {
            for (var file : new PathMatchingResourcePatternResolver()
                    .getResources("classpath*:META-INF/services/org/apache/camel/component/*")) {
                names.add(file.getFilename());
            }
        } catch (IOException e) {
            throw new IllegalStateException("The class path cannot be read", e);
        }
        return names;
    }

    List<Problem> check(Collection<RouteFile> files) {
        files.forEach(file -> file.elements().forEach(element -> walk(file, element)));
        return problems;
    }

    private void walk(RouteFile file, Node node) {
        for (NodeTuple entry : RouteFile.entries(node)) {
            String key = RouteFile.text(entry.getKeyNode());
            if (key.equals("uri") || RouteSteps.SENDERS.contains(key)) {
                address(file, entry.getValueNode(), node);
            }
            walk(file, entry.getValueNode());
        }
        RouteFile.list(node).forEach(child -> walk(file, child));
    }

    /** @param address anything but a text is walked into by itself */
    private void address(RouteFile file, Node address, Node step) {
        String uri = RouteFile.text(address);
        Optional<String> scheme = uri.isEmpty() ? Optional.empty() : scheme(uri);
        if (scheme.isEmpty()) {
            return;
        }
        if (!components.contains(scheme.get())) {
            // Nothing that a setting holds is told: somebody may have named one that is secret.
            Optional<String> literal = Optional.of(bare(uri)).filter(name -> !name.contains("{"));
            problems.add(file.problem(
                    address,
                    "names the component '" + Printable.of(literal.orElse(uri)) + "', which is no part of the archiver"
                            + literal.map(name -> Nearest.hint(name, components))
                                    .orElse("")));
            return;
        }
        RouteFile.get(step, "parameters").ifPresent(parameters -> RouteFile.entries(parameters)
                .forEach(option -> option(file, scheme.get(), option)));
    }

    /** Empty where that is not known before a message comes, or a setting is missing, which is told by itself. */
    private Optional<String> scheme(String uri) {
        String whole;
        try {
            whole = context.resolvePropertyPlaceholders(uri);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        String scheme = bare(whole);
        return scheme.contains("$") || scheme.contains("{") ? Optional.empty() : Optional.of(scheme);
    }

    private static String bare(String uri) {
        return uri.replaceFirst("(?s)[:?].*", "");
    }

    private void option(RouteFile file, String scheme, NodeTuple option) {
        EndpointUriFactory known = context.getCamelContextExtension().getEndpointUriFactory(scheme);
        String name = RouteFile.text(option.getKeyNode());
        String value = RouteFile.text(option.getValueNode());
        if (known == null || quartz(file, option.getKeyNode(), name)) {
            return;
        }
        Optional<String> meant =
                known.propertyNames().contains(name) ? Optional.empty() : Nearest.to(name, known.propertyNames());
        if (meant.isPresent()) {
            problems.add(file.problem(
                    option.getKeyNode(),
                    "has the option '" + Printable.of(name) + "', which " + scheme + " does not have; did you mean '"
                            + meant.get() + "'?"));
        } else if (isNumber(scheme, name) && isNoNumber(value)) {
            problems.add(file.problem(
                    option.getValueNode(),
                    "has for the option '" + name + "' of " + scheme + " '" + Printable.of(value)
                            + "'; give a number, or a time such as 5s"));
        }
    }

    private boolean quartz(RouteFile file, Node at, String name) {
        for (Map.Entry<String, Class<?>> prefix : QUARTZ.entrySet()) {
            if (name.startsWith(prefix.getKey())) {
                String property = name.substring(prefix.getKey().length());
                if (BeanUtils.getPropertyDescriptor(prefix.getValue(), property) == null) {
                    problems.add(file.problem(
                            at, "has the option '" + Printable.of(name) + "', which Quartz does not have"));
                }
                return true;
            }
        }
        return false;
    }

    private boolean isNumber(String scheme, String option) {
        PropertyConfigurer configurer = PluginHelper.getConfigurerResolver(context)
                .resolvePropertyConfigurer(scheme + "-endpoint-configurer", context);
        return configurer instanceof PropertyConfigurerGetter getter
                && Optional.<Class<?>>ofNullable(getter.getOptionType(option, true))
                        .filter(NUMBERS::contains)
                        .isPresent();
    }

    private static boolean isNoNumber(String value) {
        return value.chars().noneMatch(Character::isDigit) && !value.contains("{{") && !value.startsWith("#");
    }
}
