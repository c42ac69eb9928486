package org.chatarchiver.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.security.Principal;
import org.chatarchiver.ledger.Page;
import org.chatarchiver.ledger.Run;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

class VerifyApiTest extends ApiTest {
    private static final Principal ADMIN = () -> "anna";

    @Test
    void aVerificationIsStartedAndToldOf() {
        Run run = open(false);
        Page page = page(run, 1);
        imported(page, "m1");
        end(run, page, 1L);

        assertThat(verify(run.id()))
                .hasStatus(HttpStatus.ACCEPTED)
                .hasHeader("Location", "/api/runs/" + run.id() + "/verify")
                .bodyJson()
                .isLenientlyEqualTo(
                        "{\"number\":1,\"requestedBy\":\"anna\",\"progress\":{\"pages\":1,\"items\":1},\"differences\":[],\"more\":0}");
        await().untilAsserted(() -> assertThat(get("/api/runs/{run}/verify", run.id()))
                .bodyJson()
                .isLenientlyEqualTo("{\"state\":\"ENDED\",\"counts\":{}}"));
        assertThat(verify(run.id())).bodyJson().extractingPath("$.number").isEqualTo(2);
    }

    @Test
    void aRunThatPollsOrHasPagesToBeReadOrWasDryIsRefused() {
        Run run = open(false);
        assertProblem(verify(run.id()), HttpStatus.CONFLICT, "is polling; wait");
        Page page = page(run, 1);
        runs.landed(run.id(), 1L);
        assertProblem(verify(run.id()), HttpStatus.CONFLICT, "1 pages have not been worked through");
        imported(page, "m1");
        end(run, page, 1L);
        Run dry = open(true);
        end(dry, null, 0L);
        assertProblem(verify(dry.id()), HttpStatus.CONFLICT, "was dry");
    }

    @Test
    void aRunThatIsNotThereOrWasNeverVerifiedIsNotFound() {
        assertProblem(
                verify("20260101T000000000Z-abcdef"), HttpStatus.NOT_FOUND, "no run '20260101T000000000Z-abcdef'");
        assertProblem(get("/api/runs/{run}/verify", "nothing"), HttpStatus.NOT_FOUND, "never verified");
    }

    @Test
    void theRunsOfAPeriodAreVerifiedOrItIsSaidWhyNot() {
        Run run = open(false);
        Page page = page(run, 1);
        imported(page, "m1");
        end(run, page, 1L);
        Run polls = open(false);

        assertThat(verifyPeriod(run.from().toString(), run.to().toString()))
                .hasStatus(HttpStatus.ACCEPTED)
                .bodyJson()
                .isLenientlyEqualTo(
                        "{\"runs\":[{\"run\":\"" + run.id() + "\",\"problem\":null},{\"run\":\"" + polls.id()
                                + "\",\"problem\":\"The run " + polls.id() + " is polling; wait for it to end\"}]}");
        await().untilAsserted(() -> assertThat(get("/api/runs/{run}/verify", run.id()))
                .bodyJson()
                .isLenientlyEqualTo("{\"state\":\"ENDED\",\"counts\":{}}"));
        assertThat(period(run.from().toString(), run.to().toString()))
                .hasStatusOk()
                .bodyJson()
                .isLenientlyEqualTo("{\"runs\":[{\"run\":\"" + run.id()
                        + "\",\"connector\":\"wechat\",\"state\":\"ENDED\",\"counts\":{},"
                        + "\"progress\":{\"pages\":1}},{\"run\":\"" + polls.id()
                        + "\",\"state\":null,\"progress\":null}],\"more\":false}");
        assertThat(period("1999-01-01T00:00:00Z", "1999-01-02T00:00:00Z"))
                .bodyJson()
                .isLenientlyEqualTo("{\"runs\":[],\"more\":false}");
        assertProblem(period("1999-01-01T00:00:00Z", ""), HttpStatus.BAD_REQUEST, "give two times");
        assertProblem(
                verifyPeriod("1999-01-01T00:00:00Z", "1999-01-02T00:00:00Z"), HttpStatus.NOT_FOUND, "There is no run");
        assertProblem(
                verifyPeriod("1999-01-02T00:00:00Z", "1999-01-02T00:00:00Z"),
                HttpStatus.BAD_REQUEST,
                "a from and a later to");
    }

    private MvcTestResult verifyPeriod(String from, String to) {
        return mvc.post()
                .uri("/api/verify")
                .contentType(MediaType.APPLICATION_JSON)
                .content("{\"connector\":\"wechat\",\"from\":\"" + from + "\",\"to\":\"" + to + "\"}")
                .principal(ADMIN)
                .exchange();
    }

    private MvcTestResult period(String from, String to) {
        return mvc.get()
                .uri("/api/verify?connector=wechat&from={from}&to={to}", from, to)
                .exchange();
    }

    private MvcTestResult verify(String run) {
        return mvc.post().uri("/api/runs/{run}/verify", run).principal(ADMIN).exchange();
    }
}
