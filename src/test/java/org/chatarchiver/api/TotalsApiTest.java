package org.chatarchiver.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.chatarchiver.ledger.Page;
import org.chatarchiver.ledger.Reason;
import org.chatarchiver.ledger.Run;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatus;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

class TotalsApiTest extends ApiTest {
    @Test
    void aReportIsHeldAgainstTheRowsAndWhatDiffersIsNamed() {
        Run run = open(false);
        Page page = page(run, 2);
        imported(page, "m1");
        failed(page, "m2", Reason.NO_MAPPING);
        end(run, page, 2L);

        assertThat(check(run.id()))
                .hasStatus(HttpStatus.OK)
                .bodyJson()
                .isStrictlyEqualTo("{\"run\":\"" + run.id() + "\",\"agrees\":true,\"differences\":[]}");

        jdbc.update("delete from item where run = ? and reason = 'NO_MAPPING'", run.id());

        assertThat(check(run.id()))
                .hasStatus(HttpStatus.OK)
                .bodyJson()
                .isLenientlyEqualTo(
                        "{\"agrees\":false,\"differences\":[{\"outcome\":\"FAILED\",\"reason\":\"NO_MAPPING\",\"kept\":1,\"counted\":0},"
                                + "{\"outcome\":\"ARRIVED\",\"reason\":null,\"kept\":2,\"counted\":1}]}");
    }

    @Test
    void aRunThatThereIsNotIsNotFound() {
        assertProblem(check("nothing"), HttpStatus.NOT_FOUND, "no run 'nothing'");
    }

    private MvcTestResult check(String run) {
        return mvc.post().uri("/api/runs/{run}/check", run).exchange();
    }
}
