package org.chatarchiver.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.chatarchiver.connector.Problem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.mock.env.MockEnvironment;

/** A trial runs nothing of what the files bring along, and tells nothing of what settings hold. */
class RouteTrialTest {
    private static final String SECRET = "canary/of:tweety?yellow=feather";
    private static final List<String> PIECES = List.of("canary", "tweety", "yellow", "feather");

    private static final List<String> RAN = new ArrayList<>();

    /** What an operator may put on the class path. */
    public static class Effect implements Runnable {
        public Effect() {
            RAN.add("constructor");
        }

        public Effect(String argument) {
            RAN.add("constructor of " + argument);
        }

        public static Effect make() {
            RAN.add("factory");
            return new Effect();
        }

        public void setMark(String mark) {
            RAN.add("property " + mark);
        }

        @Override
        public void run() {
            RAN.add("method");
        }
    }

    /** A class of which the making fails with an error, as where a library is missing. */
    public static final class Broken implements Processor {
        public Broken() {
            throw new NoClassDefFoundError("com/example/Missing");
        }

        @Override
        public void process(Exchange exchange) {
            throw new IllegalStateException("Never made");
        }
    }

    private final MockEnvironment settings = new MockEnvironment();

    @BeforeEach
    void nothingRan() {
        RAN.clear();
    }

    @Test
    void beansOfFilesAreStoodInFor() {
        String effect = "org.chatarchiver.routing.RouteTrialTest$Effect";
        assertThat(tried(route("bean: {ref: mine, method: run}") + """
                - beans:
                    - name: mine
                      type: %s
                      initMethod: run
                      properties:
                        mark: "#class:%s"
                # another
                - beans:
                  - {name: other, type: "#class:%s('a')"}
                  - name: last
                    type: java.util.ArrayList
                - route: {id: flow, from: {uri: "direct:flow", steps: [{bean: {ref: other, method: run}}]}}
                """.replace("%s", effect)))
                .isEmpty();
        assertThat(RAN).isEmpty();
    }

