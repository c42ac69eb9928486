package org.chatarchiver.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

/** What of a request is not as the API describes it, whatever it asks for. */
class RequestFormatsApiTest extends ApiTest {
    @Test
    void aBodyThatIsNoJsonIsAnUnsupportedMediaType() {
        assertProblem(
                mvc.post()
                        .uri("/api/connectors/wechat/runs")
                        .contentType(MediaType.APPLICATION_FORM_URLENCODED)
                        .content("dryRun=true")
                        .exchange(),
                HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                "application/json");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/xml",
                "text/xml",
                "text/plain",
                "application/x-www-form-urlencoded",
                "image/svg+xml",
                "text/csv",
                "nonsense"
            })
    void nothingButJsonIsRead(String type) {
        for (String path : List.of(
                "/api/connectors/wechat/runs",
                "/api/channels/source/requeue",
                "/api/runs/none/cancel",
                "/api/runs/none/accept",
                "/api/runs/none/replay")) {
            for (String body : List.of("<a/>", "{}", "a=b")) {
                MvcTestResult answer = mvc.post()
                        .uri(path)
                        .header("Content-Type", type)
                        .content(body)
                        .principal(() -> "ada")
                        .exchange();
                assertProblem(answer, HttpStatus.UNSUPPORTED_MEDIA_TYPE, "application/json");
            }
        }
        assertThat(runs.list("wechat", 1, "")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/xml",
                "text/html",
                "image/*",
                "application/json;q=0",
                "nonsense",
                "application/problem+json"
            })
    void whoTakesNoJsonGetsNoneAndStartsNothing(String accept) {
        MvcTestResult answer = mvc.post()
                .uri("/api/connectors/wechat/runs")
                .header("Accept", accept)
                .exchange();
        assertProblem(answer, HttpStatus.NOT_ACCEPTABLE, "application/json");
        assertThat(runs.list("wechat", 1, "")).isEmpty();
        assertProblem(
                mvc.get().uri("/api/channels").header("Accept", accept).exchange(),
                HttpStatus.NOT_ACCEPTABLE,
                "application/json");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"*/*", "application/*", "application/json;charset=utf-8", "text/html, application/json;q=0.1"})
    void whoTakesJsonAmongOthersGetsIt(String accept) {
        assertThat(mvc.get().uri("/api/channels").header("Accept", accept).exchange())
                .hasStatus(HttpStatus.OK);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/connectors?limt=1",
                "/api/connectors/wechat/runs?before=x",
                "/api/channels?limit=1",
                "/api/channels/source?Limit=1",
                "/api/channels/source?limit=1&state=open"
            })
    void anUnknownParameterIsNamedWithThoseThatAreKnown(String path) {
        assertProblem(get(path), HttpStatus.BAD_REQUEST, "is not known here");
    }

    @Test
    void anUnknownParameterStartsNothing() {
        assertProblem(
                mvc.post().uri("/api/connectors/wechat/runs?dryRun=true").exchange(),
                HttpStatus.BAD_REQUEST,
                "'dryRun' is not known here; there is none");
        assertThat(runs.list("wechat", 1, "")).isEmpty();
        assertProblem(get("/api/channels/source?limit=1&limit=2"), HttpStatus.BAD_REQUEST, "2 times");
        assertProblem(
                get("/api/channels/source?x=1"),
                HttpStatus.BAD_REQUEST,
                "known are after, closed, connector, limit, reason");
    }

    @Test
    void aBodyOfMoreThanAMegabyteIsRefusedUnread() {
        String blank = " ".repeat(BodyLimit.MOST_BYTES);
        assertProblem(
                post("/api/connectors/wechat/runs", "{\"dryRun\":true" + blank + "}"),
                HttpStatus.PAYLOAD_TOO_LARGE,
                "larger than 1 MB");
        assertProblem(
                post("/api/channels/malformed/requeue", "{\"ids\":[" + blank + "1]}"),
                HttpStatus.PAYLOAD_TOO_LARGE,
                "larger than 1 MB");
        assertThat(runs.list("wechat", 1, "")).isEmpty();
        assertThat(post("/api/connectors/wechat/runs", "{}" + blank.substring(2)))
                .hasStatus(HttpStatus.ACCEPTED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=0", "limit=1001", "limit=many", "after=a%00b"})
    void aParameterOutOfItsRangeIsABadRequestThatNamesIt(String parameter) {
        String name = parameter.substring(0, parameter.indexOf('='));
        assertProblem(
                mvc.get()
                        .uri(java.net.URI.create("/api/connectors/wechat/runs?" + parameter))
                        .exchange(),
                HttpStatus.BAD_REQUEST,
                "The parameter " + name + " is '");
    }

    @Test
    void anUnknownMethodIsAProblemToo() {
        assertThat(mvc.delete().uri("/api/runs/x")).hasStatus(HttpStatus.METHOD_NOT_ALLOWED);
        assertThat(get("/api/nothing")).hasStatus(HttpStatus.NOT_FOUND);
    }
}
