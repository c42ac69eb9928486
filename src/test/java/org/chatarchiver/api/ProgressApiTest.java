package org.chatarchiver.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.chatarchiver.collect.Announced;
import org.chatarchiver.ledger.ConnectorPauses;
import org.chatarchiver.ledger.Page;
import org.chatarchiver.ledger.Polls;
import org.chatarchiver.ledger.Reason;
import org.chatarchiver.ledger.Run;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpStatus;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

class ProgressApiTest extends ApiTest {
    @Autowired
    private ApiContext.SaidHindrances hindrances;

    @Autowired
    private Announced announced;

    @Autowired
    private Polls polls;

    @Autowired
    private ConnectorPauses pauses;

    @AfterEach
    void mend() {
        hindrances.said.clear();
    }

    @Test
    void aRunSaysHowFarItIs() {
        Run run = open(false);
        Page page = page(run, 10);
        imported(page, "m1");
        failed(page, "m2", Reason.NO_MAPPING);
        assertThat(progress(run)).bodyJson().isLenientlyEqualTo("""
                        {"connector":"wechat","state":"RUNNING","polling":true,"pagesLanded":1,"pagesDone":0,"itemsDone":2,"itemsKnown":10,
                        "itemsPerSecond":null,"secondsLeft":null,"waiting":0,"waitingFor":null}""");
        end(run, page, 10L);
        assertThat(progress(run))
                .bodyJson()
                .isLenientlyEqualTo("{\"polling\":false,\"pagesDone\":1,\"secondsLeft\":null}");
    }

    @Test
    void whileARunPollsItIsMeasuredByWhatTheSourceHasAnnounced() {
        Run run = open(false);
        Page page = page(run, 10);
        imported(page, "m1");
        failed(page, "m2", Reason.NO_MAPPING);
        announced.says(run.id(), 900L);
        announced.says(run.id(), null);
        assertThat(progress(run))
                .bodyJson()
                .isLenientlyEqualTo("{\"itemsDone\":2,\"itemsKnown\":900,\"announced\":900}");
        announced.says(run.id(), 5L);
        assertThat(progress(run))
                .as("a source that has announced too little")
                .bodyJson()
                .isLenientlyEqualTo("{\"itemsKnown\":10,\"announced\":5}");
        end(run, page, 10L);
        assertThat(progress(run)).bodyJson().isLenientlyEqualTo("{\"polling\":false,\"announced\":null}");
    }

    @Test
    void aRunThatStandsStillSaysWhy() {
        Run run = open(false);
        page(run, 10);
        hindrances.said.put("wechat", "The destination is out.");
        assertThat(progress(run)).bodyJson().isLenientlyEqualTo("{\"waitingFor\":\"The destination is out.\"}");

        pauses.pause("wechat", "ada", "The feed moves");
        assertThat(progress(run))
                .bodyJson()
                .extractingPath("$.waitingFor")
                .asString()
                .startsWith("Goes on when the connector is resumed, which is paused by 'ada'");

        polls.waits(run.id(), clock.instant().plusSeconds(60), "The feed is busy.");
        assertThat(progress(run)).bodyJson().isLenientlyEqualTo("{\"waitingFor\":\"The feed is busy.\"}");
        assertThat(progress(run)).bodyJson().extractingPath("$.waitingUntil").isNotNull();
    }

    @Test
    void ofARunThatThereIsNotNothingIsSaid() {
        assertProblem(get("/api/runs/none/progress"), HttpStatus.NOT_FOUND, "'none'");
    }

    private MvcTestResult progress(Run run) {
        return get("/api/runs/{run}/progress", run.id());
    }
}
