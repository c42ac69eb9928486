package org.chatarchiver.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UnsupportedEncodingException;
import org.assertj.core.api.AbstractStringAssert;
import org.chatarchiver.ledger.Page;
import org.chatarchiver.ledger.Replays;
import org.chatarchiver.ledger.Run;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What has landed and was not looked into yet is in no count of a report: that it is there, and what it waits for, is told. */
class UnreadPagesTest extends ApiTest {
    private static final String WHY = "The mapping file of 'wechat' is not there.";

    @Autowired
    private ApiContext.SaidHindrances hindrances;

    @Autowired
    private Replays replays;

    @AfterEach
    void mend() {
        hindrances.said.clear();
    }

    @Test
    void aRunWhosePagesWaitSaysHowManyAndForWhat() {
        hindrances.said.put("wechat", WHY);
        Run run = open(false);
        Page page = page(run, 200);
        assertThat(get("/api/runs/{run}", run.id()))
                .bodyJson()
                .isLenientlyEqualTo("{\"pagesUnread\":1,\"waitingFor\":\"" + WHY + "\",\"waitingUntil\":null}");
        summary(run).startsWith("Polling;").endsWith("; 1 page is still to be read.");

        runs.landed(run.id(), 200L);
        pages.landed(new Page(run.id(), 2, "path", "b".repeat(64), 10, 5, clock.instant()));
        summary(run).endsWith(" 0 to come; 2 pages are still to be read.");
        assertThat(get("/api/connectors/wechat/runs"))
                .bodyJson()
                .isLenientlyEqualTo("{\"items\":[{\"pagesUnread\":2,\"waitingFor\":\"" + WHY + "\"}]}");

        pages.done(page);
        summary(run).endsWith(" 0 to come; 1 page is still to be read.");
    }

    @Test
    void aRunWhosePagesAreReadWaitsForNothing() {
        hindrances.said.put("wechat", WHY);
        Run run = open(false);
        Page page = page(run, 1);
        imported(page, "m1");
        end(run, page, 1L);
        assertThat(get("/api/runs/{run}", run.id()))
                .bodyJson()
                .isLenientlyEqualTo("{\"state\":\"COMPLETE\",\"pagesUnread\":0,\"waitingFor\":null}");
    }

    @Test
    void aDryRunTellsItsPagesToo() {
        Run run = open(true);
        page(run, 1);
        summary(run).endsWith("; 1 page is still to be read.");
    }

    @Test
    void aReplayTakesPagesUpAgainAndTheReportStaysAsItWas() {
        Run run = open(false);
        Page page = page(run, 1);
        imported(page, "m1");
        end(run, page, 1L);
        String body = body(run);

        replays.start(run.id(), "ada", "");

        assertThat(body(run)).isEqualTo(body);
    }

    private String body(Run run) {
        try {
            return get("/api/runs/{run}", run.id()).getResponse().getContentAsString();
        } catch (UnsupportedEncodingException e) {
            throw new AssertionError(e);
        }
    }

    private AbstractStringAssert<?> summary(Run run) {
        return assertThat(get("/api/runs/{run}", run.id()))
                .bodyJson()
                .extractingPath("$.summary")
                .asString();
    }
}
