package org.chatarchiver.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;

/** Edits of connectors that come to nothing: what is refused touches no file. */
class ConnectorEditsApiTest extends ApiTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "\\u0000", "a\\u0000b", "../x", "a/b", "..", "a\\nb", "A"})
    void whatIsNoIdIsRefusedWithASentence(String id) {
        assertThat(post("/api/connectors/validate", wanted(id)))
                .hasStatusOk()
                .bodyText()
                .contains("an id is [a-z][a-z0-9-]{0,39}");
        assertProblem(post("/api/connectors", wanted(id)), HttpStatus.UNPROCESSABLE_ENTITY, "1 problems");
    }

    @Test
    void whatIsNoIdIsNoConnectorThatRuns() {
        assertThat(mvc.put()
                        .uri("/api/connectors/{id}", "a\0b")
                        .contentType(MediaType.APPLICATION_JSON)
                        .content(wanted("a\\u0000b"))
                        .principal(() -> "ada"))
                .hasStatus(HttpStatus.NOT_FOUND);
        assertThat(mvc.delete().uri("/api/connectors/{id}", "a\0b").principal(() -> "ada"))
                .hasStatus(HttpStatus.NOT_FOUND);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a\\u0000b.camel.yaml", "connectors/a\\u0000b.camel.yaml", "a\\nb.camel.yaml", "../a.camel.yaml"
            })
    void aNameThatIsNoPlaceOfARouteFileIsRefused(String name) {
        assertThat(post("/api/routes/check", "{\"files\":{\"" + name + "\":\"- route:\"}}"))
                .hasStatusOk()
                .bodyText()
                .contains("is no place for a route file");
    }

    private static String wanted(String id) {
        return "{\"id\":\"" + id
                + "\",\"name\":\"Signal\",\"network\":\"SIGNAL\",\"folder\":\"Signal\",\"username\":\"ops\",\"automaticMapping\":true}";
    }
}
