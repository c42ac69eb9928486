package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.chatarchiver.ledger.Channel;
import org.chatarchiver.ledger.Item;
import org.chatarchiver.ledger.ItemState;
import org.chatarchiver.ledger.Reason;
import org.chatarchiver.servers.Dovecot;
import org.chatarchiver.servers.RequiresProgram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A mailbox that is full. */
@RequiresProgram("dovecot")
class QuotaTest {
    @TempDir
    Path folder;

    @Test
    void whatAFullMailboxRefusesIsTriedAgainOrLiesInItsChannelAndTheOthersAreDelivered() throws Exception {
        try (Dovecot mail = Dovecot.with(List.of(TestBed.ANN, TestBed.BEN))
                        .withQuota("60k")
                        .start();
                TestBed bed = TestBed.start(folder, TestBed.byMaster(mail))) {
            TestBed.Window window = bed.window();
            bed.add(window, TestBed.text("small", "Small"));
            bed.add(window, TestBed.text("large", "x".repeat(100_000)));
            String run = bed.archiver().start(TestBed.WECHAT, false, window.from(), window.to());

            await().atMost(Duration.ofSeconds(60))
                    .until(() -> bed.items("large").containsKey(TestBed.ANN)
                            && bed.items("large").get(TestBed.ANN).reason() != null);

            Item large = bed.items("large").get(TestBed.ANN);
            assertThat(large.reason()).isEqualTo(Reason.QUOTA_EXCEEDED);
            ApiClient api = new ApiClient(bed.archiver());
            // While it is being tried it does not wait.
            await("what waits is seen at once, and not only when it has failed")
                    .atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> {
                        assertThat(api.get("/api/items?state=waiting&mailbox=" + TestBed.ANN + "&messageId=large")
                                        .body())
                                .contains("\"reason\":\"QUOTA_EXCEEDED\"")
                                .containsPattern("\"until\":\"20[^\"]+Z\"");
                        assertThat(api.get("/api/runs/" + run).body())
                                .contains("\"waiting\":1,\"waitingByReason\":{\"QUOTA_EXCEEDED\":1}");
                    });
            assertThat(large.reason().channel()).isEqualTo(Channel.UNDELIVERABLE);
            assertThat(large.state()).isIn(ItemState.RETRY, ItemState.FAILING, ItemState.FAILED);
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> bed.items("small").get(TestBed.ANN).state() == ItemState.IMPORTED);
            assertThat(bed.archiver().report(run).imported()).isEqualTo(1);
        }
    }
}
