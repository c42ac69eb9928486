package org.chatarchiver.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.chatarchiver.ledger.Reason;
import org.chatarchiver.message.Attachment;
import org.chatarchiver.message.Content;
import org.chatarchiver.message.Content.Why;
import org.chatarchiver.message.Party;
import org.junit.jupiter.api.Test;

/** The limits of one attachment (100 bytes), of an item (150 with its text) and of an e-mail (300). */
class SizeFilterTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-20T12:00:00Z"), ZoneOffset.UTC);
    private static final String TEXT = "text";

    private final SizeFilter size = new SizeFilter(ArchiveSettings.limits(100, 150, 300));

    @Test
    void whatFitsIsLeftAsItIs() {
        MappedMessage message = message(50, 96);
        assertThat(size.tooLarge(message)).isFalse();
        assertThat(size.fits(message)).isTrue();
        assertThat(leftOut(size.leaveOut(message))).isEmpty();
    }

    @Test
    void anAttachmentOverItsLimitIsLeftOutAndTheOthersStay() {
        assertThat(leftOut(size.leaveOut(message(100, 101, 40)))).containsExactly("1 TOO_LARGE 101");
    }

    @Test
    void theLargestAreLeftOutUntilTheItemFits() {
        assertThat(leftOut(size.leaveOut(message(60, 70, 80, 20))))
                .containsExactly("1 ITEM_TOO_LARGE 70", "2 ITEM_TOO_LARGE 80");
    }

    @Test
    void ofTwoThatAreEquallyLargeOneIsLeftOut() {
        assertThat(leftOut(size.leaveOut(message(80, 80)))).hasSize(1);
    }

    @Test
    void theTextCountsWithTheAttachments() {
        assertThat(leftOut(size.leaveOut(message(96, 50)))).isEmpty();
        assertThat(leftOut(size.leaveOut(message(97, 50)))).containsExactly("0 ITEM_TOO_LARGE 97");
    }

    @Test
    void aTextThatNoAttachmentCanMakeRoomForIsRefused() {
        SizeFilter narrow = new SizeFilter(ArchiveSettings.limits(100, 3, 300));
        MappedMessage message = message();
        assertThat(narrow.tooLarge(message)).isTrue();
        MappedMessage refused = narrow.refuse(message);
        assertThat(narrow.fits(refused)).isFalse();
        assertThat(refused.items().failing())
                .singleElement()
                .satisfies(item -> assertThat(item.reason()).isEqualTo(Reason.TEXT_TOO_LARGE))
                .satisfies(item -> assertThat(item.detail()).contains("4 bytes", "is 3", "archiver.limits.item"));
    }

    @Test
    void anEmailOverTheLimitOfTheDestinationFailsWithBothFigures() {
        FittedMessage message = size.leaveOut(message());
        assertThat(size.tooLarge(new MarshalledMessage(message, new byte[300]))).isFalse();
        MarshalledMessage large = new MarshalledMessage(message, new byte[301]);
        assertThat(size.tooLarge(large)).isTrue();
        MappedMessage refused = size.refuse(large);
        assertThat(refused.sends()).isFalse();
        assertThat(refused.items().failing())
                .singleElement()
                .satisfies(item -> assertThat(item.reason()).isEqualTo(Reason.EMAIL_TOO_LARGE))
                .satisfies(item -> assertThat(item.detail()).contains("301 bytes", "is 300", "archiver.limits.email"));
    }

    private static List<String> leftOut(FittedMessage message) {
        List<String> absent = new ArrayList<>();
        List<Attachment> attachments = message.message().attachments();
        for (int i = 0; i < attachments.size(); i++) {
            if (attachments.get(i).content() instanceof Content.Absent out) {
                assertThat(out.why()).isIn(Why.TOO_LARGE, Why.ITEM_TOO_LARGE);
                absent.add(i + " " + out.why() + " " + out.size());
            }
        }
        return absent;
    }

    /** A message of the text {@value #TEXT} for one mailbox, with attachments of these sizes. */
    private static MappedMessage message(int... sizes) {
        List<Attachment> attachments = new ArrayList<>();
        for (int bytes : sizes) {
            attachments.add(
                    new Attachment("photo.jpg", "image/jpeg", new Content.InMemory(new byte[bytes], "a".repeat(64))));
        }
        Party ann = Party.of("+447700900123");
        return MessageFixture.mapped(MessageFixture.known(CLOCK, ann, List.of(), attachments), "ann@example.com");
    }
}
