package org.chatarchiver.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.chatarchiver.routing.AddedRoute.GOOD;
import static org.chatarchiver.routing.AddedRoute.problems;
import static org.chatarchiver.routing.AddedRoute.references;

import java.util.List;
import java.util.Map;
import org.chatarchiver.connector.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The forms in which editors for Camel's routes write what people write shorter. */
class EditorRoutesTest {
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

    @Test
    void whatAnEditorWritesIsUnderstood() {
        assertThat(problems(EDITED)).isEmpty();
        assertThat(problems(EDITED.replace("name: read-object", "name: read-objcet")))
                .extracting(Problem::toString)
                .containsExactly("bad.camel.yaml:27: sends to 'direct:read-objcet', which no route listens to");
        assertThat(problems(EDITED.replace("expression: direct:read-object", "expression: direct:nowhere")))
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
        assertThat(problems(bare))
                .extracting(Problem::toString)
                .containsExactly("bad.camel.yaml:6: sends to 'direct:nowhere', which no route listens to");
        assertThat(problems(bare.replace("nowhere", "bare"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "setBody: { simple: \"${variable.own}\" }",
                "setBody: { variable: own }",
                "setBody: { expression: { variable: { id: v1, expression: own } } }",
                "to: { uri: direct:read-object, variableSend: own }",
            })
    void aVariableThatARouteSetsItselfMayBeRead(String reading) {
        assertThat(problems(GOOD.replace("name: poll", "name: own").replace("to: direct:read-object", reading)))
                .isEmpty();
        assertThat(problems(GOOD.replace(
                                "setVariable:\n            name: poll\n            simple: \"${body}\"",
                                "setVariables: { variables: [{ name: own, simple: \"${body}\" }] }")
                        .replace("to: direct:read-object", reading)))
                .isEmpty();
    }

    @Test
    void whereAMessageGoesThatSaysSoItselfIsNotKnownBefore() {
        assertThat(problems(GOOD.replace(
                        "to: direct:read-object", "recipientList: { simple: \"direct:${header.channels}\" }")))
                .isEmpty();
    }
}
