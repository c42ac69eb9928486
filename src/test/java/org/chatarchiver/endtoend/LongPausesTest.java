package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import org.chatarchiver.ledger.Reason;
import org.chatarchiver.ledger.Run;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** A feed that wants to be left alone for long: up to an hour it is, in sight of everybody; beyond that the run ends. */
@ExtendWith(OutputCaptureExtension.class)
class LongPausesTest extends CollectionBed {
    private static final Duration SOON = Duration.ofSeconds(30);

    @ParameterizedTest
    @CsvSource({"429,true", "503,false"})
    void beyondAnHourTheRunEndsAtOnceWithItsReasonAndUntilWhen(int status, boolean seconds) {
        Instant until = Instant.now().plus(Duration.ofHours(2));
        day.feed.fail(
                1,
                status,
                seconds ? "7200" : DateTimeFormatter.RFC_1123_DATE_TIME.format(until.atOffset(ZoneOffset.UTC)));

        Run run = now().get(0);

        assertThat(pageRequests()).isEqualTo(1);
        assertThat(run.state()).isEqualTo(Run.State.FAILED);
        assertThat(run.reason()).isEqualTo(Reason.SOURCE_PAUSED);
        assertThat(run.detail()).contains(status + " from ").containsPattern("left alone until [0-9T:-]+Z");
        String named = run.detail().replaceAll(".*until ([0-9T:-]+Z).*", "$1");
        assertThat(Instant.parse(named)).isCloseTo(until, within(1, ChronoUnit.MINUTES));
        assertThat(entries(run)).containsExactly(Reason.SOURCE_PAUSED);
    }

    @Test
    void upToAnHourItIsWaitedForAndTheReportAndTheLogSayUntilWhenAndForWhat(CapturedOutput log) throws Exception {
        Instant until = Instant.now().plus(Duration.ofMinutes(50));
        day.feed.fail(1, 503, "3000");
        ApiClient api = new ApiClient(archiver);

        String run = archiver.start("wechat", false, start.minus(HOUR), start);
        SmallDay.await().atMost(SOON).until(() -> report(api, run).hasNonNull("waitingUntil"));

        JsonNode report = report(api, run);
        assertThat(report.path("state").asText()).isEqualTo("RUNNING");
        assertThat(Instant.parse(report.path("waitingUntil").asText())).isCloseTo(until, within(1, ChronoUnit.MINUTES));
        assertThat(report.path("waitingFor").asText()).contains("asked for page 1 again", "503 from ");
        assertThat(log).containsPattern("Run " + run + " of wechat waits until [0-9T:-]+Z\\. The feed is asked");

        assertThat(api.post("/api/runs/" + run + "/cancel", "application/json", "{}")
                        .body())
                .contains("\"reason\":\"CANCELLED\"", "\"waitingUntil\":null,\"waitingFor\":null");
        SmallDay.await().atMost(SOON).until(() -> runs().stream().noneMatch(one -> one.state() == Run.State.RUNNING));
        assertThat(pageRequests()).isEqualTo(1);
    }

    private static JsonNode report(ApiClient api, String run) throws Exception {
        return new ObjectMapper().readTree(api.get("/api/runs/" + run).body());
    }
}
