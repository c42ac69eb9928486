package org.chatarchiver.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.chatarchiver.alert.AlertCause;
import org.chatarchiver.ledger.Channel;
import org.chatarchiver.ledger.Reason;
import org.chatarchiver.ledger.Run;
import org.junit.jupiter.api.Test;

class FindingsApiTest extends ApiTest {
    @Test
    void everythingThatIsWrongIsListedWithWhatToDo() {
        Run run = open(false);
        failed(page(run, 1), "m1", Reason.NO_MAPPING);
        assertThat(get("/api/findings")).hasStatusOk().bodyJson().isLenientlyEqualTo("""
                        {"items":[
                        {"kind":"CONNECTOR_LEFT_OUT","sentence":"connectors/bad.camel.yaml:3: The network is empty."},
                        {"kind":"LOGIN_REFUSED"},{"kind":"LOGIN_REFUSED"},
                        {"kind":"CHANNEL_ENTRIES","title":"open entries in error channels","sentence":"1 in the channel unmapped",
                        "cure":"Add the number to the mapping file, or the mailbox to Exchange; then requeue."}],"next":null}""");
    }

    @Test
    void aRunThatFailedIsWrongUntilOneEndsWell() throws Exception {
        Run failed = open(false);
        runs.failed(failed.id(), Reason.SOURCE_UNAVAILABLE, "The feed answers 503.");
        assertThat(kinds()).contains("RUN_FAILED");
        Run incomplete = open(false);
        end(incomplete, null, 5L);
        assertThat(kinds()).contains("RUN_INCOMPLETE").doesNotContain("RUN_FAILED");
        end(open(false), null, 0L);
        assertThat(kinds()).doesNotContain("RUN_INCOMPLETE", "RUN_FAILED");
    }

    private String kinds() throws Exception {
        return get("/api/findings").getResponse().getContentAsString();
    }

    @Test
    void thereIsSomethingToDoAboutWhateverIsWrong() {
        assertThat(Arrays.stream(AlertCause.values()).map(Cures::of)).allMatch(cure -> cure.endsWith("."));
        assertThat(Arrays.stream(Channel.values()).map(Cures::of)).allMatch(cure -> cure.endsWith("."));
    }
}
