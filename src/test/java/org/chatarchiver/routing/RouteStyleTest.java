package org.chatarchiver.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.chatarchiver.routing.AddedRoute.GOOD;
import static org.chatarchiver.routing.AddedRoute.problems;
import static org.chatarchiver.routing.AddedRoute.replaced;
import static org.chatarchiver.routing.AddedRoute.warnings;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What only makes a route hard to read refuses nothing. */
class RouteStyleTest {
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
                "to: direct:read-object | to: http:x?y=z | 13 | has options in the uri 'http:x?y=z'; best write them under 'parameters'",
                "uri: direct:note-page  | uri: timer:x?period=1 | 5 | has options in the uri 'timer:x?period=1'",
            })
    void whatIsOnlyHardToReadIsAWarningWithFileAndLine(String from, String to, int line, String sentence) {
        String text = replaced(GOOD, from, to);
        assertThat(problems(text)).isEmpty();
        assertThat(warnings(text)).anySatisfy(warning -> assertThat(warning)
                .startsWith("bad.camel.yaml:" + line + ": ")
                .contains(sentence));
    }

    @Test
    void aLongExpressionIsAWarning() {
        String text = GOOD.replace("\"${body}\"", "\"" + "x".repeat(81) + "\"");
        assertThat(problems(text)).isEmpty();
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
        assertThat(problems(GOOD + step.repeat(10))).isEmpty();
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
        assertThat(problems(GOOD + "# x\n".repeat(1000))).isEmpty();
    }

    @Test
    void manyRoutesInAFileAreAWarning() {
        String four = GOOD
                + GOOD.replace("note-page", "note-b")
                + GOOD.replace("note-page", "note-c")
                + GOOD.replace("note-page", "note-d");
        assertThat(problems(four)).isEmpty();
        assertThat(warnings(four)).containsExactly("bad.camel.yaml:41: is route 4 of the file; 3 are easily read");
    }
}
