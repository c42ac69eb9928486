package org.chatarchiver.archive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.chatarchiver.message.Content.Why.GONE;
import static org.chatarchiver.message.Content.Why.TOO_LARGE;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.chatarchiver.collect.AttachmentRef;
import org.chatarchiver.collect.CollectingFixture;
import org.chatarchiver.collect.FeedPauses;
import org.chatarchiver.connector.LedgerOnH2;
import org.chatarchiver.delivery.DeliverySettings;
import org.chatarchiver.delivery.RetrySchedule;
import org.chatarchiver.landing.AttachmentPointer;
import org.chatarchiver.landing.Landed;
import org.chatarchiver.landing.LandingContext;
import org.chatarchiver.landing.LandingPath;
import org.chatarchiver.ledger.Item;
import org.chatarchiver.ledger.ItemState;
import org.chatarchiver.ledger.Reason;
import org.chatarchiver.ledger.RunLeases;
import org.chatarchiver.message.Attachment;
import org.chatarchiver.message.Content;
import org.chatarchiver.message.Declared;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Attachments by href, in a real landing zone; the limit of one is 10 bytes. */
class MessageAttachmentsTest {
    private static final String ONE = "/a/1";
    private static final String TWO = "/a/2";

    @TempDir
    private Path data;

    private final LedgerOnH2 ledger = new LedgerOnH2();
    private final FeedPauses pauses = CollectingFixture.feedPauses(ledger.clock());
    private final PageWork work = new PageWorkFixture(ledger).page();
    private LandingContext landing;
    private MessageAttachments attachments;

    @BeforeEach
    void open() throws Exception {
        landing = LandingContext.directory(data);
        attachments = new MessageAttachments(
                CollectingFixture.pageAttachments(
                        landing.landings(),
                        PageWorkFixture.reader(data.resolve("spools")),
                        ledger.bean(RunLeases.class)),
                landing.landings(),
                ArchiveSettings.limits(10, 100, 1_000),
                new RetrySchedule(DeliverySettings.shipped(), ledger.clock()),
                pauses);
    }

    @AfterEach
    void close() throws IOException {
        landing.close();
        ledger.close();
    }

    @Test
    void whatHasNotLandedIsMissingEachOnce() throws IOException {
        land(ONE, "12345");
        assertThat(attachments.missing(message(remote(ONE), remote(TWO), remote(TWO))))
                .extracting(AttachmentRef::href)
                .containsExactly(TWO);
    }

    @Test
    void whatIsGoneIsNotAskedForAgainAndWhatWasTooLargeOnlyWhereMoreIsTakenNow() throws IOException {
        land(AttachmentPointer.gone(ONE));
        land(AttachmentPointer.oversize(TWO, Long.MAX_VALUE));
        assertThat(attachments.missing(message(remote(ONE), remote(TWO)))).isEmpty();

        land(AttachmentPointer.oversize("/a/3", 100));
        assertThat(attachments.missing(message(remote("/a/3")))).hasSize(1);
    }

    @Test
    void landedBytesStandInPlaceOfTheHref() throws IOException {
        land(ONE, "12345");
        Attachment inline = new Attachment("b.txt", "text/plain", new Content.InMemory(new byte[3], "b".repeat(64)));

        List<Attachment> local =
                attachments.local(message(remote(ONE), inline)).message().attachments();

        assertThat(local.get(0).name()).isEqualTo("a.txt");
        try (InputStream bytes = ((Content.Present) local.get(0).content()).open()) {
            assertThat(bytes).hasContent("12345");
        }
        assertThat(local.get(1)).isEqualTo(inline);
    }

    @Test
    void whatIsGoneOrLargerThanOneAttachmentMayBeIsLeftOutAndTheMessageIsSent() throws IOException {
        land(AttachmentPointer.gone(ONE));
        land(TWO, "12345678901");

        MappedMessage local = attachments.local(message(remote(ONE), remote(TWO)));

        assertThat(local.message().attachments())
                .extracting(attachment -> ((Content.Absent) attachment.content()).why())
                .containsExactly(GONE, TOO_LARGE);
        assertThat(local.sends()).isTrue();
        assertThat(new FittedMessage(local, local.message()).partial()).isEqualTo(Reason.ATTACHMENT_GONE);
    }

