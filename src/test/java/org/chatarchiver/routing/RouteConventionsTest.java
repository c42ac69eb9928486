package org.chatarchiver.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouteConventionsTest {
    private static final String GOOD = """
            - route:
                id: note-page
                description: Notes a page.
                from:
                  uri: direct:note-page
                  steps:
                    - setVariable: { name: poll, simple: "${body}" }
                    - bean: { ref: notes, method: add }
                    - to: direct:read-object
            """;

    private final List<RouteFile> shipped;

    RouteConventionsTest() throws IOException {
        shipped = RouteFile.readAll(Path.of("routes"), "file");
    }

    @ParameterizedTest
    @ValueSource(strings = {"file", "azure"})
    void shippedRoutesKeepToTheConventions(String landing) throws IOException {
        assertThat(RouteConventions.check(RouteFile.readAll(Path.of("routes"), landing)))
                .isEmpty();
    }

    @Test
    void routeThatKeepsToTheConventionsIsGood() {
        assertThat(check(GOOD)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "to: direct:read-object | to: direct:read-objcet | 9 | sends to 'direct:read-objcet', which no route listens to",
                "to: direct:read-object | toD: { uri: direct:nowhere } | 9 | sends to 'direct:nowhere', which no route listens to",
                "to: direct:read-object | to: direct:sweep-pages | 9 | sends to 'direct:sweep-pages', which no route listens to",
                "uri: direct:note-page  | uri: direct:note | 2 | route 'note-page' listens to 'direct:note'; name both alike",
                "id: note-page          | id: archive-page | 2 | second route of the id 'archive-page' (the first is in archive.camel.yaml)",
                "id: note-page          | id: notePage | 2 | the route id 'notePage'; an id is words in kebab case",
                "id: note-page          | note: x | 2 | the route id ''; an id is words in kebab case",
                "description: Notes     | note: Notes | 2 | route 'note-page' has no description",
                "description: Notes     | routeConfigurationId: x # | 3 | uses routeConfigurationId",
                "simple: \"${body}\"    | groovy: \"1\" | 7 | uses groovy; a decision is a Java class",
                "simple: \"${body}\"    | spel: \"#{1}\" | 7 | uses spel; a decision is a Java class",
                "name: poll             | name: pol | 7 | uses the variable 'pol'; known are [alert, attachment, batch, parcel, poll]",
                "\"${body}\"            | \"${variable.pol}\" | 7 | uses the variable 'pol'",
                "to: direct:read-object | removeVariable: { name: pol } | 9 | uses the variable 'pol'",
                "to: direct:read-object | to: http:x?y=z | 9 | has options in the uri 'http:x?y=z'; write them under 'parameters'",
                "uri: direct:note-page  | uri: timer:x?period=1 | 5 | has options in the uri 'timer:x?period=1'",
                "to: direct:read-object | to: log:x | 9 | sends to 'log:x', which logs message bodies",
                "to: direct:read-object | log: \"got ${body}\" | 9 | logs what a message holds",
                "to: direct:read-object | log: { message: \"got ${header.x}\" } | 9 | logs what a message holds",
                "- route:               | - routeConfiguration: # | 1 | has the element 'routeConfiguration'; a route file holds",
                "- route:               | - from: # | 1 | has the element 'from'",
                "- route:               | - templatedRoute: # | 1 | has the element 'templatedRoute'",
                "- route:               | - !x route: | 1 | uses a YAML tag",
                "Notes a page.          | [ | 5 | is no YAML",
            })
    void brokenConventionIsNamedWithFileAndLine(String from, String to, int line, String sentence) {
        assertThat(check(replaced(GOOD, from, to)))
                .extracting(Problem::toString)
                .anySatisfy(problem -> assertThat(problem)
                        .startsWith("bad.camel.yaml:" + line + ": ")
                        .contains(sentence));
    }

    @Test
    void longExpressionIsRefused() {
        assertThat(check(GOOD.replace("\"${body}\"", "\"" + "x".repeat(81) + "\"")))
                .singleElement()
                .asString()
                .startsWith("bad.camel.yaml:7: has an expression of 81 characters");
    }

    @Test
    void thirteenStepsAreTooMany() {
        String step = "        - removeHeaders: { pattern: \"*\" }\n";
        assertThat(check(GOOD + step.repeat(9))).isEmpty();
        assertThat(check(GOOD + step.repeat(10)))
                .extracting(Problem::toString)
                .containsExactly("bad.camel.yaml:2: has 13 steps; a route has at most 12");
    }

    @Test
    void stepsWithinStepsCountToo() {
        String nested =
                "        - filter: { simple: \"${body}\", steps: [{ to: direct:read-object }, { stop: {} }] }\n";
        assertThat(check(GOOD + nested.repeat(4)))
                .extracting(Problem::toString)
                .containsExactly("bad.camel.yaml:2: has 15 steps; a route has at most 12");
    }

    @Test
    void choiceInsideAChoiceIsRefused() {
        String choice = "        - choice: { when: [{ simple: \"${body}\", steps: [%s] }] }\n";
        assertThat(check(GOOD + String.format(Locale.ROOT, choice, "{ stop: {} }")))
                .isEmpty();
        assertThat(check(GOOD + String.format(Locale.ROOT, choice, "{ choice: { when: [] } }")))
                .extracting(Problem::toString)
                .containsExactly("bad.camel.yaml:10: has a choice inside a choice; move it into a route of its own");
    }

    @Test
    void sixtyOneLinesAreTooMany() {
        assertThat(check(GOOD + "# x\n".repeat(51))).isEmpty();
        assertThat(check(GOOD + "# x\n".repeat(52)))
                .extracting(Problem::toString)
                .containsExactly("bad.camel.yaml:61: has 61 lines; a route file has at most 60");
    }

    @Test
    void fourRoutesInAFileAreTooMany() {
        String four = GOOD
                + GOOD.replace("note-page", "note-b")
                + GOOD.replace("note-page", "note-c")
                + GOOD.replace("note-page", "note-d");
        assertThat(check(four))
                .extracting(Problem::toString)
                .containsExactly("bad.camel.yaml:29: is one route too many; the file has at most 3");
    }

    @Test
    void handlingEveryErrorIsRefused() {
        assertThat(check("""
                - onException:
                    exception: [java.lang.Exception]
                    handled: { constant: "true" }
                """))
                .extracting(Problem::toString)
                .containsExactly(
                        "bad.camel.yaml:2: handles every error; name the exceptions of failures that are expected");
    }

    @Test
    void everyChannelHasItsRoute() {
        assertThat(edited("errors.camel.yaml", "id: oversize", "id: too-large"))
                .anyMatch(problem -> problem.equals("errors.camel.yaml: lacks the route of the channel 'oversize'"));
    }

    @Test
    void routesThatTheArchiverCallsMustBeThere() {
        assertThat(edited("landing/file.camel.yaml", "direct:list-objects", "timer:x"))
                .containsExactly("no file has the route 'list-objects', which the archiver itself calls");
    }

    @Test
    void templateDeclaresTheParametersOfConnectors() {
        assertThat(edited("collect.camel.yaml", "{ name: folder }", "{ name: foldr }"))
                .singleElement()
                .asString()
                .contains("collect.camel.yaml:2: declares the parameters")
                .contains("foldr");
    }

    @Test
    void misspeltParameterInTheTemplateIsRefused() {
        assertThat(edited("collect.camel.yaml", "cron: \"{{schedule}}\"", "cron: \"{{shedule}}\""))
                .containsExactly(
                        "collect.camel.yaml:11: uses 'shedule', which is neither a parameter nor a bean of the template");
    }

    @Test
    void parameterWhereItWouldBeEvaluatedIsRefused() {
        assertThat(edited("collect.camel.yaml", "${body} != null", "{{name}} != null"))
                .singleElement()
                .asString()
                .contains("puts the parameter 'name' where it would be evaluated");
    }

    @Test
    void missingLandingIsAProblem() throws IOException {
        assertThat(RouteConventions.check(RouteFile.readAll(Path.of("routes"), "tape")))
                .extracting(Problem::toString)
                .contains("landing/tape.camel.yaml: is missing; restore it");
    }

    @Test
    void beansAndTheirMethodsMustExist() {
        Map<String, Class<?>> beans = Map.of("notes", List.class);
        assertThat(references(GOOD, beans)).isEmpty();
        assertThat(references(GOOD.replace("ref: notes", "ref: nots"), beans))
                .containsExactly("bad.camel.yaml:8: calls the bean 'nots', which does not exist");
        assertThat(references(GOOD.replace("method: add", "method: ad"), beans))
                .containsExactly("bad.camel.yaml:8: calls the method 'ad', which the bean 'notes' does not have");
    }

    @Test
    void methodsOfATemplatesOwnBeansMustExist() {
        List<RouteFile> template = edit("collect.camel.yaml", "method: open }", "method: opn }").stream()
                .filter(file -> file.name().equals("collect.camel.yaml"))
                .toList();
        assertThat(BeanReferences.check(template, name -> Optional.of(Collecting.class)))
                .extracting(Problem::sentence)
                .contains("calls the method 'opn', which the bean '{{connector}}' does not have");
    }

    private static List<String> references(String text, Map<String, Class<?>> beans) {
        return BeanReferences.check(
                        List.of(RouteFile.parse("bad.camel.yaml", Path.of("bad.camel.yaml"), text)),
                        name -> Optional.ofNullable(beans.get(name)))
                .stream()
                .map(Problem::toString)
                .toList();
    }

    /** The problems of a file that is added to the shipped ones. */
    private List<Problem> check(String text) {
        List<RouteFile> files = new ArrayList<>(shipped);
        files.add(RouteFile.parse("bad.camel.yaml", Path.of("bad.camel.yaml"), text));
        return RouteConventions.check(files);
    }

    /** The problems of the shipped files after a change of one. */
    private List<String> edited(String name, String from, String to) {
        return RouteConventions.check(edit(name, from, to)).stream()
                .map(Problem::toString)
                .toList();
    }

    private List<RouteFile> edit(String name, String from, String to) {
        return shipped.stream()
                .map(file -> file.name().equals(name)
                        ? RouteFile.parse(name, file.path(), replaced(file.text(), from, to))
                        : file)
                .toList();
    }

    private static String replaced(String text, String from, String to) {
        assertThat(text).contains(from);
        return text.replaceFirst(Pattern.quote(from), Matcher.quoteReplacement(to));
    }
}
