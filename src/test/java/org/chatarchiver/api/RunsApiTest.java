package org.chatarchiver.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.chatarchiver.ledger.DryCounts;
import org.chatarchiver.ledger.NotServed;
import org.chatarchiver.ledger.Page;
import org.chatarchiver.ledger.Reason;
import org.chatarchiver.ledger.Run;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

class RunsApiTest extends ApiTest {
    @Test
    void aRunIsStartedWithoutABodyAndSaysWhereItsReportIs() {
        MvcTestResult started = mvc.post().uri("/api/connectors/wechat/runs").exchange();
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
        assertProblem(get("/api/channels/source?x=1"), HttpStatus.BAD_REQUEST, "known are after, limit");
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

    @Test
    void aReportBalancesAndNamesItsPages() {
        Run run = open(false);
        Page page = page(run, 3);
        imported(page, "m1");
        failed(page, "m2", Reason.NO_MAPPING);
        failed(page, "m3", Reason.QUOTA_EXCEEDED);
        end(run, page, 3L);
        assertThat(get("/api/runs/{run}", run.id()))
                .hasStatusOk()
                .bodyJson()
                .isLenientlyEqualTo(String.format(Locale.ROOT, """
                        {"state":"COMPLETE","availableFromSource":3,"availableForImport":3,"imported":1,"partiallyImported":0,"skipped":0,
                         "failed":2,"failedByReason":{"NO_MAPPING":1,"QUOTA_EXCEEDED":1},"pending":0,"from":"2026-11-19T00:00:00Z",
                         "to":"2026-11-20T00:00:00Z","summary":"1 imported, 0 partially imported, 0 skipped, 2 failed.",
                         "pages":[{"number":1,"path":"%s","sha256":"%s","size":10,"messages":3}]}""", page.path(), "a".repeat(64)));
    }

    @Test
    void aRunThatPollsIsCancelledByNameAndOneThatDoesNotIsRefused() {
        Run run = open(false);
        assertThat(post("/api/runs/" + run.id() + "/cancel", "{}"))
                .hasStatusOk()
                .bodyJson()
                .isLenientlyEqualTo(
                        "{\"state\":\"FAILED\",\"reason\":\"CANCELLED\",\"detail\":\"Cancelled by ada.\",\"summary\":\"The run was cancelled; 0 imported, 0 partially imported, 0 skipped, 0 failed of what had landed.\"}");
        assertProblem(post("/api/runs/" + run.id() + "/cancel", "{}"), HttpStatus.CONFLICT, "only one that polls");
        assertProblem(post("/api/runs/none/cancel", "{}"), HttpStatus.NOT_FOUND, "'none'");
    }

    @Test
    void aRunThatHasLandedCannotBeCancelled() {
        Run run = open(false);
        runs.landed(run.id(), null);
        assertProblem(post("/api/runs/" + run.id() + "/cancel", "{}"), HttpStatus.CONFLICT, "is being delivered");
    }

    @Test
    void anIncompleteRunIsAcceptedByNameOnceItWasAskedForThreeTimes() {
        // The source keeps its messages for days: what it has dropped may be accepted at once.
        Instant from = clock.instant().truncatedTo(ChronoUnit.SECONDS).minus(Duration.ofDays(1));
        Instant to = from.plus(Duration.ofHours(20));
        for (int attempt = 1; attempt < 3; attempt++) {
            Run early = runs.open("wechat", Run.Cause.SCHEDULE, false, from, to).orElseThrow();
            end(early, null, 5L);
            assertProblem(
                    post("/api/runs/" + early.id() + "/accept", "{}"), HttpStatus.CONFLICT, attempt + " of 3 times");
        }
        Run third = runs.open("wechat", Run.Cause.SCHEDULE, false, from, to).orElseThrow();
        end(third, null, 5L);
        assertThat(post("/api/runs/" + third.id() + "/accept", "{}")).hasStatusOk();
        assertThat(get("/api/runs/{run}", third.id()))
                .bodyJson()
                .isLenientlyEqualTo("{\"state\":\"INCOMPLETE\",\"attempt\":3,\"acceptedBy\":\"ada\"}");
        assertThat(get("/api/runs/{run}", third.id()))
                .bodyJson()
                .extractingPath("$.summary")
                .asString()
                .contains("which is accepted");
        assertThat(get("/api/connectors"))
                .bodyJson()
                .extractingPath("$.items[0].watermark")
                .isEqualTo(to.toString());
    }

    @Test
    void whatIsNotIncompleteCannotBeAccepted() {
        Run complete = open(false);
        end(complete, null, 0L);
        assertProblem(post("/api/runs/" + complete.id() + "/accept", "{}"), HttpStatus.CONFLICT, "COMPLETE");
        assertProblem(post("/api/runs/none/accept", "{}"), HttpStatus.NOT_FOUND, "'none'");
    }

    @Test
    void aQuietDaySaysSo() {
        Run run = open(false);
        end(run, null, 0L);
        assertThat(get("/api/runs/{run}", run.id()))
                .bodyJson()
                .extractingPath("$.summary")
                .isEqualTo("No items ingested on 2026-11-19.");
    }

    @Test
    void aDryRunSaysWhatWouldHappen() {
        Run run = open(true);
        Page page = page(run, 2);
        dryCounts.replace(
                page,
                Map.of(
                        new DryCounts.Key(DryCounts.Outcome.MESSAGES, null), 2L,
                        new DryCounts.Key(DryCounts.Outcome.IMPORTED, null), 2L));
        end(run, page, null);
        assertThat(get("/api/runs/{run}", run.id()))
                .bodyJson()
                .isLenientlyEqualTo(
                        "{\"dryRun\":true,\"imported\":2,\"summary\":\"Would be: 2 imported, 0 partially imported, 0 skipped, 0 failed.\"}");
    }

    @Test
    void participantsWhoseAddressCouldNotBeUsedAreCountedAndListedAndNoFailures() {
        Run run = open(false);
        Page page = page(run, 1);
        imported(page, "m1");
        end(run, page, 1L);
        UUID message = new UUID(1, 2);
        notServed.add(
                run.id(),
                List.of(
                        new NotServed.Sighting(message, "f", "+44 f", Reason.ADDRESS_REFUSED, "No address."),
                        new NotServed.Sighting(message, "g", "g", Reason.MAILBOX_NOT_FOUND, "No mailbox."),
                        new NotServed.Sighting(new UUID(3, 4), "f", "+44 f", Reason.ADDRESS_REFUSED, "No address.")));
        assertThat(get("/api/runs/{run}", run.id())).hasStatusOk().bodyJson().isLenientlyEqualTo("""
                {"imported":1,"failed":0,"availableForImport":1,"notServed":3,"notServedByReason":{"ADDRESS_REFUSED":2,"MAILBOX_NOT_FOUND":1},
                 "summary":"1 imported, 0 partially imported, 0 skipped, 0 failed. In 3 cases the address that the source carries for a participant could not be used.",
                 "participantsNotServed":[{"participant":"+44 f","reason":"ADDRESS_REFUSED","detail":"No address.","messages":2},
                    {"participant":"g","reason":"MAILBOX_NOT_FOUND","detail":"No mailbox.","messages":1}]}""");
        assertThat(get("/api/connectors/wechat/runs"))
                .bodyJson()
                .isLenientlyEqualTo("{\"items\":[{\"notServed\":3,\"participantsNotServed\":null}]}");
        assertThat(get("/api/runs/{run}/not-served?limit=1", run.id())).satisfies(first -> {
            assertThat(first).bodyJson().extractingPath("$.items.length()").isEqualTo(1);
            assertThat(first).bodyJson().extractingPath("$.next").isNotNull();
        });
        assertThat(get("/api/runs/{run}/not-served?limit=2", run.id()))
                .bodyJson()
                .extractingPath("$.next")
                .isNull();
        assertProblem(get("/api/runs/none/not-served"), HttpStatus.NOT_FOUND, "'none'");
        assertProblem(get("/api/runs/{run}/not-served?after=x", run.id()), HttpStatus.BAD_REQUEST, "after");
    }

    @Test
    void aFailedAndAnIncompleteRunSayWhy() {
        Run failed = open(false);
        runs.failed(failed.id(), Reason.SOURCE_UNAUTHORIZED, "The feed answered 401.");
        assertThat(get("/api/runs/{run}", failed.id()))
                .bodyJson()
                .isLenientlyEqualTo(
                        "{\"state\":\"FAILED\",\"reason\":\"SOURCE_UNAUTHORIZED\",\"detail\":\"The feed answered 401.\"}");
        Run incomplete = open(false);
        end(incomplete, null, 5L);
        assertThat(get("/api/runs/{run}", incomplete.id()))
                .bodyJson()
                .isLenientlyEqualTo("{\"state\":\"INCOMPLETE\",\"reason\":\"COUNT_DIFFERS\"}");
    }

    @Test
    void runsAreListedNewestFirstInParts() {
        Run first = open(false);
        end(first, null, null);
        jdbc.update("update run set id = '20260101T000000000Z-aaaaaa' where id = ?", first.id());
        Run second = open(false);
        assertThat(get("/api/connectors/wechat/runs?limit=1"))
                .bodyJson()
                .isLenientlyEqualTo(String.format(
                        Locale.ROOT, "{\"items\":[{\"id\":\"%s\"}],\"next\":\"%s\"}", second.id(), second.id()));
        assertThat(get("/api/connectors/wechat/runs?limit=1&after={after}", second.id()))
                .bodyJson()
                .isLenientlyEqualTo("{\"items\":[{\"id\":\"20260101T000000000Z-aaaaaa\"}],\"next\":null}");
    }

    @Test
    void theFailuresOfARunAreListedInParts() {
        Run run = open(false);
        Page page = page(run, 2);
        failed(page, "m1", Reason.NO_MAPPING);
        failed(page, "m2", Reason.QUOTA_EXCEEDED);
        MvcTestResult part = get("/api/runs/{run}/failures?limit=1", run.id());
        assertThat(part)
                .hasStatusOk()
                .bodyJson()
                .extractingPath("$.items[0].messageId")
                .isEqualTo("m1");
        String next = channels.ofRun(run.id(), 1, 0).get(0).id() + "";
        assertThat(part).bodyJson().extractingPath("$.next").isEqualTo(next);
        assertThat(get("/api/runs/{run}/failures?after={next}", run.id(), next))
                .bodyJson()
                .isLenientlyEqualTo(
                        "{\"items\":[{\"messageId\":\"m2\",\"channel\":\"undeliverable\",\"mailbox\":\"anna@example.com\"}],\"next\":null}");
    }

    @Test
    void anUnknownRunIsNotFound() {
        assertProblem(get("/api/runs/{run}", "no\nsuch"), HttpStatus.NOT_FOUND, "'no\\nsuch'");
        assertProblem(get("/api/runs/none/failures"), HttpStatus.NOT_FOUND, "'none'");
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

    static void assertProblem(MvcTestResult answer, HttpStatus status, String part) {
        assertThat(answer).hasStatus(status).hasContentType(MediaType.APPLICATION_PROBLEM_JSON);
        assertThat(answer).bodyJson().extractingPath("$.detail").asString().contains(part);
        assertThat(answer).bodyJson().extractingPath("$.status").isEqualTo(status.value());
    }
}
