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
import org.chatarchiver.ledger.FoundMessage.Replayed;
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
    void anOwnerWithoutAMailboxIsCalledTheOwner() {
        assertThat(sentence(item(ItemTarget.participant("+49"), ItemState.FAILED, Reason.NO_MAPPING, "No rule.")))
                .contains("Give the owner a mailbox in the connector's mapping file, then requeue");
        assertThat(sentence(item(ItemTarget.participant(""), ItemState.FAILED, Reason.OWNER_UNKNOWN, "Nobody.")))
                .contains("Give the owner a mailbox");
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
        assertThat(sentence(there, failed))
                .startsWith(
                        "It is in 1 of 2 mailboxes that it is for. The other: It is not in the mailbox 'carl@example.com'");
        assertThat(sentence(there, there)).isEqualTo("It is in all 2 mailboxes that it is for; nothing is to be done.");
    }

    @Test
    void whatAReplayLooksForWasDelivered() {
        Item again = item(ANNA, ItemState.RETRY, null, null);
        assertThat(replayed(again, Replayed.LOOKED_FOR))
                .isEqualTo(
                        "It was delivered to the mailbox 'anna@example.com'; a replay is looking whether it still is there.");
        assertThat(replayed(item(ANNA, ItemState.SENDING, null, null), Replayed.MISSING))
                .isEqualTo(
                        "It was delivered to the mailbox 'anna@example.com'; a replay has not found it there and has it sent again.");
        assertThat(replayed(item(ANNA, ItemState.IMPORTED, null, null), Replayed.CONFIRMED))
                .contains("last confirmed 2026-11-19")
                .doesNotContain("since");
        assertThat(replayed(item(ANNA, ItemState.FAILED, Reason.MAILBOX_GONE, "It is gone."), Replayed.MISSING))
                .startsWith("It is not in the mailbox");
        assertThat(new Explanation(
                                found(
                                        List.of(
                                                new FoundItem(again, DAY, null, Replayed.LOOKED_FOR),
                                                new FoundItem(again, DAY, null, Replayed.LOOKED_FOR)),
                                        false,
                                        false,
                                        List.of()),
                                null,
                                Optional.empty())
                        .sentence())
                .startsWith("It is in 0 of 2 mailboxes that it is for, and was delivered to 2 that a replay is");
    }

    private static String replayed(Item item, Replayed replayed) {
        return new Explanation(
                        found(List.of(new FoundItem(item, DAY, null, replayed)), false, false, List.of()),
                        null,
                        Optional.empty())
                .sentence();
    }

    @Test
    void whileAPageIsInWorkOrItemsAreLeftOutNobodySaysThatNothingIsToBeDone() {
        FoundItem there = new FoundItem(item(ANNA, ItemState.IMPORTED, null, null), DAY, null, Replayed.NOT);
        assertThat(new Explanation(found(List.of(there), false, true, List.of()), null, Optional.empty()).sentence())
                .endsWith(
                        "since 2026-11-19T02:15:00Z. A page that it was met on is still in work: further mailboxes may follow.");
        assertThat(new Explanation(found(List.of(there, there), false, true, List.of()), null, Optional.empty())
                        .sentence())
                .doesNotContain("all", "nothing")
                .contains("2 mailboxes", "further mailboxes may follow");
        assertThat(new Explanation(found(List.of(there, there), true, false, List.of()), null, Optional.empty())
                        .sentence())
                .doesNotContain("all", "nothing")
                .contains("first 2", "the rest");
    }

    @Test
    void eachItemIsInTheFolderOfItsOwnRun() {
        FoundItem one = new FoundItem(item(ANNA, ItemState.IMPORTED, null, null), DAY, "Old", Replayed.NOT);
        Explanation explanation =
                new Explanation(found(List.of(one), false, false, List.of()), "New", Optional.empty());
        assertThat(explanation.of(one)).contains("in the folder 'Old'");
    }

    @Test
    void whatHasNoItemYetIsOnItsWay() {
        assertThat(sentence()).contains("It is on its way: it was met on page 3 of the run run-1");
        Revision malformed = Revision.of("wechat", Revision.malformed("m1"), "d".repeat(64), 0, PAGE, 7, "", "", "");
        assertThat(new Explanation(
                                new FoundMessage(malformed, null, null, List.of(), List.of(), false, false, List.of()),
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
        return found(
                items.stream()
                        .map(item -> new FoundItem(item, DAY, "WeChat Archiver", Replayed.NOT))
                        .toList(),
                false,
                false,
                entries);
    }

    private static FoundMessage found(List<FoundItem> items, boolean cut, boolean inWork, List<FoundEntry> entries) {
        return new FoundMessage(
                REVISION,
                new FoundMessage.FoundRun("run-1", Run.State.COMPLETE, DAY, DAY, "WeChat Archiver"),
                new FoundMessage.FoundPage(PAGE.path(), PAGE.sha256(), DAY, true, null),
                List.of(),
                items,
                cut,
                inWork,
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
                        null,
                        null));
    }
}
