package org.chatarchiver.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.chatarchiver.ledger.Hold;
import org.chatarchiver.ledger.Holds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpStatus;

class HoldsApiTest extends ApiTest {
    @Autowired
    private Holds holds;

    @Test
    void aHoldIsSetListedAndLiftedWithAReasonEach() {
        assertThat(post("/api/holds", "{\"person\":\"+49 1511 2345678\",\"reason\":\"Case 17\"}"))
                .hasStatus(HttpStatus.CREATED)
                .bodyJson()
                .isLenientlyEqualTo(
                        "{\"kind\":\"PERSON\",\"subject\":\"+49 1511 2345678\",\"reason\":\"Case 17\",\"by\":\"ada\",\"lifted\":null}");
        Hold hold = holds.inForce().get(0);
        assertThat(get("/api/holds"))
                .bodyJson()
                .isLenientlyEqualTo("{\"items\":[{\"id\":" + hold.id() + ",\"lifted\":null}],\"next\":null}");

        String lifted = "{\"id\":" + hold.id() + ",\"liftedBy\":\"ada\",\"liftedReason\":\"Closed\"}";
        assertThat(post("/api/holds/" + hold.id() + "/lift", "{\"reason\":\"Closed\"}"))
                .hasStatusOk()
                .bodyJson()
                .isLenientlyEqualTo(lifted);
        assertThat(post("/api/holds/" + hold.id() + "/lift", "{\"reason\":\"Once more\"}"))
                .as("what is done already is answered alike")
                .hasStatusOk()
                .bodyJson()
                .isLenientlyEqualTo(lifted);
        assertThat(get("/api/holds")).bodyJson().isStrictlyEqualTo("{\"items\":[],\"next\":null}");
        assertThat(get("/api/holds?lifted=true")).bodyJson().isLenientlyEqualTo("{\"items\":[" + lifted + "]}");
    }

    @Test
    void aConnectorAndARunThatAreKnownAreHeld() {
        String run = open(false).id();
        assertThat(post("/api/holds", "{\"run\":\"" + run + "\",\"reason\":\"x\"}"))
                .hasStatus(HttpStatus.CREATED);
        assertThat(post("/api/holds", "{\"connector\":\"wechat\",\"reason\":\"x\"}"))
                .hasStatus(HttpStatus.CREATED);
        assertThat(holds.inForce()).extracting(Hold::kind).containsExactly(Hold.Kind.RUN, Hold.Kind.CONNECTOR);
        assertProblem(
                post("/api/holds", "{\"run\":\"none\",\"reason\":\"x\"}"), HttpStatus.BAD_REQUEST, "no run 'none'");
        assertProblem(
                post("/api/holds", "{\"connector\":\"none\",\"reason\":\"x\"}"),
                HttpStatus.BAD_REQUEST,
                "no connector 'none'");
        assertProblem(post("/api/holds/999999/lift", "{\"reason\":\"x\"}"), HttpStatus.NOT_FOUND, "no hold 999999");
        assertThat(holds.inForce()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"person\":\"+491511\"}",
                "{\"person\":\"+491511\",\"reason\":\" \"}",
                "{\"reason\":\"x\"}",
                "{\"connector\":\"wechat\",\"person\":\"+491511\",\"reason\":\"x\"}",
                "{\"person\":\" \",\"reason\":\"x\"}",
                "{\"person\":\"1234@g.us\",\"reason\":\"x\"}",
                "{\"person\":\"a\\nb\",\"reason\":\"x\"}",
                "{\"person\":\"+491511\",\"reason\":\"x\",\"by\":\"x\"}",
                "{}"
            })
    void whatMakesNoSenseIsABadRequest(String wish) {
        assertThat(post("/api/holds", wish)).hasStatus(HttpStatus.BAD_REQUEST);
        assertThat(holds.inForce()).isEmpty();
    }
}
