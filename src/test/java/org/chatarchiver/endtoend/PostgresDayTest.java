package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.chatarchiver.ledger.Channel;
import org.chatarchiver.ledger.Reason;
import org.chatarchiver.ledger.Run;
import org.chatarchiver.ledger.RunReport;
import org.chatarchiver.sandbox.EmbeddedMailServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A day with its ledger in PostgreSQL. */
class PostgresDayTest {
    @TempDir
    Path folder;

    @Test
    void aDayIsDeliveredOnceAndTheCountsBalance() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start();
                EmbeddedMailServer mail = new EmbeddedMailServer(0, folder.resolve("mail"));
                TestBed bed = TestBed.start(
                        folder, settings -> TestBed.with(mail).apply(settings).on(postgres), ChannelRoutes::notify)) {
            TestBed.Window window = bed.window();
            for (int i = 0; i < 250; i++) {
                bed.add(window, TestBed.text("text-" + i, "Text " + i));
            }
            bed.addAgain(window, TestBed.text("text-7", "Text 7, said otherwise"));
            bed.addAgain(window, TestBed.text("text-8", "Text 8"));
            bed.add(window, TestBed.text("nul \u0000 in its id", "and \u0000 in its text"));
            bed.add(window, TestBed.text("year-57300", "Text").put("messageTime", 1_746_000_000_000_000L));
            bed.add(
                    window,
                    TestBed.text("unmapped", "Text")
                            .put("msisdn", "+447700900199")
                            .put("from", "+447700900199"));

            RunReport first = bed.run(window);

            assertThat(first.run().state()).isEqualTo(Run.State.COMPLETE);
            assertThat(first.availableFromSource()).isEqualTo(253);
            assertThat(first.imported()).isEqualTo(252);
            assertThat(first.failedByReason()).isEqualTo(Map.of(Reason.TIME_OUT_OF_RANGE, 1L, Reason.NO_MAPPING, 1L));
            assertThat(bed.entries(Channel.UNMAPPED, first)).hasSize(1);
            assertThat(mail.count(TestBed.ANN, TestBed.FOLDER)).isEqualTo(252);

            SmallDay.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(
                            ChannelRoutes.reasons(bed.archiver()))
                    .containsExactlyInAnyOrder("malformed TIME_OUT_OF_RANGE", "unmapped NO_MAPPING"));

            RunReport second = bed.run(window);

            assertThat(second.imported()).isZero();
            assertThat(second.skipped()).isEqualTo(252);
            assertThat(second.failedByReason()).isEqualTo(first.failedByReason());
            assertThat(ChannelRoutes.untold(bed.archiver())).isZero();
            assertThat(mail.count(TestBed.ANN, TestBed.FOLDER)).isEqualTo(252);
        }
    }
}
