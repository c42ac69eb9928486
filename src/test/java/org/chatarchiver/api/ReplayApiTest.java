package org.chatarchiver.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.Principal;
import org.chatarchiver.ledger.Page;
import org.chatarchiver.ledger.Reason;
import org.chatarchiver.ledger.Run;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatus;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

class ReplayApiTest extends ApiTest {
    private static final Principal ADMIN = () -> "anna";

    @Test
    void aReplayTakesWhatWasDeliveredAndLeavesWhatFailed() {
        Run run = open(false);
        Page page = page(run, 2);
        imported(page, "m1");
        failed(page, "m2", Reason.NO_MAPPING);
        end(run, page, 2L);

        MvcTestResult answer = replay(run.id());

        assertThat(answer)
                .hasStatus(HttpStatus.ACCEPTED)
                .hasHeader("Location", "/api/runs/" + run.id() + "/replay")
                .bodyJson()
                .isLenientlyEqualTo(
                        "{\"requestedBy\":\"anna\",\"items\":1,\"present\":0,\"deliveredAgain\":0,\"failed\":0,\"pending\":1}");
        assertThat(get("/api/runs/{run}/replay", run.id()))
                .bodyJson()
                .extractingPath("$.pending")
                .isEqualTo(1);
        assertThat(get("/api/runs/{run}", run.id()))
                .bodyJson()
                .isLenientlyEqualTo("{\"state\":\"COMPLETE\",\"failed\":1,\"pending\":0,\"imported\":1}");
        assertProblem(replay(run.id()), HttpStatus.CONFLICT, "under way");
    }

    @Test
    void aDryRunAndAnUnknownOneAreRefused() {
        Run dry = open(true);
        end(dry, null, 0L);
        assertProblem(replay(dry.id()), HttpStatus.CONFLICT, "was dry");
        assertProblem(
                replay("20260101T000000000Z-abcdef"), HttpStatus.NOT_FOUND, "no run '20260101T000000000Z-abcdef'");
        assertProblem(get("/api/runs/{run}/replay", "nothing"), HttpStatus.NOT_FOUND, "never replayed");
    }

    @Test
    void aRunWhoseConnectorDoesNotRunIsRefused() {
        Run run = open(false);
        end(run, null, 0L);
        connectors();
        assertProblem(replay(run.id()), HttpStatus.CONFLICT, "The connector wechat does not run");
    }

    private MvcTestResult replay(String run) {
        return mvc.post().uri("/api/runs/{run}/replay", run).principal(ADMIN).exchange();
    }
}
