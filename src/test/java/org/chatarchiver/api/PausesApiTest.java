package org.chatarchiver.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.chatarchiver.ledger.ConnectorPauses;
import org.chatarchiver.ledger.Run;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.http.HttpStatus;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

@ExtendWith(OutputCaptureExtension.class)
class PausesApiTest extends ApiTest {
    private static final String PAUSE = "/api/connectors/wechat/pause";
    private static final String RESUME = "/api/connectors/wechat/resume";

    @Autowired
    private ConnectorPauses pauses;

    @Test
    void aPausedConnectorSaysByWhomSinceWhenAndWhyUntilItIsResumed(CapturedOutput log) {
        assertThat(get("/api/connectors"))
                .bodyJson()
                .extractingPath("$.items[0].paused")
                .isNull();

        MvcTestResult paused = post(PAUSE, "{\"reason\":\" The feed moves: \\u00fc \"}");

        String at = pauses.of("wechat").orElseThrow().at().toString();
        String pause =
                String.format(Locale.ROOT, "{\"by\":\"ada\",\"at\":\"%s\",\"reason\":\"The feed moves: \u00fc\"}", at);
        assertThat(paused).hasStatusOk().bodyJson().isLenientlyEqualTo("{\"id\":\"wechat\",\"paused\":" + pause + "}");
        assertThat(get("/api/connectors"))
                .bodyJson()
                .isLenientlyEqualTo("{\"items\":[{\"id\":\"wechat\",\"paused\":" + pause
                        + "},{\"id\":\"whatsapp\",\"paused\":null}]}");
        assertThat(post(RESUME, "{}"))
                .hasStatusOk()
                .bodyJson()
                .isLenientlyEqualTo("{\"id\":\"wechat\",\"paused\":null}");
        assertThat(get("/api/connectors"))
                .bodyJson()
                .extractingPath("$.items[0].paused")
                .isNull();
        assertThat(log).contains("wechat is paused by ada: The feed moves", "wechat is resumed by ada");
    }

    @Test
    void aSecondPauseChangesNothingAndShowsTheFirstAndSoDoesASecondResumption() {
        post(PAUSE, "{\"reason\":\"First\"}");
        Optional<ConnectorPauses.Pause> first = pauses.of("wechat");

        assertThat(post(PAUSE, "{\"reason\":\"Second\"}"))
                .hasStatusOk()
                .bodyJson()
                .extractingPath("$.paused.reason")
                .isEqualTo("First");
        assertThat(pauses.of("wechat")).isEqualTo(first);

        for (int time = 0; time < 2; time++) {
            assertThat(mvc.post().uri(RESUME).principal(() -> "bob").exchange())
                    .hasStatusOk()
                    .bodyJson()
                    .extractingPath("$.paused")
                    .isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "{}",
                "{\"reason\":null}",
                "{\"reason\":\" \"}",
                "{\"reason\":[\"x\"]}",
                "{\"reason\":\"x\",\"by\":\"bob\"}",
                "{\"reason\":\"two\\nlines\"}",
                "{\"reason\":\"nul\\u0000\"}",
                "{\"reason\":\"turned\\u202e\"}",
                "{\"reason\":\"sepa\\u2028rated\"}",
                "{\"reason\":\"half\\ud800\"}",
                "{\"reason\":\"escape\\u001b[31m\"}"
            })
    void aReasonIsOneLineOfText(String wish) {
        assertProblem(post(PAUSE, wish), HttpStatus.BAD_REQUEST, "");
        assertThat(pauses.of("wechat")).isEmpty();
    }

    @Test
    void aReasonHasAtMost500Characters() {
        assertProblem(
                post(PAUSE, "{\"reason\":\"" + "x".repeat(501) + "\"}"),
                HttpStatus.BAD_REQUEST,
                "has 501 characters; say in 1 to 500");
        assertThat(post(PAUSE, "{\"reason\":\"" + "x".repeat(500) + "\"}")).hasStatusOk();
        assertThat(pauses.of("wechat").orElseThrow().reason()).hasSize(500);
    }

    @Test
    void aConnectorThatIsNotThereCanBeNeither() {
        assertProblem(post("/api/connectors/nobody/pause", "{\"reason\":\"x\"}"), HttpStatus.NOT_FOUND, "'nobody'");
        assertProblem(post("/api/connectors/nobody/resume", "{}"), HttpStatus.NOT_FOUND, "'nobody'");
    }

    @Test
    void noRunIsStartedWhileItIsPausedAndTheRefusalSaysTheCure() {
        post(PAUSE, "{\"reason\":\"The feed moves\"}");
        for (String wish : List.of(
                "{}",
                "{\"dryRun\":true}",
                String.format(
                        Locale.ROOT,
                        "{\"from\":\"%s\",\"to\":\"%s\"}",
                        clock.instant().minusSeconds(120),
                        clock.instant().minusSeconds(60)))) {
            assertProblem(
                    post("/api/connectors/wechat/runs", wish),
                    HttpStatus.CONFLICT,
                    "('The feed moves'); POST /api/connectors/wechat/resume first.");
        }
        assertThat(runs.list("wechat", 1, "")).isEmpty();
        assertThat(post("/api/connectors/whatsapp/runs", "{}")).hasStatus(HttpStatus.ACCEPTED);
        post(RESUME, "{}");
        assertThat(post("/api/connectors/wechat/runs", "{}")).hasStatus(HttpStatus.ACCEPTED);
    }

    @Test
    void aRunThatPollsSaysThatItGoesOnWhenTheConnectorIsResumedAndOneThatHasLandedDoesNot() {
        Run run = open(false);
        post(PAUSE, "{\"reason\":\"The feed moves\"}");
        for (String path : List.of("/api/runs/" + run.id(), "/api/connectors/wechat/runs")) {
            assertThat(get(path))
                    .bodyText()
                    .contains("Goes on when the connector is resumed, which is paused by 'ada'");
        }
        runs.landed(run.id(), null);
        assertThat(get("/api/runs/" + run.id()))
                .bodyJson()
                .extractingPath("$.waitingFor")
                .isNull();
    }
}
