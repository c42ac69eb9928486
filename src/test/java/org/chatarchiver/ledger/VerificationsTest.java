package org.chatarchiver.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.chatarchiver.ledger.Verifications.Progress;
import org.chatarchiver.ledger.Verifications.Verified;

class VerificationsTest extends LedgerContract {
    private static final String ANNA = "anna@example.com";

    VerificationsTest(TestLedger ledger) {
        super(ledger);
    }

    @LedgerTest
    void eachStaysWithWhatItHasFound() {
        Run run = ledger.run();
        Verified first = ledger.verifications.begin(run, "ada", new Progress(2, 0, 5, 0, 0, 0, 0), null);
        assertThat(first.number()).isEqualTo(1);
        assertThat(first.kinds()).isEmpty();
        assertThat(first.ended()).isNull();
        Difference missing = missing(run, ANNA, "<1@x>");
        Difference count = Difference.of(DifferenceKind.COUNT_DIFFERS, run.id(), "Too few");
        ledger.verifications.found(first, 1, missing);
        ledger.verifications.found(first, 2, count);
        Map<DifferenceKind, Long> kinds = Map.of(DifferenceKind.MISSING, 1L, DifferenceKind.COUNT_DIFFERS, 1L);
        ledger.verifications.ended(run, first, new Progress(2, 2, 5, 5, 1, 0, 0), kinds, null);

        Verified ended = ledger.verifications.latest(run.id()).orElseThrow();
        assertThat(ended.progress()).isEqualTo(new Progress(2, 2, 5, 5, 1, 0, 0));
        assertThat(ended.kinds()).isEqualTo(kinds);
        assertThat(ended.ended()).isEqualTo(ledger.clock.instant());
        assertThat(ledger.verifications.differences(ended)).containsExactly(missing, count);

        Verified second = ledger.verifications.begin(run, "bob", new Progress(2, 0, 5, 0, 0, 0, 0), null);
        assertThat(second.number()).isEqualTo(2);
        assertThat(ledger.verifications.differences(second)).isEmpty();
        assertThat(ledger.verifications.differences(first)).hasSize(2);
        assertThat(ledger.verifications.latest("none")).isEmpty();
    }

    @LedgerTest
    void anEmailWasSeenWhereAnEarlierOneEndedWithoutMissingItOrItsMailbox() {
        Run run = ledger.run();
        assertThat(seen(run, ANNA, "<2@x>")).isFalse();
        verified(run, null, missing(run, ANNA, "<1@x>"), shut(run, "bob@example.com"));

        assertThat(seen(run, ANNA, "<2@x>")).isTrue();
        assertThat(seen(run, ANNA, "<1@x>")).isFalse();
        assertThat(seen(run, "bob@example.com", "<3@x>")).isFalse();
        assertThat(ledger.verifications.hasSeen(
                        run.id(), ANNA, "<2@x>", ledger.clock.instant().plusSeconds(1)))
                .as("delivered behind it")
                .isFalse();
    }

    @LedgerTest
    void oneThatWasBrokenOffHasSeenNothing() {
        Run run = ledger.run();
        verified(run, "It was stopped");
        assertThat(seen(run, ANNA, "<2@x>")).isFalse();
    }

    private void verified(Run run, String problem, Difference... differences) {
        ledger.clock.pass(Duration.ofSeconds(5));
        Verified verified = ledger.verifications.begin(run, "ada", new Progress(1, 0, 3, 0, 0, 0, 0), null);
        for (int i = 0; i < differences.length; i++) {
            ledger.verifications.found(verified, i + 1, differences[i]);
        }
        ledger.verifications.ended(run, verified, new Progress(1, 1, 3, 3, 0, 0, 0), Map.of(), problem);
    }

    private boolean seen(Run run, String mailbox, String messageId) {
        return ledger.verifications.hasSeen(
                run.id(), mailbox, messageId, ledger.clock.instant().minusSeconds(1));
    }

    private static Difference missing(Run run, String mailbox, String messageId) {
        return new Difference(DifferenceKind.MISSING, run.id(), 1, 4L, mailbox, messageId, "It is not there");
    }

    private static Difference shut(Run run, String mailbox) {
        return new Difference(
                DifferenceKind.MAILBOX_UNREACHABLE, run.id(), null, null, mailbox, null, "It could not be searched");
    }

    @LedgerTest
    void whatIsKnownOfMessagesIsToldWithWhereAndWhoHasMetThemAgain() {
        Run run = ledger.run();
        Page page = ledger.delivered(run, 1, "m1", "m2");
        ledger.runs.landed(run.id(), 2L);
        Run later = ledger.run();
        ledger.metAgain(later, List.of(ledger.recalled("m1", ANNA)));

        Map<String, List<Evidence.Known>> known =
                ledger.evidence.known(TestLedger.CONNECTOR, later.id(), List.of("m1", "m2", "m3"));

        assertThat(known).containsOnlyKeys("m1", "m2");
        assertThat(known.get("m1")).singleElement().satisfies(one -> {
            assertThat(one.run()).isEqualTo(run.id());
            assertThat(one.page()).isEqualTo(page.number());
            assertThat(one.position()).isZero();
            assertThat(one.counted()).isTrue();
            assertThat(one.again()).isTrue();
            assertThat(one.captures()).isEmpty();
        });
        assertThat(known.get("m2")).singleElement().satisfies(one -> assertThat(one.again())
                .isFalse());
    }