    @Test
    void whatIsTooLargeToBeFetchedFailsAndTheSentenceNamesTheSetting() throws IOException {
        land(AttachmentPointer.oversize(ONE, 2_000));

        MappedMessage local = attachments.local(message(remote(ONE)));

        assertThat(local.sends()).isFalse();
        assertThat(local.items().failing()).singleElement().satisfies(item -> {
            assertThat(item.reason()).isEqualTo(Reason.DOWNLOAD_TOO_LARGE);
            assertThat(item.detail()).contains("2000 bytes", "archiver.telemessage.max-download");
        });
    }

    @Test
    void whatCannotBeHadNowIsWaitedForAsLongAsTheFeedAsks() throws IOException {
        MappedMessage message = message(remote(ONE));
        CollectingFixture.pause(pauses, attachments.missing(message).get(0), Duration.ofMinutes(7));

        MappedMessage local = attachments.local(message);

        assertThat(local.sends()).isFalse();
        assertThat(local.items().failing()).isEmpty();
        assertThat(local.items().waiting()).singleElement().satisfies(waiting -> {
            assertThat(waiting.counts()).isTrue();
            assertThat(waiting.settled().reason()).isEqualTo(Reason.ATTACHMENT_UNAVAILABLE);
            assertThat(waiting.settled().retryAt())
                    .isEqualTo(ledger.clock().instant().plus(Duration.ofMinutes(7)));
        });
    }

    @Test
    void whatCouldNotBeHadForLongFails() throws IOException {
        MappedMessage message = message(remote(ONE));
        Item tried = new Item(
                message.known().revision().id(),
                "ann@example.com",
                work.run().id(),
                1,
                ItemState.RETRY,
                null,
                Reason.ATTACHMENT_UNAVAILABLE,
                null,
                5,
                ledger.clock().instant().minus(Duration.ofHours(1)),
                null);

        MappedMessage local = attachments.local(
                MessageFixture.mapped(message.known(), List.of(tried)).with(message.message()));

        assertThat(local.items().waiting()).isEmpty();
        assertThat(local.items().failing()).extracting(Item::reason).containsExactly(Reason.ATTACHMENT_UNAVAILABLE);
    }

    @Test
    void bytesThatStoodBesideTheHrefAreTakenWhereItGivesNone() throws IOException {
        Content.InMemory beside = new Content.InMemory("beside".getBytes(UTF_8), "c".repeat(64));
        MappedMessage message =
                message(new Attachment("a.txt", "text/plain", new Content.Remote(ONE, beside), new Declared(5, "")));
        assertThat(attachments.local(message).message().attachments().get(0).content())
                .isEqualTo(beside);

        land(ONE, "12345");
        assertThat(attachments.local(message).message().attachments().get(0).content())
                .isInstanceOf(Content.Stored.class);
    }

    private static Attachment remote(String href) {
        return new Attachment("a.txt", "text/plain", new Content.Remote(href));
    }

    private MappedMessage message(Attachment... all) {
        MappedMessage message = MessageFixture.mapped(work, "m1", "ann@example.com");
        return message.with(message.message().with(Arrays.asList(all)));
    }

    /** As the archiver does it: the bytes, then the pointer to them. */
    private void land(String href, String bytes) throws IOException {
        Landed landed = landing.landings()
                .land(landing.staging().stageAttachment(folder(), new ByteArrayInputStream(bytes.getBytes(UTF_8))));
        land(AttachmentPointer.landed(href, landed, "text/plain"));
    }

    private void land(AttachmentPointer pointer) throws IOException {
        landing.landings().land(landing.landings().stage(folder(), pointer));
    }

    private LandingPath folder() {
        return LandingPath.containing(work.page().path());
    }
}
