package org.chatarchiver.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.chatarchiver.ledger.TestLedger.CONNECTOR;
import static org.chatarchiver.ledger.TestLedger.DAY;
import static org.chatarchiver.ledger.TestLedger.fresh;
import static org.chatarchiver.ledger.TestLedger.revision;

import java.util.List;
import org.chatarchiver.ledger.KnownConnectors.Known;
import org.chatarchiver.ledger.KnownConnectors.Work;

class KnownConnectorsTest extends LedgerContract {
    KnownConnectorsTest(TestLedger ledger) {
        super(ledger);
    }

    @LedgerTest
    void aRunKeepsTheFolderItWasOpenedWithWhateverIsRememberedOfItsConnector() {
        ledger.known.remember(known("Chats"));
        Run run = ledger.runs
                .open(new Opening(CONNECTOR, "Other chats", Run.Cause.MANUAL, false, DAY, DAY.plusSeconds(60), null))
                .orElseThrow();

        assertThat(ledger.runs.folder(run.id())).contains("Other chats");
        ledger.known.remember(known("Archive"));
        assertThat(ledger.runs.folder(run.id())).contains("Other chats");
    }

    @LedgerTest
    void runsOfWhichNoFolderIsKnownStayWithTheOneThatIsInForceUntilItIsChanged() {
        Run before = ledger.run();
        ledger.runs.landed(before.id(), 0L);
        assertThat(ledger.runs.folder(before.id())).isEmpty();

        ledger.known.remember(known("Chats"));
        assertThat(ledger.runs.folder(before.id())).contains("Chats");
        Run other = ledger.run();
        ledger.known.remember(known("Chats"));
        assertThat(ledger.runs.folder(other.id())).isEmpty();

        ledger.known.remember(known("Archive"));
        assertThat(ledger.runs.folder(before.id())).contains("Chats");
        assertThat(ledger.runs.folder(other.id())).contains("Chats");
        assertThat(ledger.known.find(CONNECTOR)).map(Known::folder).contains("Archive");
    }

    @LedgerTest
    void aRunThatIsMadeAgainGoesIntoTheFolderThatIsKnownLast() {
        Run lost = ledger.run();
        ledger.runs.landed(lost.id(), 0L);
        ledger.jdbc.update("delete from run");
        ledger.adoptions.recreate(lost, List.of());
        assertThat(ledger.runs.folder(lost.id())).isEmpty();

        ledger.known.remember(known("Chats"));
        ledger.jdbc.update("delete from run");
        ledger.adoptions.recreate(lost, List.of());
        assertThat(ledger.runs.folder(lost.id())).contains("Chats");
    }

    @LedgerTest
    void whatIsLeftToDoForAConnectorIsItsItemsItsPagesAndItsRunsInTheAir() {
        assertThat(ledger.known.work()).isEmpty();
        Run run = ledger.run();
        assertThat(ledger.known.work()).containsExactly(new Work(CONNECTOR, 0, 0, 1));

        Page page = ledger.page(run, 1, 1);
        ledger.items.register(List.of(fresh(revision(page, "m1", 0), "anna@example.com")));
        Item item = ledger.recalled("m1", "anna@example.com");
        ledger.items.settle(List.of(
                new Items.Settled(item, ItemState.RETRY, Reason.THROTTLED, "Busy.", 0, ledger.clock.instant())));
        assertThat(ledger.known.work()).containsExactly(new Work(CONNECTOR, 1, 1, 1));

        ledger.runs.landed(run.id(), 1L);
        assertThat(ledger.known.work()).containsExactly(new Work(CONNECTOR, 1, 1, 0));
        ledger.pages.done(page);
        assertThat(ledger.known.work()).containsExactly(new Work(CONNECTOR, 1, 0, 0));
    }

    @LedgerTest
    void aDryRunInTheAirIsNothingToLose() {
        ledger.runs.open(CONNECTOR, Run.Cause.MANUAL, true, DAY, DAY.plusSeconds(60));
        assertThat(ledger.known.work()).isEmpty();
    }

    private static Known known(String folder) {
        return new Known(CONNECTOR, "WECHAT", "0 15 2 * * ?", folder);
    }
}
