package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.chatarchiver.ledger.ItemState;
import org.chatarchiver.ledger.Run;
import org.chatarchiver.sandbox.MovingClock;
import org.chatarchiver.servers.EwsReaction;
import org.chatarchiver.servers.EwsStub;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is due is tried at its moment, however many pages stand in the queue. */
class NextTryBesideFullQueueTest {
    private static final String BEN_PHONE = "+447700900124";

    @TempDir
    Path folder;

    private final MovingClock clock = new MovingClock();

    @Test
    void whatIsDueIsTriedWhileEveryOtherPageWaitsForOneThatIsInWork() throws IOException {
        try (EwsStub exchange = EwsStub.start(EwsStub.Login.BASIC)) {
            ExchangeStubs.create(exchange, TestBed.ANN, TestBed.BEN);
            try (TestBed bed = TestBed.start(
                    folder,
                    settings -> ExchangeStubs.ews(exchange)
                            .apply(settings.clock(clock))
                            .set(
                                    "archiver.page-queue",
                                    "seda:pages?size=10&concurrentConsumers=1&discardWhenFull=true"),
                    home -> Files.writeString(
                            home.mapping(TestBed.WECHAT), TestBed.MAPPING + BEN_PHONE + "," + TestBed.BEN + "\n"))) {
                exchange.on("CreateItem", EwsReaction.busy(20_000));
                String waiting = start(bed, "waiting", "+447700900123");
                await().until(() ->
                        bed.items("waiting").values().stream().anyMatch(item -> item.state() == ItemState.RETRY));

                exchange.on("CreateItem", EwsReaction.stall());
                start(bed, "stalled", BEN_PHONE);
                await().until(() -> exchange.count("CreateItem") == 2);
                start(bed, "behind", BEN_PHONE);
                clock.advance(Duration.ofSeconds(20));

                assertThat(bed.ended(waiting).run().state()).isEqualTo(Run.State.COMPLETE);
                assertThat(exchange.mailboxes().items(TestBed.ANN, TestBed.FOLDER))
                        .hasSize(1);
                assertThat(exchange.mailboxes().items(TestBed.BEN, TestBed.FOLDER))
                        .as("the page in work still stalls, and the one behind it still waits")
                        .isEmpty();
            }
        }
    }

    private static String start(TestBed bed, String id, String phone) {
        TestBed.Window window = bed.window();
        bed.add(window, TestBed.text(id, "Text of " + id).put("msisdn", phone).put("from", phone));
        return bed.archiver().start(TestBed.WECHAT, false, window.from(), window.to());
    }
}
