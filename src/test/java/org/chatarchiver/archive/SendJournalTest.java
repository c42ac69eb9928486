package org.chatarchiver.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.util.List;
import org.chatarchiver.connector.LedgerOnH2;
import org.chatarchiver.delivery.DeliverySettings;
import org.chatarchiver.delivery.MailboxBatch;
import org.chatarchiver.delivery.RetrySchedule;
import org.chatarchiver.ledger.DryCounts;
import org.chatarchiver.ledger.Failure;
import org.chatarchiver.ledger.Item;
import org.chatarchiver.ledger.ItemState;
import org.chatarchiver.ledger.Items;
import org.chatarchiver.ledger.NotServed;
import org.chatarchiver.ledger.Pages;
import org.chatarchiver.ledger.Reason;
import org.chatarchiver.ledger.Replacements;
import org.chatarchiver.ledger.RunReport;
import org.chatarchiver.ledger.RunReports;
import org.chatarchiver.mapping.Unserved;
import org.chatarchiver.mime.ChatMime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is recorded of a chunk before any of it is sent, and what is sent to whom. */
class SendJournalTest {
    private static final String ANN = "ann@example.com";
    private static final String BEN = "ben@example.com";

    private final LedgerOnH2 ledger = new LedgerOnH2();
    private final Items items = ledger.bean(Items.class);
    private final RetrySchedule retrySchedule = new RetrySchedule(DeliverySettings.shipped(), ledger.clock());
    private final PageWorkFixture pages = new PageWorkFixture(ledger);
    private final SendJournal journal = new SendJournal(
            items,
            ledger.bean(Replacements.class),
            new DryCounting(ledger.bean(DryCounts.class)),
            ledger.bean(NotServed.class),
            new ChatMime("archive.example"));
    private final PageWork work = pages.page();

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void eachMailboxGetsItsMessagesInOneBatchInTheirOrder() {
        Plan plan = journal.plan(List.of(
                MessageFixture.marshalled(work, "m1", ANN, BEN),
                MessageFixture.marshalled(work, "m2", BEN),
                MessageFixture.marshalled(work, "m3", ANN)));

        assertThat(plan.failures()).isEmpty();
        assertThat(plan.batches()).extracting(MailboxBatch::mailbox).containsExactly(ANN, BEN);
        assertThat(plan.batches())
                .extracting(MailboxBatch::folder)
                .containsOnly(work.connector().folder());
        assertThat(plan.batches()).noneMatch(MailboxBatch::doubtful);
        assertThat(emails(plan, 0)).containsExactly(emailId("m1"), emailId("m3"));
        assertThat(emails(plan, 1)).containsExactly(emailId("m1"), emailId("m2"));
    }

    @Test
    void whatIsAboutToBeSentIsInDoubtUntilItHasAnOutcomeAndItsPageHasEnded() {
        Plan plan = journal.plan(List.of(MessageFixture.marshalled(work, "m1", ANN)));
        assertThat(ledger.bean(Pages.class).inDoubt(work.page())).isTrue();

        items.settle(List.of(imported(item(plan))));
        ledger.bean(Pages.class).done(work.page());

        assertThat(ledger.bean(Pages.class).inDoubt(work.page())).isFalse();
        assertThat(recalled("m1").state()).isEqualTo(ItemState.IMPORTED);
    }

    @Test
    void whatMayHaveBeenSentBeforeIsLookedForFirst() {
        MarshalledMessage before = MessageFixture.marshalled(work, "m1", ANN);
        Item item = item(journal.plan(List.of(before)));
        items.settle(List.of(retrySchedule.later(item, Reason.THROTTLED, Duration.ofSeconds(1), "Slower.")));

        Item known = recalled("m1");
        Plan plan = journal.plan(List.of(
                MessageFixture.marshalled(MessageFixture.mapped(
                        MessageFixture.known(
                                PageWorkFixture.again(work), before.mapped().known(), List.of(known)),
                        List.of(known))),
                MessageFixture.marshalled(PageWorkFixture.again(work), "m2", ANN)));

        assertThat(plan.batches()).singleElement().satisfies(batch -> {
            assertThat(batch.doubtful()).isTrue();
            assertThat(batch.lookup().messageIds()).containsExactly(emailId("m1"));
        });
    }

    @Test
    void allOfAPageWhoseDeliveryMayBeForgottenIsLookedFor() {
        Plan plan = journal.plan(List.of(MessageFixture.marshalled(PageWorkFixture.doubtful(work), "m1", ANN)));
        assertThat(plan.batches().get(0).lookup().messageIds()).containsExactly(emailId("m1"));
    }

    @Test
    void whatAnotherPageHasRecordedMeanwhileIsNotSentASecondTime() {
        PageWork other = pages.page();
        Item first = item(journal.plan(List.of(MessageFixture.marshalled(other, "m1", ANN))));

        List<PreparedMessage> same =
                List.of(MessageFixture.marshalled(work, "m2", ANN), MessageFixture.marshalled(work, "m1", ANN));
        assertThatThrownBy(() -> journal.plan(same))
                .isInstanceOf(PageWaitsException.class)
                .hasMessageContaining(work.page().reference());
        items.settle(List.of(imported(first)));
        assertThat(recalled("m1").run()).isEqualTo(other.run().id());
        assertThat(items.recall("wechat", List.of("m2")))
                .as("recorded with all or not at all")
                .isEmpty();
    }

