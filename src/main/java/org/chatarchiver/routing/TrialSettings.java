package org.chatarchiver.routing;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.spi.PropertiesFunction;
import org.apache.camel.spi.PropertiesSource;
import org.springframework.core.env.Environment;

/**
 * What placeholders stand for in a trial: the settings of the archiver, and the beans that a template makes for each of its routes. It
 * remembers what it gave out, so that a complaint of Camel can be told without it: any setting may be a password.
 */
final class TrialSettings implements PropertiesSource {
    private static final int SHORTEST = 4;
    private static final Set<String> HARMLESS = Set.of("true", "false", "null", "http", "https");
    private static final Pattern BETWEEN = Pattern.compile("[^\\w.~-]+");

    private final Environment environment;
    private final Map<String, String> given = new ConcurrentHashMap<>();
    private Map<String, String> beans = Map.of();

    TrialSettings(Environment environment) {
        this.environment = environment;
    }

    @Override
    public String getName() {
        return "archiver";
    }

    @Override
    public String getProperty(String name) {
        String bean = beans.get(name);
        return bean == null ? noted(name, environment.getProperty(name)) : bean;
    }

    /** @param names of beans, by the placeholder that stands for each from now on */
    void use(Map<String, String> names) {
        beans = names;
    }

    /** The same of what a function of placeholders gives out, such as an environment variable. */
    PropertiesFunction noting(PropertiesFunction function) {
        return new PropertiesFunction() {
            @Override
            public String getName() {
                return function.getName();
            }

            @Override
            public String apply(String remainder) {
                return noted(getName() + ":" + remainder, function.apply(remainder));
            }
        };
    }

    /** Also in the pieces that an address would be taken to, each of which may be what is secret of it. */
    private String noted(String name, String value) {
        if (value != null) {
            Stream.concat(
                            Stream.of(value, value.strip(), URLEncoder.encode(value, StandardCharsets.UTF_8)),
                            BETWEEN.splitAsStream(value))
                    .filter(text -> text.length() >= SHORTEST && !HARMLESS.contains(text))
                    .forEach(text -> given.put(text, name));
        }
        return value;
    }

    /** The text with placeholders in the place of what they stand for, in whatever case Camel put that. */
    String masked(String text) {
        if (given.isEmpty()) {
            return text;
        }
        String longestFirst = given.keySet().stream()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .map(Pattern::quote)
                .collect(Collectors.joining("|"));
        return Pattern.compile(longestFirst, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE)
                .matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement("{{" + name(found.group()) + "}}"));
    }

    private String name(String value) {
        return given.getOrDefault(
                value,
                given.entrySet().stream()
                        .filter(entry -> entry.getKey().equalsIgnoreCase(value))
                        .map(Map.Entry::getValue)
                        .findFirst()
                        .orElse("..."));
    }
}
