package org.chatarchiver.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.chatarchiver.ledger.Channel;
import org.chatarchiver.ledger.Channels;
import org.chatarchiver.ledger.Page;
import org.chatarchiver.ledger.Reason;
import org.chatarchiver.ledger.Run;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpStatus;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

class ClosingApiTest extends ApiTest {
    private Run run;

    @BeforeEach
    void twoThatWereRefused() {
        run = open(false);
        Page page = page(run, 2);
        failed(page, "m1", Reason.QUOTA_EXCEEDED);
        failed(page, "m2", Reason.QUOTA_EXCEEDED);
    }

    @Test
    void anEntryIsClosedAndEveryListAndReportSaysByWhomAndWhy() {
        long id = entry(0).id();

        assertThat(close(id, "Agreed with Legal.")).hasStatusOk().bodyJson().isStrictlyEqualTo("{\"closed\":1}");

        assertThat(get("/api/channels/undeliverable"))
                .bodyJson()
                .isLenientlyEqualTo("{\"items\":[{\"messageId\":\"m2\",\"closed\":null,\"decision\":null}]}");
        String closed =
                "{\"items\":[{\"messageId\":\"m1\",\"closedBy\":\"ada\",\"decision\":{\"by\":\"ada\",\"reason\":\"Agreed with Legal.\"}}],\"next\":null}";
        assertThat(get("/api/channels/undeliverable?closed=true")).bodyJson().isLenientlyEqualTo(closed);
        assertThat(get("/api/runs/{run}/failures?closed=true", run.id()))
                .bodyJson()
                .isLenientlyEqualTo(closed);
        assertThat(get("/api/runs/{run}", run.id())).bodyJson().isLenientlyEqualTo("""
                {"availableForImport":2,"failed":2,"failedClosed":1,
                 "decisions":[{"by":"ada","reason":"Agreed with Legal.","failures":1}]}""");
        assertThat(get("/api/runs/{run}", run.id()))
                .bodyJson()
                .extractingPath("$.summary")
                .asString()
                .contains("2 failed", "Of the failed 1 is closed by an administrator's decision.");
        assertThat(post("/api/channels/undeliverable/requeue", "{}")).bodyJson().isStrictlyEqualTo("{\"requeued\":1}");
    }

    @Test
    void whatIsNotOpenHereIsNotFoundAndNothingIsClosed() {
        assertThat(post(
                        "/api/channels/undeliverable/close",
                        String.format(Locale.ROOT, "{\"ids\":[%d,999999999],\"reason\":\"x\"}", entry(0).id())))
                .hasStatus(HttpStatus.NOT_FOUND)
                .bodyJson()
                .extractingPath("$.ids")
                .asArray()
                .containsExactly(999999999);
        assertProblem(post("/api/channels/none/close", "{\"ids\":[1],\"reason\":\"x\"}"), HttpStatus.NOT_FOUND, "none");
        assertThat(entry(0).closed()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "two\nlines", "hidden\u202Etxet", "\u0007"})
    void aReasonIsALineOfPlainText(String reason) {
        assertProblem(
                close(entry(0).id(), reason.replace("\n", "\\n").replace("\u0007", "\\u0007")),
                HttpStatus.BAD_REQUEST,
                "The field reason");
        assertThat(channels.counts()).containsEntry(Channel.UNDELIVERABLE, 2L);
    }

    @Test
    void aReasonIsBounded() {
        assertProblem(close(entry(0).id(), "a".repeat(501)), HttpStatus.BAD_REQUEST, "501 characters; say in 1 to 500");
        assertThat(close(entry(0).id(), "a".repeat(500))).hasStatusOk();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"ids\":[],\"reason\":\"x\"}",
                "{\"ids\":[null],\"reason\":\"x\"}",
                "{\"reason\":\"x\"}",
                "{\"ids\":[1]}",
                "{}",
                "",
                "{\"ids\":[1],\"reason\":7,\"by\":\"x\"}"
            })
    void whatMakesNoSenseIsABadRequest(String wish) {
        assertThat(post("/api/channels/undeliverable/close", wish)).hasStatus(HttpStatus.BAD_REQUEST);
        assertThat(channels.counts()).containsEntry(Channel.UNDELIVERABLE, 2L);
    }

    @Test
    void whatWasClosedIsOpenedAgainWithAReasonAndRequeuedLikeOthers() {
        long id = entry(0).id();
        close(id, "Agreed with Legal.");

        assertThat(reopen(id, "He has a mailbox now.")).hasStatusOk().bodyJson().isStrictlyEqualTo("{\"reopened\":1}");

        assertThat(get("/api/channels/undeliverable?closed=true")).bodyJson().isLenientlyEqualTo("{\"items\":[]}");
        assertThat(get("/api/channels/undeliverable")).bodyJson().isLenientlyEqualTo("""
                {"items":[{"messageId":"m1","closed":null,"decision":null,
                  "reopened":{"by":"ada","reason":"He has a mailbox now."}},{"messageId":"m2","reopened":null}]}""");
        assertThat(get("/api/runs/{run}", run.id())).bodyJson().isLenientlyEqualTo("{\"failed\":2,\"failedClosed\":0}");
        assertThat(post("/api/channels/undeliverable/requeue", "{}")).bodyJson().isStrictlyEqualTo("{\"requeued\":2}");
    }

    @Test
    void whatNoDecisionKeepsClosedIsNotFoundAndNothingIsOpened() {
        long closed = entry(0).id();
        long open = entry(1).id();
        close(closed, "Agreed with Legal.");
        assertThat(post(
                        "/api/channels/undeliverable/reopen",
                        String.format(Locale.ROOT, "{\"ids\":[%d,%d],\"reason\":\"x\"}", closed, open)))
                .hasStatus(HttpStatus.NOT_FOUND)
                .bodyJson()
                .extractingPath("$.ids")
                .asArray()
                .containsExactly((int) open);
        assertProblem(reopen(closed, ""), HttpStatus.BAD_REQUEST, "why these entries are opened again");
        assertThat(channels.counts()).containsEntry(Channel.UNDELIVERABLE, 1L);
    }

    private MvcTestResult reopen(long id, String reason) {
        return post(
                "/api/channels/undeliverable/reopen",
                String.format(Locale.ROOT, "{\"ids\":[%d],\"reason\":\"%s\"}", id, reason));
    }

    private MvcTestResult close(long id, String reason) {
        return post(
                "/api/channels/undeliverable/close",
                String.format(Locale.ROOT, "{\"ids\":[%d],\"reason\":\"%s\"}", id, reason));
    }

    private Channels.Entry entry(int number) {
        return channels.list(Channel.UNDELIVERABLE, 10, 0).get(number);
    }
}
