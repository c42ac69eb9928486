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
                    - setVariable:
                        name: poll
                        simple: "${body}"
                    - bean:
                        ref: notes
                        method: add
                    - to: direct:read-object
            """;

    /** The same as an editor for Camel's routes writes it: addresses in parts, expressions one level deeper, an id for each step. */
    private static final String EDITED = """
            - route:
                id: route-1234
                from:
                  id: from-1
                  uri: direct
                  parameters:
                    name: note-page
                  steps:
                    - setVariable:
                        id: setVariable-1
                        name: poll
                        expression:
                          simple:
                            id: expression-simple-1
                            expression: "${body}"
                    - bean:
                        id: bean-1
                        ref: notes
                        method: add
                    - enrich:
                        id: enrich-1
                        expression:
                          constant:
                            id: expression-constant-1
                            expression: direct:read-object
                    - to:
                        id: to-1
                        uri: direct
                        parameters:
                          name: read-object
            """;

    private final List<RouteFile> shipped;

    RouteConventionsTest() throws IOException {
        shipped = RouteFile.readAll(Path.of("routes"), "file");
    }

    @ParameterizedTest
    @ValueSource(strings = {"file", "azure"})
    void shippedRoutesKeepToTheConventions(String landing) throws IOException {
        CheckedRoutes checked = RouteConventions.check(RouteFile.readAll(Path.of("routes"), landing));
        assertThat(checked.problems()).isEmpty();
        assertThat(checked.warnings()).isEmpty();
    }

    @Test
    void routeThatKeepsToTheConventionsIsGood() {
        assertThat(check(GOOD)).isEmpty();
        assertThat(warnings(GOOD)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "to: direct:read-object | to: direct:read-objcet | 13 | sends to 'direct:read-objcet', which no route listens to",
                "to: direct:read-object | toD: { uri: direct:nowhere } | 13 | sends to 'direct:nowhere', which no route listens to",
                "to: direct:read-object | wireTap: { uri: direct:nowhere } | 13 | sends to 'direct:nowhere', which no route listens to",
                "to: direct:read-object | enrich: { constant: direct:nowhere } | 13 | sends to 'direct:nowhere', which no route listens to",
                "to: direct:read-object | to: direct:sweep-pages | 13 | sends to 'direct:sweep-pages', which no route listens to",
                "id: note-page          | id: archive-page | 2 | second route of the id 'archive-page' (the first is in archive.camel.yaml)",
                "description: Notes     | routeConfigurationId: x # | 3 | uses routeConfigurationId",
                "simple: \"${body}\"    | groovy: \"1\" | 9 | uses groovy, which is no part of the archiver",
                "\"${body}\"            | \"${variable.pol}\" | 9 | uses the variable 'pol', which nothing sets; known are [alert, attachment, batch, parcel, poll]",
                "to: direct:read-object | removeVariable: { name: pol } | 13 | uses the variable 'pol'",
                "to: direct:read-object | to: log:x | 13 | sends to 'log:x', which logs message bodies",
                "to: direct:read-object | to: { uri: log, parameters: { loggerName: x } } | 13 | sends to 'log:x', which logs message bodies",
                "to: direct:read-object | log: \"got ${body}\" | 13 | logs what a message holds",
                "to: direct:read-object | log: { message: \"got ${header.x}\" } | 13 | logs what a message holds",
                "- route:               | - routeConfiguration: # | 1 | has the element 'routeConfiguration'; a route file holds",
                "- route:               | - templatedRoute: # | 1 | has the element 'templatedRoute'",
                "- route:               | - !x route: | 1 | uses a YAML tag",
                "Notes a page.          | [ | 5 | is no YAML",
            })
    void whatWouldBreakARunIsNamedWithFileAndLine(String from, String to, int line, String sentence) {
        assertThat(check(replaced(GOOD, from, to)))
                .extracting(Problem::toString)
                .anySatisfy(problem -> assertThat(problem)
                        .startsWith("bad.camel.yaml:" + line + ": ")
                        .contains(sentence));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "uri: direct:note-page  | uri: direct:note | 2 | route 'note-page' listens to 'direct:note'; best name both alike",
                "id: note-page          | id: notePage | 2 | the route id 'notePage'; an id is best written as words in kebab case",
                "id: note-page          | note: x | 2 | the route id ''",
                "description: Notes     | note: Notes | 2 | route 'note-page' has no description",
                "simple: \"${body}\"    | spel: \"#{1}\" | 9 | uses spel; a decision is best a Java class",
                "name: poll             | name: pol | 8 | sets the variable 'pol', which nothing reads",
                "to: direct:read-object | to: http:x?y=z | 13 | has options in the uri 'http:x?y=z'; best write them under 'parameters'",
                "uri: direct:note-page  | uri: timer:x?period=1 | 5 | has options in the uri 'timer:x?period=1'",
            })
    void whatIsOnlyHardToReadIsAWarningWithFileAndLine(String from, String to, int line, String sentence) {
        String text = replaced(GOOD, from, to);
        assertThat(check(text)).isEmpty();
        assertThat(warnings(text)).anySatisfy(warning -> assertThat(warning)
                .startsWith("bad.camel.yaml:" + line + ": ")
                .contains(sentence));
    }

    @Test
    void whatAnEditorWritesIsUnderstood() {
        assertThat(check(EDITED)).isEmpty();
        assertThat(check(EDITED.replace("name: read-object", "name: read-objcet")))
                .extracting(Problem::toString)
                .containsExactly("bad.camel.yaml:27: sends to 'direct:read-objcet', which no route listens to");
        assertThat(check(EDITED.replace("expression: direct:read-object", "expression: direct:nowhere")))
                .extracting(Problem::toString)
                .containsExactly("bad.camel.yaml:24: sends to 'direct:nowhere', which no route listens to");
        assertThat(references(EDITED, Map.of("notes", List.class))).isEmpty();
    }

    @Test
    void aRouteWithoutAFrameIsARouteToo() {
        String bare = """
                - from:
                    uri: direct
                    parameters:
                      name: bare
                    steps:
                      - to: direct:nowhere
                """;
        assertThat(check(bare))
                .extracting(Problem::toString)
                .containsExactly("bad.camel.yaml:6: sends to 'direct:nowhere', which no route listens to");
        assertThat(check(bare.replace("nowhere", "bare"))).isEmpty();
    }

    @Test
    void aVariableThatARouteSetsItselfMayBeRead() {
        assertThat(check(GOOD.replace("name: poll", "name: own")
                        .replace("to: direct:read-object", "setBody: { simple: \"${variable.own}\" }")))
                .isEmpty();
    }

    @Test
    void beansOfAFileAreKnownToItsRoutes() {
        String own = GOOD + """
                - beans:
                    - name: notes
                      type: java.util.ArrayList
                """;
        assertThat(check(own)).isEmpty();
        assertThat(references(own, Map.of())).isEmpty();
        assertThat(references(own.replace("method: add", "method: ad"), Map.of()))
                .containsExactly("bad.camel.yaml:11: calls the method 'ad', which the bean 'notes' does not have");
    }

    @Test
    void aLongExpressionIsAWarning() {
        String text = GOOD.replace("\"${body}\"", "\"" + "x".repeat(81) + "\"");
        assertThat(check(text)).isEmpty();
        assertThat(warnings(text))
                .singleElement()
                .asString()
                .startsWith("bad.camel.yaml:9: has an expression of 81 characters");
    }

    @Test
    void thirteenStepsAreAWarning() {
        String step = "        - removeHeaders: { pattern: \"*\" }\n";
        assertThat(warnings(GOOD + step.repeat(9))).isEmpty();
        assertThat(warnings(GOOD + step.repeat(10)))
                .containsExactly("bad.camel.yaml:2: has 13 steps; a route is best read with at most 12");
        assertThat(check(GOOD + step.repeat(10))).isEmpty();
    }

    @Test
    void stepsWithinStepsCountToo() {
        String nested =
                "        - filter: { simple: \"${body}\", steps: [{ to: direct:read-object }, { stop: {} }] }\n";
        assertThat(warnings(GOOD + nested.repeat(4)))
                .containsExactly("bad.camel.yaml:2: has 15 steps; a route is best read with at most 12");
    }

    @Test
    void aChoiceInsideAChoiceIsAWarning() {
        String choice = "        - choice: { when: [{ simple: \"${body}\", steps: [%s] }] }\n";
        assertThat(warnings(GOOD + String.format(Locale.ROOT, choice, "{ stop: {} }")))
                .isEmpty();
        assertThat(warnings(GOOD + String.format(Locale.ROOT, choice, "{ choice: { when: [] } }")))
                .containsExactly(
                        "bad.camel.yaml:14: has a choice inside a choice; best move it into a route of its own");
    }

    @Test
    void manyLinesAreAWarning() {
        assertThat(warnings(GOOD + "# x\n".repeat(107))).isEmpty();
        assertThat(warnings(GOOD + "# x\n".repeat(108)))
                .containsExactly("bad.camel.yaml:121: has 121 lines; a route file is best read with at most 120");
        assertThat(check(GOOD + "# x\n".repeat(1000))).isEmpty();
    }

    @Test
    void manyRoutesInAFileAreAWarning() {
        String four = GOOD
                + GOOD.replace("note-page", "note-b")
                + GOOD.replace("note-page", "note-c")
                + GOOD.replace("note-page", "note-d");
        assertThat(check(four)).isEmpty();
        assertThat(warnings(four)).containsExactly("bad.camel.yaml:41: is route 4 of the file; 3 are easily read");
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
        assertThat(edited("errors.camel.yaml", "direct:oversize", "direct:too-large"))
                .anyMatch(problem -> problem.equals("errors.camel.yaml: lacks the route of the channel 'oversize'"));
    }

    @Test
    void routesThatTheArchiverCallsMustBeThere() {
        assertThat(edited("landing/file.camel.yaml", "direct:list-objects", "timer:x"))
                .containsExactly("no file has the route 'list-objects', which the archiver itself calls");
    }

    @Test
    void templateDeclaresTheParametersOfConnectors() {
        assertThat(edited("collect.camel.yaml", "name: folder", "name: foldr"))
                .singleElement()
                .asString()
                .contains("collect.camel.yaml:2: declares the parameters")
                .contains("foldr");
    }

    @Test
    void misspeltParameterInTheTemplateIsRefused() {
        assertThat(edited("collect.camel.yaml", "cron: \"{{schedule}}\"", "cron: \"{{shedule}}\""))
                .containsExactly(
                        "collect.camel.yaml:30: uses 'shedule', which is neither a parameter nor a bean of the template");
    }

    @Test
    void parameterWhereItWouldBeEvaluatedIsRefused() {
        assertThat(edited("collect.camel.yaml", "simple: ${body} != null", "simple: \"{{name}} != null\""))
                .singleElement()
                .asString()
                .contains("puts the parameter 'name' where it would be evaluated");
    }

    @Test
    void missingLandingIsAProblem() throws IOException {
        assertThat(RouteConventions.check(RouteFile.readAll(Path.of("routes"), "tape"))
                        .problems())
                .extracting(Problem::toString)
                .contains("landing/tape.camel.yaml: is missing; restore it");
    }

    @Test
    void beansAndTheirMethodsMustExist() {
        Map<String, Class<?>> beans = Map.of("notes", List.class);
        assertThat(references(GOOD, beans)).isEmpty();
        assertThat(references(GOOD.replace("ref: notes", "ref: nots"), beans))
                .containsExactly("bad.camel.yaml:11: calls the bean 'nots', which does not exist");
        assertThat(references(GOOD.replace("method: add", "method: ad"), beans))
                .containsExactly("bad.camel.yaml:11: calls the method 'ad', which the bean 'notes' does not have");
    }

    @Test
    void methodsOfATemplatesOwnBeansMustExist() {
        List<RouteFile> template = edit("collect.camel.yaml", "method: open", "method: opn").stream()
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
        return checked(text).problems();
    }

    private List<String> warnings(String text) {
        return checked(text).warnings().stream().map(Problem::toString).toList();
    }

    private CheckedRoutes checked(String text) {
        List<RouteFile> files = new ArrayList<>(shipped);
        files.add(RouteFile.parse("bad.camel.yaml", Path.of("bad.camel.yaml"), text));
        return RouteConventions.check(files);
    }

    /** The problems of the shipped files after a change of one. */
    private List<String> edited(String name, String from, String to) {
        return RouteConventions.check(edit(name, from, to)).problems().stream()
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