    @Test
    void beansOfATemplateAreStoodInForAndFoundByTheirPlaceholder() {
        String template = """
                - routeTemplate:
                    id: connector
                    parameters:
                      - name: id
                    beans:
                    - name: connector
                      type: org.chatarchiver.routing.RouteTrialTest$Effect
                      properties:
                        mark: "{{id}}"
                    route:
                      from:
                        uri: direct:begin
                        steps:
                          - bean: {ref: "{{connector}}", method: run}
                """;
        assertThat(tried(template)).isEmpty();
        assertThat(tried(template.replace("method: run", "method: ran")))
                .singleElement()
                .asString()
                .contains("ran");
        assertThat(RAN).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bean: {beanType: EFFECT, method: run}",
                "setBody: {method: {beanType: EFFECT, method: run}}",
                "setBody: {simple: '${bean:type:EFFECT?method=run}'}",
                "process: {ref: '#class:EFFECT'}",
                "bean: {ref: '#class:EFFECT', method: run}",
                "bean: {ref: \"#class:EFFECT('a')\", method: run}",
                "bean: {ref: '#class:EFFECT#make', method: run}",
                "bean: {ref: '{{none:#}}class:EFFECT', method: run}",
                "bean: {ref: '#cla{{?none}}ss:EFFECT', method: run}",
                "to: 'log:x?exchangeFormatter=#class:EFFECT'",
                "to: 'log:x?exchangeFormatter=%23class:EFFECT(1)'",
                "to: {uri: 'log:x', parameters: {exchangeFormatter: \"#class:EFFECT('a')\"}}",
                "to: 'class:EFFECT'",
                "to: 'class:EFFECT?bean.mark=x'",
                "to: '{{none:class}}:EFFECT?method=run'",
                "split: {simple: '${body}', aggregationStrategy: '#class:EFFECT', steps: [{to: 'log:x'}]}",
                "toD: 'class:EFFECT'",
            })
    void classesInStepsAreNotMade(String step) {
        tried(route(step.replace("EFFECT", "java.util.ArrayList")));
        tried(route(step.replace("EFFECT", "org.chatarchiver.routing.RouteTrialTest$Effect")));
        assertThat(RAN).isEmpty();
    }

    @Test
    void aClassInAStepIsOneOfCamelsOrAggregates() {
        String split = "split: {simple: '${body}', aggregationStrategy: '#class:NAME', steps: [{to: 'log:x'}]}";
        assertThat(tried(route(
                        split.replace("NAME", "org.apache.camel.processor.aggregate.GroupedBodyAggregationStrategy"))))
                .isEmpty();
        assertThat(tried(route(split.replace("NAME", "java.util.ArrayList"))))
                .containsExactly("x.camel.yaml:6: has a class made in place by '#class:java.util.ArrayList';"
                        + " declare it under 'beans'");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    to: "{{secret}}"
                    to: "{{secret}}:x"
                    to: "http:{{secret}}"
                    to: "direct:{{secret}}?nothing=1"
                    to: "log:x?nothing={{secret}}"
                    to: {uri: "log:x", parameters: {nothing: "{{secret}}"}}
                    to: {uri: "log:x", parameters: {level: "{{secret}}"}}
                    to: {uri: "log:x", parameters: {groupSize: "{{secret}}"}}
                    to: {uri: "log:x", parameters: {"{{secret}}": 1}}
                    bean: {ref: "{{secret}}", method: run}
                    bean: {ref: "#class:{{secret}}", method: run}
                    bean: {beanType: "{{secret}}"}
                    process: {ref: "{{secret}}"}
                    setBody: {language: {language: "{{secret}}", expression: x}}
                    setBody: {simple: "${{{secret}}}"}
                    setBody: {simple: "${header.{{secret}}"}
                    marshal: {custom: {ref: "{{secret}}"}}
                    convertBodyTo: {type: "{{secret}}"}
                    to: "{{sys:trial.bird}}"
                    to: "{{sys:trial.bird}}:x"
                    to: "{{trial.bird}}:x"
                    delay: {constant: "{{secret}}"}
                    log: {message: x, loggingLevel: "{{secret}}"}
                    split: {simple: "${body}", aggregationStrategy: "{{secret}}", steps: [{to: "log:x"}]}
                    """)
    void noProblemTellsWhatASettingHolds(String step) {
        settings.setProperty("secret", SECRET);
        System.setProperty("trial.bird", SECRET);
        try {
            assertThat(tried(route(step)).toString().toLowerCase(Locale.ROOT))
                    .doesNotContain(PIECES.toArray(String[]::new));
        } finally {
            System.clearProperty("trial.bird");
        }
    }

    @Test
    void whatIsWrongIsToldWithThePlaceholderAsItIsWritten() {
        settings.setProperty("address", "canary:where");
        assertThat(tried(route("to: \"{{address}}\"")))
                .first()
                .asString()
                .isEqualTo("x.camel.yaml:6: names the component '{{address}}', which is no part of the archiver");
        settings.setProperty("option", "canary");
        assertThat(tried(route("to: \"log:x?level={{option}}\"")))
                .singleElement()
                .asString()
                .contains("{{option}}");
    }

    @Test
    void anErrorWhileARouteIsMadeIsAProblem() {
        assertThat(tried(route("bean: {beanType: 'org.chatarchiver.routing.RouteTrialTest$Broken'}")))
                .singleElement()
                .asString()
                .contains("cannot be used", "com/example/Missing");
    }

    /** As when an administrator checks a connector while the watch looks at an edit. */
    @Test
    void trialsBesideEachOtherDoNotDisturbEachOther() throws Exception {
        String scheduled = """
                - route:
                    id: x
                    from:
                      uri: quartz
                      parameters: {groupName: connectors, triggerName: x, cron: "0 0 0 1 1 ? 2099"}
                      steps:
                        - log: x
                """;
        ExecutorService people = Executors.newFixedThreadPool(4);
        try {
            List<Future<List<String>>> trials =
                    people.invokeAll(Collections.nCopies(60, () -> tried(scheduled)), 2, TimeUnit.MINUTES);
            for (Future<List<String>> trial : trials) {
                assertThat(trial.get()).isEmpty();
            }
        } finally {
            people.shutdownNow();
        }
    }

    private static String route(String step) {
        return """
                - route:
                    id: x
                    from:
                      uri: direct:x
                      steps:
                        - STEP
                """.replace("STEP", step);
    }

    private List<String> tried(String text) {
        RouteFile file = RouteFile.parse("x.camel.yaml", Path.of("x.camel.yaml"), text);
        assertThat(file.problems()).isEmpty();
        assertThat(BeanReferences.check(List.of(file), name -> Optional.empty()))
                .isNotNull();
        return new RouteTrial(new DefaultListableBeanFactory(), settings)
                .problems(List.of(file), List.of()).stream()
                        .map(Problem::toString)
                        .toList();
    }
}