    @Test
    void whatFailsIsForItsChannelAndTheRestIsSent() {
        Plan plan = journal.plan(List.of(
                MessageFixture.mapped(work, "m1", ANN).failed(Reason.EMAIL_TOO_LARGE, "It is too large."),
                MessageFixture.marshalled(work, "m2", ANN)));

        assertThat(plan.failures()).singleElement().satisfies(failure -> {
            assertThat(failure.reason()).isEqualTo(Reason.EMAIL_TOO_LARGE);
            assertThat(failure.detail()).isEqualTo("It is too large.");
            assertThat(failure.path()).isEqualTo(work.page().path());
        });
        assertThat(plan.failures())
                .extracting(Failure::item)
                .extracting(Item::target)
                .containsExactly(ANN);
        assertThat(emails(plan, 0)).containsExactly(emailId("m2"));
    }

    @Test
    void whatWaitsIsRecordedWithItsNextTimeAndIsNotSent() {
        Plan plan = journal.plan(List.of(MessageFixture.mapped(work, "m1", ANN)
                .later(retrySchedule, Reason.ATTACHMENT_UNAVAILABLE, Duration.ofSeconds(60), "Not yet.")));

        assertThat(plan).isEqualTo(new Plan(List.of(), List.of()));
        assertThat(recalled("m1").state()).isEqualTo(ItemState.RETRY);
        assertThat(recalled("m1").retryAt()).isEqualTo(ledger.clock().instant().plusSeconds(60));
        assertThat(recalled("m1").attempts()).isEqualTo(1);
    }

    @Test
    void aWaitInWhichNothingWasTriedCountsAsNoTry() {
        KnownMessage message = MessageFixture.known(work, "m1");
        Item item = message.item(ANN, ItemState.RETRY, null, null, null);
        Items.Settled undecided = retrySchedule.later(item, Reason.DESTINATION_UNAVAILABLE, Duration.ofSeconds(9), "?");
        List<MappedItems.Waiting> waiting = List.of(new MappedItems.Waiting(undecided, false));
        journal.plan(List.of(
                new MappedMessage(message, new MappedItems(List.of(), List.of(), List.of(), waiting, List.of()))));

        assertThat(recalled("m1").state()).isEqualTo(ItemState.RETRY);
        assertThat(recalled("m1").attempts()).isZero();
    }

    @Test
    void whatAnotherRunHasDeliveredIsSkippedInThisOnesReport() {
        MarshalledMessage before = MessageFixture.marshalled(work, "m1", ANN);
        items.settle(List.of(imported(item(journal.plan(List.of(before))))));
        PageWork second = pages.page();

        Plan plan = journal.plan(List.of(MessageFixture.mapped(
                MessageFixture.known(second, before.mapped().known(), List.of(recalled("m1"))))));

        assertThat(plan.batches()).isEmpty();
        assertThat(report(second).skipped()).isEqualTo(1);
        assertThat(report(second).imported()).isZero();
        assertThat(report(work).imported()).isEqualTo(1);
    }

    @Test
    void whoseAddressCouldNotBeUsedIsToldInTheReportOfTheRun() {
        Unserved cleo = new Unserved("cleo", "cleo", Reason.NO_MAPPING, "She has none.");
        journal.plan(List.of(unserved("m1", cleo), unserved("m2", cleo)));

        assertThat(ledger.bean(NotServed.class).list(work.run().id(), 10, null))
                .extracting(NotServed.Participant::participant, NotServed.Participant::messages)
                .containsExactly(tuple("cleo", 2L));
    }

    @Test
    void aDryRunIsCountedAndNothingOfItIsRecordedOrSent() {
        PageWork dry = pages.page(true);
        Plan plan = journal.plan(List.of(
                MessageFixture.marshalled(dry, "m1", ANN, BEN),
                MessageFixture.mapped(dry, "m2", ANN).failed(Reason.EMAIL_TOO_LARGE, "It is too large.")));

        assertThat(plan).isEqualTo(new Plan(List.of(), List.of()));
        assertThat(items.recall("wechat", List.of("m1", "m2"))).isEmpty();
        assertThat(dry.dry())
                .containsEntry(new DryCounts.Key(DryCounts.Outcome.MESSAGES, null), 2L)
                .containsEntry(new DryCounts.Key(DryCounts.Outcome.IMPORTED, null), 2L)
                .containsEntry(new DryCounts.Key(DryCounts.Outcome.FAILED, Reason.EMAIL_TOO_LARGE), 1L);
    }

    @Test
    void whatIsToBeSentAndHasNoEmailStopsItsPageBeforeItIsRecorded() {
        List<PreparedMessage> unmarshalled = List.of(MessageFixture.mapped(work, "m1", ANN));

        assertThatThrownBy(() -> journal.plan(unmarshalled))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("make-email");
        assertThat(items.recall("wechat", List.of("m1"))).isEmpty();
    }

    private MappedMessage unserved(String id, Unserved participant) {
        return new MappedMessage(
                MessageFixture.known(work, id),
                new MappedItems(List.of(), List.of(), List.of(), List.of(), List.of(participant)));
    }

    private static List<String> emails(Plan plan, int batch) {
        return plan.batches().get(batch).postings().stream()
                .map(posting -> posting.email().messageId())
                .toList();
    }

    private static String emailId(String message) {
        return new ChatMime("archive.example").ids().messageId("wechat", message, "");
    }

    private static Item item(Plan plan) {
        return plan.batches().get(0).postings().get(0).item();
    }

    private static Items.Settled imported(Item item) {
        return new Items.Settled(item, ItemState.IMPORTED, null, null, 7, null);
    }

    private Item recalled(String id) {
        return items.recall("wechat", List.of(id)).get(id).get(0).items().get(0);
    }

    private RunReport report(PageWork page) {
        return ledger.bean(RunReports.class).of(page.run().id()).orElseThrow();
    }
}