    @LedgerTest
    void theDeliveredItemsOfAPageComeInPartsEachOnce() {
        Run run = ledger.run();
        Page page = ledger.delivered(run, 1, "m1", "m2", "m3");
        ledger.delivered(run, 2, "m4");
        ledger.failed(ledger.page(run, 3, 1), "m5", ItemTarget.participant("x"), Reason.NO_MAPPING);

        List<Evidence.Delivered> first = ledger.evidence.delivered(page, null, 2);
        List<Evidence.Delivered> rest = ledger.evidence.delivered(page, first.get(1), 2);

        assertThat(first).hasSize(2);
        assertThat(rest).singleElement();
        assertThat(List.of(
                        first.get(0).sourceId(),
                        first.get(1).sourceId(),
                        rest.get(0).sourceId()))
                .containsExactlyInAnyOrder("m1", "m2", "m3");
        assertThat(rest.get(0).mailbox()).isEqualTo(ANNA);
        assertThat(rest.get(0).confirmed()).isTrue();
        assertThat(ledger.evidence.delivered(run.id())).isEqualTo(4);
        assertThat(ledger.evidence.pages(run.id())).hasSize(3).allMatch(kept -> !kept.removed());
        ledger.jdbc.update("update page set state = 'REMOVED' where run = ? and number = 1", run.id());
        assertThat(ledger.evidence.pages(run.id()).get(0).removed()).isTrue();
    }

    @LedgerTest
    void oneThatWasBrokenOffGoesOnFromItsMarkAndForgetsWhatItFoundBehindThat() {
        Run run = ledger.run();
        Verified begun = ledger.verifications.begin(run, "ada", new Progress(9, 0, 5, 0, 0, 0, 0), null);
        assertThat(begun.mark()).isNull();
        Difference kept = missing(run, ANNA, "<1@x>");
        ledger.verifications.found(begun, 1, kept);
        Map<DifferenceKind, Long> kinds = Map.of(DifferenceKind.MISSING, 1L);
        Verifications.Mark mark = new Verifications.Mark(3, 4, 1, 1, kinds, 2);
        ledger.verifications.mark(begun, new Progress(9, 3, 5, 4, 1, 2, 2), mark);
        ledger.verifications.found(begun, 2, missing(run, ANNA, "<2@x>"));
        VerifiedFolders folders = ledger.verifications.folders();
        folders.keep(begun, 1, part(VerifiedFolders.MOST));
        folders.keep(begun, 2, part(1));
        folders.keep(begun, 3, part(2));

        Verified open = ledger.verifications.open().get(0);
        ledger.verifications.goOn(open);

        assertThat(ledger.verifications.open()).containsExactly(open);
        assertThat(open.mark()).isEqualTo(mark);
        assertThat(open.progress()).isEqualTo(new Progress(9, 3, 5, 4, 1, 2, 2));
        assertThat(ledger.verifications.differences(open)).containsExactly(kept);
        VerifiedFolders.Part first = folders.part(open, 1).orElseThrow();
        assertThat(first.mailboxes()).containsExactly(7);
        assertThat(first.unreachable()).containsExactly(Long.MIN_VALUE, Long.MAX_VALUE);
        assertThat(first.items()).hasSize(VerifiedFolders.MOST).endsWith(VerifiedFolders.MOST - 1L);
        assertThat(folders.part(open, 2).orElseThrow().items()).containsExactly(0);
        assertThat(folders.part(open, 3)).isEmpty();
        ledger.verifications.ended(run, open, open.progress(), kinds, null);
        assertThat(ledger.verifications.open()).isEmpty();
        assertThat(folders.part(open, 1)).isEmpty();
    }

    private static VerifiedFolders.Part part(int items) {
        return new VerifiedFolders.Part(
                new long[] {7},
                new long[] {Long.MIN_VALUE, Long.MAX_VALUE},
                LongStream.range(0, items).toArray());
    }

    @LedgerTest
    void oneThatAnEarlierVersionHasMarkedBeginsAnew() {
        Run run = ledger.run();
        Verified begun = ledger.verifications.begin(run, "ada", new Progress(9, 0, 5, 0, 0, 0, 0), null);
        ledger.verifications.found(begun, 1, missing(run, ANNA, "<1@x>"));
        ledger.jdbc.update("update verification set mark = '3 4 1 1 MISSING=1' where run = ?", run.id());

        Verified open = ledger.verifications.open().get(0);
        ledger.verifications.goOn(open);

        assertThat(open.mark()).isNull();
        assertThat(ledger.verifications.differences(open)).isEmpty();
        ledger.verifications.ended(run, open, open.progress(), Map.of(), null);
    }

    @LedgerTest
    void emailsAreKnownWhetherTheirPageIsInWorkOrWaitsToBeEnteredOrIsEntered() {
        Run run = ledger.run();
        ledger.delivered(run, 1, "m1", "m2");
        while (ledger.searchLists.enter()) {
            // Until nothing is left.
        }
        ledger.delivered(run, 2, "m3");
        ledger.delivered(run, 3, "m4");
        ledger.jdbc.update("update page set state = 'LANDED' where run = ? and number = 3", run.id());
        ledger.jdbc.update("delete from search_page where run = ? and page = 3", run.id());
        String none = "0".repeat(40);

        assertThat(ledger.searchLists.missing()).isEqualTo(1);
        assertThat(ledger.knownEmails.unknown(
                        List.of(digits("m1"), digits("m2"), none, digits("m3"), digits("m4"), digits("m5"))))
                .containsExactlyInAnyOrder(none, digits("m5"));
        assertThat(ledger.knownEmails.unknown(List.of())).isEmpty();
    }

    private static String digits(String id) {
        return SearchName.emailDigits(TestLedger.CONNECTOR, id, "", false);
    }
}
