package org.chatarchiver.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.chatarchiver.ledger.Hold;
import org.chatarchiver.ledger.Holds;
import org.chatarchiver.ledger.Page;
import org.chatarchiver.ledger.Reason;
import org.chatarchiver.ledger.Run;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpStatus;

class RetentionApiTest extends ApiTest {
    @Autowired
    private Holds holds;

    private Run run;
    private Page page;

    @BeforeEach
    void onePage() {
        run = open(false);
        page = page(run, 1);
        imported(page, "m1");
        end(run, page, 1L);
        jdbc.update("delete from search_page");
    }

    @Test
    void thePeriodsAreToldWithWhatHasGone() {
        assertThat(get("/api/retention"))
                .bodyJson()
                .isLenientlyEqualTo(
                        "{\"items\":[{\"connector\":\"wechat\",\"landing\":\"PT720H\",\"pagesRemoved\":0,\"lastRemoved\":null,\"ledger\":\"PT8760H\",\"detailsWaiting\":0,\"detailsGo\":null}],\"next\":null}");
        gone();
        assertThat(get("/api/retention"))
                .bodyJson()
                .isLenientlyEqualTo(
                        "{\"items\":[{\"pagesRemoved\":1,\"messagesRemoved\":1,\"bytesRemoved\":10,\"detailsWaiting\":1,\"detailsGo\":\"2027-11-20T10:00:01Z\",\"detailsRemoved\":0}],\"next\":null}");
    }

    @Test
    void aPageIsToldWithWhenItGoesOrWhyItStays() {
        assertThat(get("/api/retention/pages?connector=wechat"))
                .bodyJson()
                .isLenientlyEqualTo("{\"items\":[{\"run\":\"" + run.id()
                        + "\",\"page\":1,\"kept\":null,\"hold\":null}],\"next\":null}");
        Hold hold = holds.set(Hold.Kind.RUN, run.id(), "ada", "Case 17");
        assertThat(get("/api/retention/pages?connector=wechat"))
                .bodyJson()
                .isLenientlyEqualTo("{\"items\":[{\"page\":1,\"hold\":" + hold.id() + "}]}");
        assertThat(get("/api/retention/pages?connector=wechat&after=" + run.id() + "/1"))
                .bodyJson()
                .isStrictlyEqualTo("{\"items\":[],\"next\":null}");
        gone();
        assertThat(get("/api/retention/pages?connector=wechat"))
                .bodyJson()
                .isStrictlyEqualTo("{\"items\":[],\"next\":null}");
    }

    @Test
    void theReportAndTheSearchSayThatAPageWasRemovedAndNotThatItIsLost() {
        gone();
        String removed = "2026-11-20T10:00:00Z";
        assertThat(get("/api/runs/{run}", run.id()))
                .bodyJson()
                .isLenientlyEqualTo(
                        "{\"state\":\"COMPLETE\",\"pages\":[{\"number\":1,\"removed\":\"" + removed + "\"}]}");
        assertThat(get("/api/search?q=m1"))
                .bodyJson()
                .isLenientlyEqualTo("{\"items\":[{\"messageId\":\"m1\",\"pageRemoved\":\"" + removed + "\"}]}");
        assertProblem(
                post("/api/runs/" + run.id() + "/replay", "{}"),
                HttpStatus.CONFLICT,
                "was removed by retention on " + removed);
    }

    @Test
    void anEntryWhosePageHasGoneIsNotOpenedAgain() {
        failed(page, "m2", Reason.QUOTA_EXCEEDED);
        long id = jdbc.queryForObject("select max(id) from channel_entry", Long.class);
        String ids = "{\"ids\":[" + id + "],\"reason\":\"x\"}";
        assertThat(post("/api/channels/undeliverable/close", ids)).hasStatusOk();
        gone();
        assertProblem(
                post("/api/channels/undeliverable/reopen", ids), HttpStatus.CONFLICT, "were removed by retention");
    }

    @ParameterizedTest
    @ValueSource(strings = {"connector=none", "connector=wechat&after=x", "limit=1"})
    void whatMakesNoSenseIsABadRequest(String query) {
        assertThat(get("/api/retention/pages?" + query)).hasStatus(HttpStatus.BAD_REQUEST);
    }

    private void gone() {
        jdbc.update(
                "insert into page_removal (run, page, marked, removed) values (?, 1, timestamp with time zone '2026-11-20 10:00:00+00', timestamp with time zone '2026-11-20 10:00:01+00')",
                run.id());
        jdbc.update("update page set state = 'REMOVED' where run = ?", run.id());
    }
}
