package org.chatarchiver.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import java.util.Set;
import org.chatarchiver.MovableClock;
import org.chatarchiver.delivery.DeliverySettings;
import org.chatarchiver.delivery.RetrySchedule;
import org.chatarchiver.ledger.Item;
import org.chatarchiver.ledger.ItemState;
import org.chatarchiver.ledger.ItemTarget;
import org.chatarchiver.ledger.Reason;
import org.chatarchiver.mapping.MailboxAnswer;
import org.chatarchiver.mapping.MailboxDirectory;
import org.chatarchiver.mapping.Mapper;
import org.chatarchiver.message.Party;
import org.chatarchiver.message.PartyIds;
import org.junit.jupiter.api.Test;

/** What becomes of participants without a mailbox as their page is taken up again: the owner has one, and nobody else. */
class UndecidedTest {
    private static final String OWNER = "+447700900123";
    private static final String ANN = "ann@example.com";

    private final MovableClock clock = new MovableClock("2026-11-20T12:00:00Z");
    private final KnownMessage first =
            MessageFixture.known(clock, new Party(OWNER, "", "", ANN), List.of(Party.of("wxid_b")), List.of());

    @Test
    void whoseMailboxIsThereNowIsSentToInThePlaceOfTheFailure() {
        Item item = item(OWNER, Reason.MAILBOX_NOT_FOUND);

        MappedItems mapped = mapped(item);

        assertThat(mapped.send()).extracting(Item::mailbox).containsExactly(ANN);
        assertThat(mapped.replaced()).containsExactly(MappedItems.Replaced.ofFirst(item));
        assertThat(mapped.failing()).isEmpty();
    }

    @Test
    void whoIsNoOwnerAndStandsInNoMappingFileAnyMoreIsNoFailure() {
        Item item = item("wxid_b", Reason.MAILBOX_NOT_FOUND);

        MappedItems mapped = mapped(item);

        assertThat(mapped.replaced()).containsExactly(MappedItems.Replaced.ofFirst(item));
        assertThat(mapped.open()).isEmpty();
    }

    /** As after a later version of the archiver has understood the same bytes otherwise. */
    @Test
    void whomTheMessageNamesNoMoreKeepsTheFailure() {
        MappedItems mapped = mapped(item("wxid_c", Reason.NO_MAPPING), item("wxid_d", Reason.THROTTLED));

        assertThat(mapped.replaced()).isEmpty();
        assertThat(mapped.send()).isEmpty();
        assertThat(mapped.failing())
                .extracting(Item::target, Item::state, Item::reason, Item::detail)
                .containsExactly(
                        tuple(ItemTarget.participant("wxid_c"), ItemState.FAILING, Reason.NO_MAPPING, "As it was."),
                        tuple(ItemTarget.participant("wxid_d"), ItemState.FAILING, Reason.THROTTLED, "As it was."));
    }

    @Test
    void whomTheMessageNamesNoMoreDoesNotKeepTheOthersFromTheirMailbox() {
        Item owner = item(OWNER, Reason.MAILBOX_NOT_FOUND);

        MappedItems mapped = mapped(owner, item("wxid_c", Reason.NO_MAPPING));

        assertThat(mapped.send()).extracting(Item::mailbox).containsExactly(ANN);
        assertThat(mapped.replaced()).containsExactly(MappedItems.Replaced.ofFirst(owner));
        assertThat(mapped.failing()).extracting(Item::target).containsExactly(ItemTarget.participant("wxid_c"));
    }

    private Item item(String participant, Reason reason) {
        return first.item(ItemTarget.participant(participant), ItemState.RETRY, null, reason, "As it was.");
    }

    private MappedItems mapped(Item... open) {
        return new Undecided(
                        MessageFixture.known(first.work(), first, List.of(open)),
                        new Mapper(new PartyIds(""), Set.of()),
                        new RetrySchedule(DeliverySettings.shipped(), clock),
                        new Present(),
                        clock.instant())
                .mapped();
    }

    private static final class Present implements MailboxDirectory {
        @Override
        public MailboxAnswer lookup(String mailbox) {
            return new MailboxAnswer.Present();
        }

        @Override
        public MailboxAnswer lookupAgain(String mailbox) {
            return lookup(mailbox);
        }
    }
}
