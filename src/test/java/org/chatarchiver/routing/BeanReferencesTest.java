package org.chatarchiver.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.chatarchiver.routing.AddedRoute.GOOD;
import static org.chatarchiver.routing.AddedRoute.edit;
import static org.chatarchiver.routing.AddedRoute.problems;
import static org.chatarchiver.routing.AddedRoute.references;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.chatarchiver.collect.RunStarts;
import org.chatarchiver.connector.Problem;
import org.junit.jupiter.api.Test;

class BeanReferencesTest {
    @Test
    void beansOfAFileAreKnownToItsRoutes() {
        String own = GOOD + """
                - beans:
                    - name: notes
                      type: java.util.ArrayList
                """;
        assertThat(problems(own)).isEmpty();
        assertThat(references(own, Map.of())).isEmpty();
        assertThat(references(own.replace("java.util.ArrayList", "\"#class:java.util.ArrayList(7)\""), Map.of()))
                .isEmpty();
        assertThat(references(own.replace("method: add", "method: ad"), Map.of()))
                .containsExactly("bad.camel.yaml:11: calls the method 'ad', which the bean 'notes' does not have");
    }

    @Test
    void aBeanOfAFileDoesNotTakeTheNameOfTheArchiversOwn() {
        String own = GOOD + """
                - beans:
                    - name: notes
                      type: java.util.ArrayList
                """;
        assertThat(references(own, Map.of("notes", List.class)))
                .containsExactly(
                        "bad.camel.yaml:15: declares the bean 'notes', which the archiver has; take another name");
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
        assertThat(BeanReferences.check(template, name -> Optional.of(RunStarts.class)))
                .extracting(Problem::sentence)
                .contains("calls the method 'opn', which the bean '{{connector}}' does not have");
    }

    @Test
    void aBeanIsAClassOfItsOwn() {
        String own = GOOD + """
                - beans:
                    - name: notes
                      type: java.util.ArrayList
                      KEY
                """;
        for (String key : List.of(
                "script: \"1\"",
                "scriptLanguage: simple",
                "factoryBean: x",
                "factoryMethod: of",
                "factory-method: of",
                "builderClass: x",
                "builderMethod: build")) {
            assertThat(references(own.replace("KEY", key), Map.of()))
                    .containsExactly("bad.camel.yaml:17: has a bean with '" + key.replaceFirst(":.*", "")
                            + "'; a bean is a class of its own, with 'type', 'constructors' and 'properties'");
        }
        assertThat(references(own.replace("KEY", "initMethod: clear"), Map.of()))
                .isEmpty();
        assertThat(references(
                        own.replace("KEY", "").replace("java.util.ArrayList", "\"#class:java.util.ArrayList#copy(1)\""),
                        Map.of()))
                .contains("bad.camel.yaml:15: has a bean of the type '#class:java.util.ArrayList#copy(1)',"
                        + " which calls a factory; a bean is a class of its own");
        for (String type : List.of("com.example.Nowhere", "java.util.List", "java.util.AbstractList")) {
            assertThat(references(own.replace("KEY", "").replace("java.util.ArrayList", type), Map.of()))
                    .contains("bad.camel.yaml:15: has a bean of the type '" + type
                            + "', which is no class that can be made");
        }
    }

    @Test
    void aBeanOfATemplateIsAClassOfItsOwn() {
        String type = "type: org.chatarchiver.collect.ConnectorBean";
        List<RouteFile> template = edit("collect.camel.yaml", type, type + "\n        factoryMethod: of").stream()
                .filter(file -> file.name().equals("collect.camel.yaml"))
                .toList();
        assertThat(BeanReferences.check(template, name -> Optional.of(RunStarts.class)))
                .extracting(Problem::sentence)
                .anyMatch(sentence -> sentence.startsWith("has a bean with 'factoryMethod'"));
    }
}
