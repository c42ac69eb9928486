package org.chatarchiver.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.chatarchiver.ledger.Channels;
import org.chatarchiver.ledger.Decisions;
import org.chatarchiver.ledger.FoundMessage;
import org.chatarchiver.ledger.FoundMessage.FoundEntry;
import org.chatarchiver.ledger.FoundMessage.FoundItem;
import org.chatarchiver.ledger.Item;
import org.chatarchiver.ledger.ItemState;
import org.chatarchiver.ledger.ItemTarget;
import org.chatarchiver.ledger.Page;
import org.chatarchiver.ledger.Reason;
import org.chatarchiver.ledger.Revision;
import org.chatarchiver.ledger.Run;
import org.junit.jupiter.api.Test;

class ExplanationTest {
    private static final Instant DAY = Instant.parse("2026-11-19T02:15:00.123Z");
    private static final String ANNA = "anna@example.com";
    private static final Page PAGE = new Page("run-1", 3, "wechat/3.json.gz", "a".repeat(64), 10, 1, DAY);
    private static final Revision REVISION =
            Revision.of("wechat", "m1", "d".repeat(64), 0, PAGE, 7, "+49", "+49", "In");

    @Test
    void whatIsDeliveredNeedsNothing() {
        assertThat(sentence(item(ANNA, ItemState.IMPORTED, null, null)))
                .isEqualTo(
                        "It is in the mailbox 'anna@example.com', in the folder 'WeChat Archiver', since 2026-11-19T02:15:00Z; nothing is to be done.");
    }

    @Test
    void whatIsDeliveredInPartSaysWhatIsLeftOut() {
        assertThat(sentence(item(ANNA, ItemState.PARTIAL, Reason.ATTACHMENT_GONE, "holiday.mp4 is gone.")))
                .contains("but not as it was sent: holiday.mp4 is gone (ATTACHMENT_GONE). The original is");
    }

    @Test
    void whatWaitsSaysWhyAndUntilWhenAndWhatHindersItsConnector() {
        Item item = item(ANNA, ItemState.RETRY, Reason.THROTTLED, "Exchange asks for patience");
        assertThat(sentence(item))
                .isEqualTo(
                        "It is not in the mailbox 'anna@example.com' yet: Exchange asks for patience (THROTTLED). It is tried again by itself, at 2026-11-19T02:15:00Z or later.");
        assertThat(new Explanation(found(List.of(item), List.of()), null, Optional.of("The destination is out."))
                        .sentence())
                .endsWith("Nothing of the connector is delivered meanwhile. The destination is out.");
    }

    @Test
    void whatFailedSaysWhatToMendAndWhichEntryToRequeue() {
        Item item = item(ItemTarget.participant("+49151"), ItemState.FAILED, Reason.NO_MAPPING, "Nobody has +49151.");
        assertThat(new Explanation(found(List.of(item), List.of(entry(item, null))), null, Optional.empty()).sentence())
                .isEqualTo(
                        "It is not in a mailbox of '+49151': Nobody has +49151 (NO_MAPPING). Give the participant a mailbox in the connector's mapping file, then requeue entry 17 of the channel unmapped.");
    }

    @Test
    void whatAnAdministratorHasClosedSaysWhoAndWhyAndAsksForNothing() {
        Item item = item(ANNA, ItemState.FAILED, Reason.QUOTA_EXCEEDED, "It is full.");
        Decisions.Decision decision = new Decisions.Decision(DAY, "ada", "Left the firm");
        assertThat(new Explanation(found(List.of(item), List.of(entry(item, decision))), null, Optional.empty())
                        .sentence())
                .endsWith("ada has decided at 2026-11-19T02:15:00Z that no more is done for it: 'Left the firm'.")
                .doesNotContain("requeue");
    }

    @Test
    void ofSeveralMailboxesTheOneThatNeedsSomebodyIsToldOf() {
        Item waits = item("bert@example.com", ItemState.RETRY, null, null);
        Item failed = item("carl@example.com", ItemState.FAILED, Reason.MAILBOX_GONE, "It is gone.");
        Item there = item(ANNA, ItemState.IMPORTED, null, null);
        assertThat(sentence(there, waits, failed))
                .startsWith(
                        "It is in 1 of 3 mailboxes that it is for. Of one of the others: It is not in the mailbox 'carl@example.com'");
        assertThat(sentence(there, there)).isEqualTo("It is in all 2 mailboxes that it is for; nothing is to be done.");
    }

    @Test
    void whatHasNoItemYetIsOnItsWay() {
        assertThat(sentence()).contains("It is on its way: it was met on page 3 of the run run-1");
        Revision malformed = Revision.of("wechat", Revision.malformed("m1"), "d".repeat(64), 0, PAGE, 7, "", "", "");
        assertThat(new Explanation(
                                new FoundMessage(malformed, null, null, List.of(), List.of(), List.of()),
                                null,
                                Optional.empty())
                        .sentence())
                .contains("could not be understood once");
    }

    @Test
    void whatCameFromOutsideCanNeitherBreakNorReorderASentence() {
        Item item = item("a\u202Eb\n@x", ItemState.FAILED, Reason.MAILBOX_GONE, "\u0007" + "x".repeat(1000));
        assertThat(sentence(item)).doesNotContain("\u202E", "\n", "\u0007").hasSizeLessThan(700);
    }

    private static String sentence(Item... items) {
        return new Explanation(found(List.of(items), List.of()), "WeChat Archiver", Optional.empty()).sentence();
    }

    private static FoundMessage found(List<Item> items, List<FoundEntry> entries) {
        return new FoundMessage(
                REVISION,
                new FoundMessage.FoundRun("run-1", Run.State.COMPLETE, DAY, DAY, "WeChat Archiver"),
                new FoundMessage.FoundPage(PAGE.path(), PAGE.sha256(), DAY, true),
                List.of(),
                items.stream().map(item -> new FoundItem(item, DAY)).toList(),
                entries);
    }

    private static Item item(String target, ItemState state, Reason reason, String detail) {
        return new Item(
                REVISION.id(),
                target,
                "run-1",
                3,
                state,
                null,
                reason,
                detail,
                1,
                null,
                state == ItemState.RETRY ? DAY : null);
    }

    private static FoundEntry entry(Item item, Decisions.Decision decision) {
        return new FoundEntry(
                item.target(),
                new Channels.Entry(
                        17,
                        item.reason().channel(),
                        "wechat",
                        "run-1",
                        3,
                        7L,
                        "m1",
                        "+49",
                        item.mailbox(),
                        null,
                        item.reason(),
                        item.detail(),
                        PAGE.path(),
                        DAY,
                        null,
                        null,
                        decision,
                        null,
                        null));
    }
}
