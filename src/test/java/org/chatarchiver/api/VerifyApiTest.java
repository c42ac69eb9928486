package org.chatarchiver.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.security.Principal;
import java.time.Duration;
import java.time.Instant;
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

    @Test
    void aPeriodWithMoreRunsThanAreVerifiedAtOnceIsRefusedWithOneThatIsNot() {
        Instant start = Instant.parse("2026-01-01T00:00:00Z");
        Run first = runs.open("wechat", Run.Cause.SCHEDULE, false, start, start.plus(Duration.ofHours(1)))
                .orElseThrow();
        end(first, null, 0L);
        jdbc.update("""
                insert into run (id, connector, cause, dry, window_from, window_to, state, started, landed, finished, attempt, fully_landed)
                select concat('copy', x), connector, cause, dry, dateadd('HOUR', x, window_from), dateadd('HOUR', x, window_to),
                    state, started, landed, finished, attempt, fully_landed
                from run, (select * from system_range(1, 1000)) as numbers (x) where id = ?""", first.id());
        String from = start.toString();
        String reach = start.plus(Duration.ofHours(1_000)).toString();
        String to = start.plus(Duration.ofHours(1_001)).toString();

        MvcTestResult refused = verifyPeriod(from, to);

        assertProblem(refused, HttpStatus.BAD_REQUEST, "it may reach to " + reach);
        assertThat(refused)
                .bodyJson()
                .isLenientlyEqualTo(
                        "{\"reason\":\"TOO_MANY_RUNS\",\"value\":1001,\"most\":1000,\"reach\":\"" + reach + "\"}");
        assertThat(jdbc.queryForObject("select count(*) from verification", Long.class))
                .isZero();
        assertThat(period(from, to)).bodyJson().extractingPath("$.more").isEqualTo(true);
        assertThat(period(from, to))
                .bodyJson()
                .extractingPath("$.advice")
                .asString()
                .contains("1001 runs", "one connector", "call the command verify");
        assertThat(period(from, reach)).bodyJson().isLenientlyEqualTo("{\"more\":false,\"advice\":null}");
        assertThat(period(from, reach))
                .bodyJson()
                .extractingPath("$.runs")
                .asArray()
                .hasSize(1_000);
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
