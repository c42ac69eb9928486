package org.chatarchiver.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiAccessTest extends HttpTest {

    @Test
    void readerMayLook() throws Exception {
        assertThat(get("/api/things", as(READER)).body()).isEqualTo("looked");
        assertThat(send("HEAD", "/api/things", as(READER)).statusCode()).isEqualTo(200);
    }

    @Test
    void readerMayNotChange() throws Exception {
        assertProblem(send("POST", "/api/things", as(READER)), 403, "DATA_CONNECTOR_ADMIN");
        assertProblem(send("PUT", "/api/things", as(READER)), 403, "DATA_CONNECTOR_ADMIN");
        assertProblem(send("DELETE", "/api/things", as(READER)), 403, "DATA_CONNECTOR_ADMIN");
    }

    @Test
    void administratorMayLookAndChange() throws Exception {
        assertThat(get("/api/things", as(ADMIN)).body()).isEqualTo("looked");
        assertThat(send("POST", "/api/things", as(ADMIN)).body()).isEqualTo("changed");
    }

    @Test
    void answersThatAreWrittenLaterArePermittedToo() throws Exception {
        assertThat(get("/api/things/later", as(READER)).body()).isEqualTo("looked later");
    }

    @Test
    void nobodyIsAskedToLogIn() throws Exception {
        HttpResponse<String> answer = get("/api/things");
        assertProblem(answer, 401, "HTTP Basic");
        assertThat(answer.headers().firstValue("WWW-Authenticate"))
                .hasValueSatisfying(challenge -> assertThat(challenge).startsWith("Basic realm="));
    }

    @Test
    void wrongPasswordIsRefused() throws Exception {
        assertProblem(get("/api/things", as(ADMIN, "wrong")), 401, "password is wrong");
    }

    @Test
    void emptyPasswordIsRefused() throws Exception {
        assertProblem(get("/api/things", as(ADMIN, "")), 401, "password is wrong");
    }

    @Test
    void passwordLongerThanBcryptReadsIsRefused() throws Exception {
        assertProblem(get("/api/things", as(ADMIN, "x".repeat(1000))), 401, "password is wrong");
    }

    @Test
    void unknownUserIsRefusedInTheSameWords() throws Exception {
        assertThat(get("/api/things", as("nobody")).body())
                .isEqualTo(get("/api/things", as(ADMIN, "wrong")).body());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic !!!", "Basic", "Basic eA==", "Bearer abc"})
    void brokenCredentialsAreRefused(String header) throws Exception {
        assertProblem(get("/api/things", "Authorization", header), 401, "wrong");
    }

    @Test
    void noSessionAndNoCookieIsMade() throws Exception {
        HttpResponse<String> answer = get("/api/things", as(ADMIN));
        assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
    }

    @Test
    void answersCarrySecurityHeaders() throws Exception {
        HttpResponse<String> answer = get("/api/things", as(ADMIN));
        assertThat(answer.headers().map())
                .containsKeys("x-content-type-options", "x-frame-options", "content-security-policy", "referrer-policy")
                .doesNotContainKey("server");
        assertThat(answer.headers().firstValue("Cache-Control"))
                .hasValueSatisfying(cache -> assertThat(cache).contains("no-store"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/jolokia", "/hawtio", "/h2-console", "/index.html", "/error", "/apix", "/login"})
    void pathThatIsNotListedIsServedToNobody(String path) throws Exception {
        assertProblem(get(path), 401, "HTTP Basic");
        assertProblem(get(path, as(READER)), 403, "COMPLIANCE_READER");
        assertProblem(get(path, as(ADMIN)), 404, "/api");
    }

    @Test
    void unknownPathOfTheApiIsNotFound() throws Exception {
        assertProblem(get("/api/unknown", as(READER)), 404, "GET /api/openapi");
        assertProblem(get("/api/unknown"), 401, "HTTP Basic");
    }

    @Test
    void wrongMethodNamesTheRightOnes() throws Exception {
        assertProblem(send("DELETE", "/api/things", as(ADMIN)), 405, "GET");
    }

    @Test
    void failureTellsNothingOfTheException() throws Exception {
        HttpResponse<String> answer = get("/api/things/broken", as(READER));
        assertProblem(answer, 500, "log");
        assertThat(answer.body()).doesNotContain("inner details", "IllegalState", "trace");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/../actuator/env", "/api//things", "/api/things;x=1", "/api/%2e%2e/actuator/env"})
    void pathThatIsWrittenToDeceiveIsRefused(String path) throws Exception {
        assertThat(get(path, as(READER)).statusCode()).isBetween(400, 404);
    }

    @Test
    void anotherSitesPageChangesNothing() throws Exception {
        assertProblem(
                send("POST", "/api/things", as(ADMIN, new String[] {"Sec-Fetch-Site", "cross-site"})), 403, "site");
        assertProblem(
                send("POST", "/api/things", as(ADMIN, new String[] {"Origin", "https://evil.example"})), 403, "site");
        assertProblem(send("POST", "/api/things", as(ADMIN, new String[] {"Origin", "null"})), 403, "site");
    }

    @Test
    void ourOwnPageMayChange() throws Exception {
        assertThat(send("POST", "/api/things", as(ADMIN, new String[] {"Sec-Fetch-Site", "same-origin"}))
                        .statusCode())
                .isEqualTo(200);
    }

    static void assertProblem(HttpResponse<String> answer, int status, String cure) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
        assertThat(answer.body())
                .contains("\"status\":" + status, "\"detail\":")
                .contains(cure);
    }
}
