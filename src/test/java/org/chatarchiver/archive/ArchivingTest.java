package org.chatarchiver.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.chatarchiver.archive.PageWorkFixture.WECHAT;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.chatarchiver.connector.MappingFiles;
import org.chatarchiver.delivery.OutageException;
import org.chatarchiver.landing.LandingCorruptException;
import org.chatarchiver.ledger.Adoptions;
import org.chatarchiver.ledger.ItemState;
import org.chatarchiver.ledger.Items;
import org.chatarchiver.ledger.Reason;
import org.chatarchiver.ledger.Run;
import org.chatarchiver.recovery.RecoveryFixture;
import org.junit.jupiter.api.Test;

/** A page as a whole, on the real ledger and a real landing zone; two messages are worked on at a time. */
class ArchivingTest extends ArchivingFixture {
    @Test
    void aPageIsInWorkOnceAtATime() {
        Exchange first = exchange();
        assertThat(open(first)).satisfies(work -> {
            assertThat(work.page()).isEqualTo(page);
            assertThat(work.again()).isFalse();
            assertThat(work.doubtful()).isFalse();
        });
        assertThat(open(exchange())).isNull();

        end(first);
        assertThat(open(exchange())).isNotNull();
    }

    @Test
    void aPageThatAnotherArchiverHasInWorkIsLeftToIt() {
        anotherArchiverTakesIt();
        assertThat(open(exchange())).isNull();
    }

    @Test
    void aPageWaitsWhileItsConnectorDoesNotRun() {
        connectors.replace(Map.of(), List.of());
        assertThat(open(exchange())).isNull();

        connectors.replace(Map.of("wechat", WECHAT), List.of());
        assertThat(open(exchange())).isNotNull();
    }

    @Test
    void aPageThatIsDoneIsTakenUpAgainOnlyForWhatIsDueInIt() {
        Exchange first = exchange();
        PageWork work = open(first);
        MappedMessage message = MessageFixture.mapped(work, "m1", "ann@example.com");
        ledger.bean(Items.class)
                .register(List.of(new Items.Fresh(
                        message.known().revision(), message.items().send())));
        ledger.bean(Items.class)
                .settle(List.of(new Items.Settled(
                        message.items().send().get(0),
                        ItemState.RETRY,
                        Reason.THROTTLED,
                        "Slower.",
                        0,
                        ledger.clock().instant().plusSeconds(60))));
        archiving.done(work);
        end(first);

        Exchange second = exchange();
        assertThat(open(second)).as("nothing is due").isNull();
        end(second);
        ledger.clock().pass(Duration.ofSeconds(60));
        assertThat(nextTries.due()).containsExactly(page.reference());
        assertThat(open(exchange()))
                .satisfies(again -> assertThat(again.again()).isTrue());
    }

    @Test
    void whatALostLedgerMayHaveDeliveredIsInDoubt() {
        archiving = archiving(RecoveryFixture.since(landing, ledger.bean(Adoptions.class), "2026-11-18T00:00:00Z"));
        assertThat(open(exchange()).doubtful()).isTrue();
    }

    @Test
    void aPageComesInChunksInItsOrder() throws IOException {
        Exchange exchange = exchange();
        List<Integer> sizes = new ArrayList<>();
        archiving
                .chunks(open(exchange), exchange)
                .forEachRemaining(chunk -> sizes.add(chunk.chunk().elements().size()));
        assertThat(sizes).containsExactly(2, 1);
        end(exchange);
    }

    @Test
    void nothingIsWorkedOnOfAPageThatIsNotTheOneThatLanded() throws IOException {
        Files.write(data.resolve("landing").resolve(page.path()), new byte[] {1, 2, 3});
        Exchange exchange = exchange();
        PageWork work = open(exchange);
        assertThatThrownBy(() -> archiving.chunks(work, exchange)).isInstanceOf(LandingCorruptException.class);
    }

    @Test
    void thePageIsLeftBeforeTheNextChunkOnceAnotherArchiverHasTakenItUp() throws IOException {
        Exchange exchange = exchange();
        Iterator<WorkChunk> chunks = archiving.chunks(open(exchange), exchange);
        chunks.next();
        anotherArchiverTakesIt();
        assertThatThrownBy(chunks::next).isInstanceOf(PageWaitsException.class).hasMessageContaining(page.reference());
        end(exchange);
    }

    @Test
    void theEndOfItsLastPageEndsTheRun() {
        archiving.finishRuns();
        assertThat(state()).isEqualTo(Run.State.RUNNING);
        archiving.done(open(exchange()));
        assertThat(state()).isEqualTo(Run.State.COMPLETE);
    }

    @Test
    void aPageThatAnOutageHasBrokenOffIsDueAtItsEnd() {
        brokenOff(new OutageException("no answer"));
        assertThat(nextTries.due()).containsExactly(page.reference());
    }

    @Test
    void aPageThatAnotherPagesWorkHasBrokenOffIsDueAndOneWithoutAMappingOnlyOnceThereIsOne() throws IOException {
        brokenOff(new PageWaitsException("another page has recorded it"));
        assertThat(nextTries.due()).containsExactly(page.reference());

        mappings.register(files.with(WECHAT));
        brokenOff(PageWaitsException.told("There is no mapping file."));
        assertThat(nextTries.due()).isEmpty();

        files.write("wechat", MappingFiles.HEADER + "447700900123,ann@example.com\n");
        mappings.refresh();
        brokenOff(PageWaitsException.told("There was no mapping file."));
        assertThat(nextTries.due()).contains(page.reference());
    }

    @Test
    void aPageThatEndsByAnotherErrorIsLeftToTheSweep() {
        brokenOff(new IllegalStateException("a bug"));
        assertThat(nextTries.due()).isEmpty();
    }
}
