package org.chatarchiver.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpStatus;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

/** Runs that an administrator asks for. */
class RunStartsApiTest extends ApiTest {
    @Test
    void aRunIsStartedWithoutABodyAndSaysWhereItsReportIs() {
        MvcTestResult started = mvc.post()
                .uri("/api/connectors/wechat/runs")
                .principal(() -> "ada")
                .exchange();
        String run = runs.list("wechat", 1, "").get(0).id();
        assertThat(started)
                .hasStatus(HttpStatus.ACCEPTED)
                .hasHeader("Location", "/api/runs/" + run)
                .bodyJson()
                .isLenientlyEqualTo(String.format(
                        Locale.ROOT,
                        "{\"id\":\"%s\",\"connector\":\"wechat\",\"state\":\"RUNNING\",\"cause\":\"MANUAL\",\"dryRun\":false,\"imported\":0}",
                        run));
    }

    @Test
    void aWindowMakesABackFillWhichMayBeDry() {
        String day = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC)
                .minusDays(2)
                .toString();
        assertThat(post(
                        "/api/connectors/wechat/runs",
                        String.format(
                                Locale.ROOT,
                                "{\"from\":\"%1$sT00:00:00Z\",\"to\":\"%1$sT06:00:00+02:00\",\"dryRun\":true}",
                                day)))
                .hasStatus(HttpStatus.ACCEPTED)
                .bodyJson()
                .isLenientlyEqualTo(String.format(
                        Locale.ROOT,
                        "{\"cause\":\"BACKFILL\",\"dryRun\":true,\"from\":\"%1$sT00:00:00Z\",\"to\":\"%1$sT04:00:00Z\"}",
                        day));
    }

    @Test
    void aBackFillOfWhatTheSourceHasDroppedIsRefused() {
        Instant kept = clock.instant().minus(Duration.ofDays(7));
        assertProblem(
                post(
                        "/api/connectors/wechat/runs",
                        String.format(
                                Locale.ROOT,
                                "{\"from\":\"%s\",\"to\":\"%s\"}",
                                kept.minusSeconds(60),
                                kept.plusSeconds(60))),
                HttpStatus.BAD_REQUEST,
                "archiver.telemessage.retention");
        assertThat(runs.list("wechat", 1, "")).isEmpty();
        assertThat(post(
                        "/api/connectors/wechat/runs",
                        String.format(
                                Locale.ROOT,
                                "{\"from\":\"%s\",\"to\":\"%s\"}",
                                kept.plusSeconds(60),
                                kept.plusSeconds(120))))
                .hasStatus(HttpStatus.ACCEPTED);
    }

    @Test
    void aSecondRunOfAConnectorIsAConflict() {
        open(false);
        assertProblem(post("/api/connectors/wechat/runs", "{}"), HttpStatus.CONFLICT, "wechat");
        assertThat(post("/api/connectors/whatsapp/runs", "{}")).hasStatus(HttpStatus.ACCEPTED);
    }

    @Test
    void aRunOfAnUnknownConnectorIsNotFound() {
        assertProblem(post("/api/connectors/nobody/runs", "{}"), HttpStatus.NOT_FOUND, "'nobody'");
        assertProblem(get("/api/connectors/nobody/runs"), HttpStatus.NOT_FOUND, "'nobody'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"from\":\"2026-01-02T00:00:00Z\",\"to\":\"2026-01-01T00:00:00Z\"}",
                "{\"from\":\"2026-01-02T00:00:00Z\"}",
                "{\"from\":\"2026-01-02T00:00:00Z\",\"to\":\"2999-01-01T00:00:00Z\"}",
                "{\"from\":\"yesterday\",\"to\":\"2026-01-01T00:00:00Z\"}",
                "{\"dryrun\":true}",
                "{\"dryRun\":{}}",
                "{\"dryRun\":true} {}",
                "[]",
                "{",
            })
    void aWishThatMakesNoSenseIsABadRequestAndStartsNothing(String wish) {
        assertProblem(post("/api/connectors/wechat/runs", wish), HttpStatus.BAD_REQUEST, "");
        assertThat(runs.list("wechat", 1, "")).isEmpty();
    }

    @Test
    void aMisspeltFieldIsNamedWithThoseThatAreKnown() {
        assertProblem(
                post("/api/connectors/wechat/runs", "{\"dryrun\":true}"),
                HttpStatus.BAD_REQUEST,
                "dryrun, which is not known; known are dryRun, from, to");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "[]",
                "true",
                "1",
                "\"now\"",
                "{\"dryRun\":null}",
                "{\"dryRun\":\"true\"}",
                "{\"dryRun\":1}",
                "{\"dryRun\":true,\"dryRun\":false}",
                "{\"from\":1763510400}",
                "{\"from\":\"1763510400\",\"to\":\"1763596800\"}",
                "{\"from\":1763510400.5,\"to\":1763596800}",
                "{\"from\":\"\"}",
                "{\"from\":\"2026-11-19\",\"to\":\"2026-11-20\"}",
                "{\"from\":\"2026-11-19T00:00:00\",\"to\":\"2026-11-20T00:00:00\"}",
                "{\"from\":[2026,11,19]}",
                "{} {}"
            })
    void whatIsNoWishAsDescribedStartsNothing(String body) {
        assertProblem(post("/api/connectors/wechat/runs", body), HttpStatus.BAD_REQUEST, ".");
        assertThat(runs.list("wechat", 1, "")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"+01:00", "-05:30", "Z", "+14:00"})
    void aTimeMayHaveAnotherZone(String zone) {
        Instant to = clock.instant().truncatedTo(ChronoUnit.SECONDS).minus(Duration.ofDays(1));
        Instant from = to.minus(Duration.ofHours(1));
        assertThat(post(
                        "/api/connectors/wechat/runs",
                        String.format(
                                Locale.ROOT,
                                "{\"from\":\"%s\",\"to\":\"%s\"}",
                                from.atOffset(ZoneOffset.of(zone)),
                                to.atOffset(ZoneOffset.of(zone)))))
                .hasStatus(HttpStatus.ACCEPTED)
                .bodyJson()
                .isLenientlyEqualTo(String.format(Locale.ROOT, "{\"from\":\"%s\",\"to\":\"%s\"}", from, to));
    }
}
