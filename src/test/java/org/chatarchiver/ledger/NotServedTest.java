package org.chatarchiver.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.chatarchiver.ledger.NotServed.Participant;
import org.chatarchiver.ledger.NotServed.Sighting;

class NotServedTest extends LedgerContract {
    private static final UUID FIRST = new UUID(1, 1);
    private static final UUID SECOND = new UUID(2, 2);

    NotServedTest(TestLedger ledger) {
        super(ledger);
    }

    @LedgerTest
    void eachParticipantCountsOnceForAMessageHoweverOftenItIsTold() {
        List<Sighting> told =
                List.of(refused(FIRST, "fay"), refused(FIRST, "fay"), refused(SECOND, "fay"), missing(FIRST, "gus"));
        ledger.notServed.add("r1", told);
        ledger.notServed.add("r1", told);
        ledger.notServed.add("r2", List.of(missing(FIRST, "gus")));
        assertThat(ledger.notServed.counts(List.of("r1", "r2", "r3")))
                .isEqualTo(Map.of(
                        "r1",
                        Map.of(Reason.ADDRESS_REFUSED, 2L, Reason.MAILBOX_NOT_FOUND, 1L),
                        "r2",
                        Map.of(Reason.MAILBOX_NOT_FOUND, 1L)));
        assertThat(ledger.notServed.list("r1", 10, null))
                .extracting(Participant::participant, Participant::reason, Participant::messages)
                .containsExactlyInAnyOrder(
                        tuple("fay", Reason.ADDRESS_REFUSED, 2L), tuple("gus", Reason.MAILBOX_NOT_FOUND, 1L));
    }

    @LedgerTest
    void aSecondReasonForTheSameMessageCountsNothing() {
        ledger.notServed.add("r1", List.of(refused(FIRST, "fay")));
        ledger.notServed.add("r1", List.of(missing(FIRST, "fay")));
        assertThat(ledger.notServed.counts(List.of("r1"))).isEqualTo(Map.of("r1", Map.of(Reason.ADDRESS_REFUSED, 1L)));
    }

    @LedgerTest
    void theListIsGivenInParts() {
        List<Sighting> told =
                IntStream.range(0, 40).mapToObj(i -> refused(FIRST, "p" + i)).toList();
        ledger.notServed.add("r1", told);
        List<Participant> all = ledger.notServed.list("r1", 50, null);
        List<Participant> part = ledger.notServed.list("r1", 25, null);
        assertThat(all).hasSize(40).startsWith(part.toArray(Participant[]::new));
        assertThat(ledger.notServed.list("r1", 25, part.get(24).id())).isEqualTo(all.subList(25, 40));
    }

    @LedgerTest
    void whatTheSourceGaveIsStoredWhateverItIs() {
        String odd = "\u0000\uD83D" + "x".repeat(2_000);
        ledger.notServed.add("r1", List.of(new Sighting(FIRST, odd, odd, Reason.ADDRESS_REFUSED, odd)));
        assertThat(ledger.notServed.list("r1", 1, null)).singleElement().satisfies(one -> assertThat(one.participant())
                .startsWith("\uFFFD\uFFFDx")
                .hasSize(1_000));
    }

    private static Sighting refused(UUID message, String participant) {
        return new Sighting(message, participant, participant, Reason.ADDRESS_REFUSED, "It is no address.");
    }

    private static Sighting missing(UUID message, String participant) {
        return new Sighting(message, participant, participant, Reason.MAILBOX_NOT_FOUND, "It does not exist.");
    }
}
