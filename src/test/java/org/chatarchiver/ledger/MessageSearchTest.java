package org.chatarchiver.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.chatarchiver.ledger.TestLedger.CONNECTOR;
import static org.chatarchiver.ledger.TestLedger.imported;
import static org.chatarchiver.ledger.TestLedger.item;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.chatarchiver.mime.MessageIds;

class MessageSearchTest extends LedgerContract {
    private static final String ANNA = "anna@example.com";
    private static final String OWNER = "+4915112345678";

    MessageSearchTest(TestLedger ledger) {
        super(ledger);
    }

    @LedgerTest
    void aMessageIsFoundByItsIdWithAllThatIsKnownOfIt() {
        Page page = ledger.page(ledger.run(), 1, 2);
        ledger.failed(page, "m1", ANNA, Reason.QUOTA_EXCEEDED);
        ledger.pages.done(page);
        assertThat(byId("m1")).singleElement().satisfies(found -> {
            assertThat(found.revision().sourceId()).isEqualTo("m1");
            assertThat(found.run().id()).isEqualTo(page.run());
            assertThat(found.run().state()).isEqualTo(Run.State.RUNNING);
            assertThat(found.page().path()).isEqualTo(page.path());
            assertThat(found.page().done()).isTrue();
            assertThat(found.items())
                    .singleElement()
                    .extracting(one -> one.item().state())
                    .isEqualTo(ItemState.FAILED);
            assertThat(found.entries()).singleElement().satisfies(entry -> {
                assertThat(entry.target()).isEqualTo(ANNA);
                assertThat(entry.entry().reason()).isEqualTo(Reason.QUOTA_EXCEEDED);
            });
        });
        assertThat(byId("m2")).isEmpty();
    }

    @LedgerTest
    void oneThatIsOnItsWayForTheFirstTimeHasNoItemYet() {
        Page page = ledger.page(ledger.run(), 1, 1);
        ledger.items.register(List.of(TestLedger.fresh(revision(page, "m1", OWNER), ANNA)));
        assertThat(byId("m1")).singleElement().satisfies(found -> {
            assertThat(found.items()).isEmpty();
            assertThat(found.page().done()).isFalse();
        });
    }

    @LedgerTest
    void anElementThatCouldNotBeUnderstoodIsFoundByTheIdInIt() {
        Page page = ledger.page(ledger.run(), 1, 1);
        ledger.failed(page, Revision.malformed("m1"), ItemTarget.participant(""), Reason.TIME_MISSING);
        assertThat(byId("m1"))
                .singleElement()
                .extracting(found -> found.revision().messageId())
                .isEqualTo("m1");
    }

    @LedgerTest
    void everyRevisionIsFoundByTheMessageIdOfItsOwnEmail() {
        Page page = ledger.page(ledger.run(), 1, 2);
        Revision first = revision(page, "m1", OWNER);
        Revision second = Revision.of(CONNECTOR, "m1", "e".repeat(64), 1, page, 1, OWNER, OWNER, "In");
        ledger.items.register(List.of(TestLedger.fresh(first, ANNA)));
        ledger.items.register(List.of(TestLedger.fresh(second, ANNA)));
        ledger.pages.done(page);
        enter();
        MessageIds ids = new MessageIds("chat-archiver.invalid");

        assertThat(byEmail(ids.messageId(CONNECTOR, "m1", "")))
                .extracting(found -> found.revision().number())
                .containsExactly(0);
        assertThat(byEmail(ids.messageId(CONNECTOR, "m1", second.digest())))
                .extracting(found -> found.revision().number())
                .containsExactly(1);
        assertThat(byEmail(ids.messageId("whatsapp", "m1", ""))).isEmpty();
        assertThat(byEmail("<" + "0".repeat(40) + "@x>")).isEmpty();
    }

    @LedgerTest
    void thePagesOfALedgerFromBeforeAreEnteredOneAfterTheOther() {
        Run run = ledger.run();
        for (int page = 1; page <= 30; page++) {
            ledger.delivered(run, page, "m" + page);
        }
        assertThat(ledger.searchLists.missing()).isEqualTo(30);
        assertThat(mailbox(ANNA, 100)).isEmpty();
        assertThat(ledger.searchLists.enter()).isTrue();
        assertThat(ledger.searchLists.missing()).isEqualTo(5);
        assertThat(ledger.searchLists.enter()).isFalse();
        assertThat(ledger.searchLists.missing()).isZero();
        assertThat(mailbox(ANNA, 100)).hasSize(30);
    }

