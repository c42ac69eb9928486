package org.chatarchiver.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
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
import org.springframework.http.HttpStatus;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

/** Runs as the API shows them, cancels and accepts them. */
class RunsApiTest extends ApiTest {
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
        assertThat(post("/api/runs/" + run.id() + "/cancel", "{\"reason\":\"The wrong day\"}"))
                .hasStatusOk()
                .bodyJson()
                .isLenientlyEqualTo(
                        "{\"state\":\"FAILED\",\"reason\":\"CANCELLED\",\"detail\":\"Cancelled by ada.\",\"summary\":\"The run was cancelled; 0 imported, 0 partially imported, 0 skipped, 0 failed of what had landed.\"}");
        assertProblem(post("/api/runs/" + run.id() + "/cancel", "{}"), HttpStatus.CONFLICT, "only one that polls");
        assertProblem(post("/api/runs/none/cancel", "{}"), HttpStatus.NOT_FOUND, "'none'");
        assertThat(get("/api/audit?action=RUN_CANCELLED"))
                .bodyJson()
                .extractingPath("$.items[0].detail.reason")
                .isEqualTo("The wrong day");
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
        assertProblem(
                post("/api/runs/" + third.id() + "/accept", "{\"reason\":\"" + "x".repeat(501) + "\"}"),
                HttpStatus.BAD_REQUEST,
                "501 characters");
        assertThat(post("/api/runs/" + third.id() + "/accept", "{\"reason\":\"The feed has lost them\"}"))
                .hasStatusOk();
        assertThat(get("/api/audit?action=RUN_ACCEPTED"))
                .bodyJson()
                .extractingPath("$.items[0].detail.reason")
                .isEqualTo("The feed has lost them");
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
}
