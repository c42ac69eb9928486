package org.chatarchiver.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.chatarchiver.routing.AddedRoute.GOOD;
import static org.chatarchiver.routing.AddedRoute.edited;
import static org.chatarchiver.routing.AddedRoute.problems;
import static org.chatarchiver.routing.AddedRoute.replaced;
import static org.chatarchiver.routing.AddedRoute.warnings;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.chatarchiver.archive.ArchiveVariables;
import org.chatarchiver.channel.ErrorChannelRecorder;
import org.chatarchiver.connector.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouteConventionsTest {
    @ParameterizedTest
    @ValueSource(strings = {"file", "azure"})
    void shippedRoutesKeepToTheConventions(String landing) throws IOException {
        CheckedRoutes checked = RouteConventions.check(RouteFile.readAll(Path.of("routes"), landing));
        assertThat(checked.problems()).isEmpty();
        assertThat(checked.warnings()).isEmpty();
    }

    @Test
    void eachVariableIsSetInOnePlace() throws IOException {
        List<String> set = new ArrayList<>();
        for (RouteFile file : RouteFile.readAll(Path.of("routes"), "file")) {
            Matcher names = Pattern.compile("setVariable:\\s+name: (\\w+)").matcher(file.text());
            while (names.find()) {
                set.add(names.group(1));
            }
        }
        assertThat(set)
                .doesNotHaveDuplicates()
                .doesNotContain(ArchiveVariables.REFUSE)
                .as("and one that is left to the operators' hooks")
                .hasSize(Variables.ALL.size() - 1)
                .isSubsetOf(Variables.ALL);
    }

    @Test
    void routeThatKeepsToTheConventionsIsGood() {
        assertThat(problems(GOOD)).isEmpty();
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
                "id: note-page          | id: archive-page | 2 | second route of the id 'archive-page' (the first is in pages.camel.yaml)",
                "description: Notes     | routeConfigurationId: x # | 3 | uses routeConfigurationId",
                "simple: \"${body}\"    | groovy: \"1\" | 9 | uses groovy, which is no part of the archiver",
                "\"${body}\"            | \"${variable.pol}\" | 9 | uses the variable 'pol', which nothing sets; known are [alert, attachment, batch, doubtful, fetched, listing, lookup, message, poll, refuse, run, search, text]",
                "name: poll             | name: pol | 8 | sets the variable 'pol', which nothing reads",
                "name: poll             | name: pol | 8 | known are [alert, attachment, batch, doubtful, fetched, listing, lookup, message, poll, refuse, run, search, text]",
                "to: direct:read-object | setVariables: { variables: [{ name: pol, simple: x }] } | 13 | sets the variable 'pol', which nothing reads",
                "to: direct:read-object | setBody: { variable: pol } | 13 | uses the variable 'pol', which nothing sets",
                "to: direct:read-object | setBody: { variable: { id: v1, expression: pol } } | 13 | uses the variable 'pol', which nothing sets",
                "to: direct:read-object | recipientList: { constant: \"direct:read-object,direct:nowhere\" } | 13 | sends to 'direct:nowhere', which no route listens to",
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
        assertThat(problems(replaced(GOOD, from, to)))
                .extracting(Problem::toString)
                .anySatisfy(problem -> assertThat(problem)
                        .startsWith("bad.camel.yaml:" + line + ": ")
                        .contains(sentence));
    }

    @Test
    void handlingEveryErrorIsRefused() {
        assertThat(problems("""
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
    void aChannelsRouteWithoutAStepIsNamedWithItsCureSinceCamelStartsNone() {
        assertThat(edited(
                        "errors.camel.yaml",
                        "      steps:\n        - bean:\n            ref: channelLog\n            method: tell\n",
                        "      steps: []\n"))
                .containsExactly(
                        "errors.camel.yaml:2: has a route without a step, which Camel does not start; one that does nothing has an empty 'choice: {when: []}'");
    }

    @Test
    void aChannelsRouteThatRecordsItselfAsThatOfAnOlderVersionIsRefused() {
        assertThat(AddedRoute.references(
                        GOOD.replace("ref: notes", "ref: errorChannelRecorder")
                                .replace("method: add", "method: record"),
                        Map.of("errorChannelRecorder", ErrorChannelRecorder.class)))
                .singleElement()
                .asString()
                .contains("calls the method 'record', which the bean 'errorChannelRecorder' does not have");
    }

    @Test
    void routesThatTheArchiverCallsMustBeThere() {
        assertThat(edited("landing/file.camel.yaml", "direct:list-objects", "timer:x"))
                .containsExactly("no file has the route 'list-objects', which the archiver itself calls");
    }

    @Test
    void routesOfAnOlderVersionWithoutThoseForSettingConnectorsUpAreTakenAndThatIsTold() throws IOException {
        List<RouteFile> older = RouteFile.readAll(Path.of("routes"), "file").stream()
                .filter(file -> !file.name().equals("account.camel.yaml"))
                .toList();

        CheckedRoutes found = RouteConventions.check(older);

        assertThat(found.problems()).isEmpty();
        assertThat(found.warnings())
                .extracting(Problem::toString)
                .containsExactly(
                        "no file has the route 'fetch-account', which is called when a connector is set up; take its file over from the routes as shipped");
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
}
