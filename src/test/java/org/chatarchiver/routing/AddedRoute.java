package org.chatarchiver.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.chatarchiver.connector.Problem;

/** What is found in the shipped routes with a file more, or with one of them changed. */
final class AddedRoute {
    static final String GOOD = """
            - route:
                id: note-page
                description: Notes a page.
                from:
                  uri: direct:note-page
                  steps:
                    - setVariable:
                        name: poll
                        simple: "${body}"
                    - bean:
                        ref: notes
                        method: add
                    - to: direct:read-object
            """;

    private AddedRoute() {}

    static List<String> references(String text, Map<String, Class<?>> beans) {
        return BeanReferences.check(
                        List.of(RouteFile.parse("bad.camel.yaml", Path.of("bad.camel.yaml"), text)),
                        name -> Optional.ofNullable(beans.get(name)))
                .stream()
                .map(Problem::toString)
                .toList();
    }

    /** The problems of a file that is added to the shipped ones. */
    static List<Problem> problems(String text) {
        return checked(text).problems();
    }

    static List<String> warnings(String text) {
        return checked(text).warnings().stream().map(Problem::toString).toList();
    }

    private static CheckedRoutes checked(String text) {
        List<RouteFile> files = shipped();
        files.add(RouteFile.parse("bad.camel.yaml", Path.of("bad.camel.yaml"), text));
        return RouteConventions.check(files);
    }

    private static List<RouteFile> shipped() {
        try {
            return new ArrayList<>(RouteFile.readAll(Path.of("routes"), "file"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The problems of the shipped files after a change of one. */
    static List<String> edited(String name, String from, String to) {
        return RouteConventions.check(edit(name, from, to)).problems().stream()
                .map(Problem::toString)
                .toList();
    }

    static List<RouteFile> edit(String name, String from, String to) {
        return shipped().stream()
                .map(file -> file.name().equals(name)
                        ? RouteFile.parse(name, file.path(), replaced(file.text(), from, to))
                        : file)
                .toList();
    }

    static String replaced(String text, String from, String to) {
        assertThat(text).contains(from);
        return text.replaceFirst(Pattern.quote(from), Matcher.quoteReplacement(to));
    }
}
