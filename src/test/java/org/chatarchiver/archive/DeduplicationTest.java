package org.chatarchiver.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.chatarchiver.archive.PageWorkFixture.again;
import static org.chatarchiver.archive.PageWorkFixture.chunk;
import static org.chatarchiver.archive.PageWorkFixture.element;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.chatarchiver.connector.LedgerOnH2;
import org.chatarchiver.connector.MappingFiles;
import org.chatarchiver.delivery.DeliverySettings;
import org.chatarchiver.ledger.Channel;
import org.chatarchiver.ledger.Channels;
import org.chatarchiver.ledger.Item;
import org.chatarchiver.ledger.ItemState;
import org.chatarchiver.ledger.Items;
import org.chatarchiver.ledger.Reason;
import org.chatarchiver.ledger.ServedMailboxes;
import org.chatarchiver.mapping.Mapper;
import org.chatarchiver.message.PartyIds;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What of a chunk is one message, and what the ledger knows of it. */
class DeduplicationTest {
    private static final String ANN = "+447700900123";
    private static final String BEN = "+447700900223";
    private static final String MAILBOX = "ann@example.com";
    private static final String WITHOUT_TIME = """
            {"messageId":"m1","msisdn":"+447700900123","textContent":"Hello"}""";

    @TempDir
    private Path spools;

    private final LedgerOnH2 ledger = new LedgerOnH2();
    private final Items items = ledger.bean(Items.class);
    private final PageWorkFixture pages = new PageWorkFixture(ledger);
    private final Deduplication deduplication = new Deduplication(
            items,
            new Mapper(new PartyIds(""), List.of()),
            new KnownMailboxes(
                    ledger.bean(ServedMailboxes.class),
                    new MappingFiles(ledger.clock()).store(),
                    DeliverySettings.exchange()));
    private final PageWork work = pages.page();

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void aMessageThatIsMetForTheFirstTimeIsNewAndHasNoItems() throws IOException {
        assertThat(messages(work, element("m1", ANN, "Hello"), element("m2", ANN, "Hello")))
                .hasSize(2)
                .allSatisfy(message -> {
                    assertThat(message.fresh()).isTrue();
                    assertThat(message.items()).isEmpty();
                    assertThat(message.revision().number()).isZero();
                    assertThat(message.captures().here()).hasSize(1);
                });
    }

    @Test
    void whatSeveralDevicesHaveCapturedIsOneMessageAndTheOneThatStandsFirstIsTheFirst() throws IOException {
        List<KnownMessage> messages = messages(work, element("m1", ANN, "Hello"), element("m1", BEN, "Hello"));

        assertThat(messages).singleElement().satisfies(message -> {
            assertThat(message.captures().first().orElseThrow().message().msisdn())
                    .isEqualTo(ANN);
            assertThat(message.captures().further()).singleElement().satisfies(capture -> assertThat(capture.msisdn())
                    .isEqualTo(BEN));
        });
    }

    @Test
    void theSameCaptureThatStandsThereTwiceIsTakenOnce() throws IOException {
        assertThat(messages(work, element("m1", ANN, "Hello"), element("m1", ANN, "Hello")))
                .singleElement()
                .satisfies(message -> assertThat(message.captures().here()).hasSize(1));
    }

    @Test
    void anotherContentUnderTheSameIdIsTheNextRevisionAlsoInTheSameChunk() throws IOException {
        record(messages(work, element("m1", ANN, "Hello")).get(0));

        assertThat(messages(work, element("m1", ANN, "Hello!"), element("m1", ANN, "Hello!!")))
                .extracting(message -> message.revision().number())
                .containsExactly(1, 2);
    }

    @Test
    void whatIsKnownComesWithWhatHasBecomeOfItsItems() throws IOException {
        Item item = record(messages(work, element("m1", ANN, "Hello")).get(0));
        items.settle(List.of(new Items.Settled(item, ItemState.IMPORTED, null, null, 7, null)));

        assertThat(messages(pages.page(), element("m1", ANN, "Hello")))
                .singleElement()
                .satisfies(message -> {
                    assertThat(message.fresh()).isFalse();
                    assertThat(message.captures().further()).isEmpty();
                    assertThat(message.items()).extracting(Item::state).containsExactly(ItemState.IMPORTED);
                });
    }

    @Test
    void aDeviceThatIsNewToAKnownMessageIsAFurtherCaptureOfIt() throws IOException {
        record(messages(work, element("m1", ANN, "Hello")).get(0));

        assertThat(messages(pages.page(), element("m1", BEN, "Hello")))
                .singleElement()
                .satisfies(message -> {
                    assertThat(message.fresh()).isFalse();
                    assertThat(message.captures().first()).isEmpty();
                    assertThat(message.captures().further()).hasSize(1);
                });
    }

    @Test
    void whatCannotBeUnderstoodFailsOnceHoweverOftenItStandsThere() throws IOException {
        List<KnownMessage> messages = messages(work, WITHOUT_TIME, WITHOUT_TIME);

        assertThat(messages).singleElement().satisfies(message -> {
            assertThat(message.message()).isNull();
            assertThat(message.failing()).extracting(Item::reason).containsExactly(Reason.TIME_MISSING);
        });
    }

    @Test
    void aFailureIsReplacedOnceARequeueFindsThatItsElementCanBeUnderstood() throws IOException {
        KnownMessage malformed = messages(work, WITHOUT_TIME).get(0);
        Channels channels = ledger.bean(Channels.class);
        channels.record(malformed.failing().stream().map(malformed::failure).toList());

        assertThat(messages(again(work), element("m1", ANN, "Hello")).get(0).mended())
                .as("not requeued")
                .isEmpty();
        channels.requeue(Channel.MALFORMED, List.of(), "ada");
        assertThat(messages(again(work), element("m1", ANN, "Hello")))
                .singleElement()
                .satisfies(message -> {
                    assertThat(message.fresh()).isTrue();
                    assertThat(message.mended()).extracting(Item::reason).containsExactly(Reason.TIME_MISSING);
                });
    }

    private List<KnownMessage> messages(PageWork page, String... elements) throws IOException {
        return deduplication.messages(chunk(page, spools, elements));
    }

    /** As if it were about to be sent. */
    private Item record(KnownMessage message) {
        Item item = message.item(MAILBOX, ItemState.SENDING, null, null, null);
        assertThat(items.register(List.of(new Items.Fresh(message.revision(), List.of(item)))))
                .isTrue();
        return item;
    }
}