    @LedgerTest
    void whatARequeueHasMappedIsFoundByItsNewMailbox() {
        Page page = ledger.page(ledger.run(), 1, 1);
        Item failure = ledger.failed(page, "m1", ItemTarget.participant("+49"), Reason.NO_MAPPING);
        ledger.pages.done(page);
        enter();
        assertThat(mailbox(ANNA, 10)).isEmpty();
        Item mapped =
                new Item(failure.message(), ANNA, page.run(), 1, ItemState.SENDING, null, null, null, 0, null, null);
        ledger.items.restate(List.of(mapped));
        ledger.replacements.replaced(List.of(failure), List.of(mapped), List.of());
        ledger.items.settle(List.of(imported(mapped)));
        ledger.pages.done(page);
        enter();
        assertThat(mailbox("Anna@EXAMPLE.com", 10)).as("in whatever case").hasSize(1);
    }

    @LedgerTest
    void theMessagesOfAnOwnerAreFoundAsTheFirstAndAsAFurtherCapture() {
        Page page = ledger.page(ledger.run(), 1, 2);
        Revision mine = revision(page, "m1", OWNER);
        Revision theirs = revision(page, "m2", "+447700900101");
        Item item = item(theirs, ANNA, ItemState.SENDING, null);
        ledger.items.register(List.of(TestLedger.fresh(mine, ANNA)));
        ledger.items.register(List.of(new Items.Fresh(
                theirs,
                false,
                List.of(item),
                List.of(Capture.of(theirs.id(), OWNER, "0151 12345678", page, 1).mapped(ANNA, false)))));
        ledger.items.settle(List.of(imported(item)));
        ledger.pages.done(page);
        enter();
        List<FoundMessage> found = byOwner(OWNER);
        assertThat(found).extracting(one -> one.revision().sourceId()).containsExactlyInAnyOrder("m1", "m2");
        assertThat(found.stream().flatMap(one -> one.captures().stream()))
                .extracting(Capture::msisdn)
                .containsExactly("0151 12345678");
    }

    @LedgerTest
    void theMessagesOfAMailboxAreFoundTheLatestFirstInParts() {
        Run first = ledger.run();
        ledger.delivered(first, 1, ids(1, 7));
        ledger.delivered(first, 2, ids(8, 9));
        ledger.runs.landed(first.id(), null);
        Run second = ledger.run(Run.Cause.MANUAL, TestLedger.DAY, TestLedger.DAY.plus(Duration.ofHours(1)));
        ledger.delivered(second, 1, ids(10, 12));
        enter();
        for (int limit : List.of(1, 2, 3, 5, 12, 100)) {
            List<String> read = new ArrayList<>();
            List<String> runs = new ArrayList<>();
            String after = "";
            while (after != null) {
                MessageSearch.Part part = ledger.messageSearch.find(mailbox(ANNA), limit, after);
                assertThat(part.messages()).hasSizeLessThanOrEqualTo(limit);
                part.messages().forEach(found -> {
                    read.add(found.revision().sourceId());
                    runs.add(found.revision().run() + "/" + found.revision().page());
                });
                after = part.next();
            }
            assertThat(read).as("in parts of " + limit).containsExactlyInAnyOrder(ids(1, 12));
            assertThat(runs).isSortedAccordingTo((one, other) -> other.compareTo(one));
        }
        assertThat(ledger.messageSearch
                        .find(mailbox("bert@example.com"), 10, "")
                        .messages())
                .isEmpty();
    }

    @LedgerTest
    void whatNoLedgerCanHoldIsLookedForAllTheSame() {
        assertThat(byId("a\u0000b\ud800")).isEmpty();
        assertThat(byOwner("a\u0000b\ud800")).isEmpty();
        assertThat(ledger.messageSearch
                        .find(mailbox("a\u0000b\ud800@x"), 10, "")
                        .messages())
                .isEmpty();
    }

    private void enter() {
        ledger.searchLists.enter();
    }

    private List<FoundMessage> mailbox(String address, int limit) {
        return ledger.messageSearch.find(mailbox(address), limit, "").messages();
    }

    private static String[] ids(int from, int to) {
        return IntStream.rangeClosed(from, to).mapToObj(i -> "m" + i).toArray(String[]::new);
    }

    private static Revision revision(Page page, String id, String owner) {
        return Revision.of(CONNECTOR, id, "d".repeat(64), 0, page, 0, owner, owner, "In");
    }

    private List<FoundMessage> byId(String id) {
        return find(new MessageSearch.Wanted(List.of(id), List.of(), List.of(), List.of()));
    }

    private List<FoundMessage> byEmail(String messageId) {
        return find(new MessageSearch.Wanted(List.of(), List.of(messageId.substring(1, 41)), List.of(), List.of()));
    }

    private List<FoundMessage> byOwner(String key) {
        return find(new MessageSearch.Wanted(List.of(), List.of(), List.of(key), List.of()));
    }

    private static MessageSearch.Wanted mailbox(String address) {
        return new MessageSearch.Wanted(List.of(), List.of(), List.of(), List.of(ItemTarget.mailbox(address)));
    }

    private List<FoundMessage> find(MessageSearch.Wanted wanted) {
        return ledger.messageSearch.find(wanted, 10, "").messages();
    }
}
