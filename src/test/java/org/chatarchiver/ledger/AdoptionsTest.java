package org.chatarchiver.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.chatarchiver.ledger.TestLedger.CONNECTOR;
import static org.chatarchiver.ledger.TestLedger.DAY;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.chatarchiver.ledger.Adoptions.Standing;

class AdoptionsTest extends LedgerContract {
    AdoptionsTest(TestLedger ledger) {
        super(ledger);
    }

    @LedgerTest
    void aRunIsPollingUntilItLandsOrFailsEvenWhereItsArchiverIsGone() {
        Run run = ledger.run();
        assertThat(ledger.adoptions.standing(run.id())).isEqualTo(Standing.POLLING);

        ledger.lapse();

        assertThat(ledger.adoptions.standing(run.id()))
                .as("whoever goes on with it takes in what lies there")
                .isEqualTo(Standing.POLLING);
        ledger.polls.cancel(run.id(), "ada", "");
        assertThat(ledger.adoptions.standing(run.id())).isEqualTo(Standing.ENDED);
    }

    @LedgerTest
    void aRunThatHasLandedIsLeftAsItIs() {
        Run run = ledger.run();
        ledger.runs.landed(run.id(), 3L);
        assertThat(ledger.adoptions.standing(run.id())).isEqualTo(Standing.ENDED);
        assertThat(ledger.runs.find(run.id()).orElseThrow().state()).isEqualTo(Run.State.RUNNING);
        assertThat(ledger.adoptions.standing("nobody")).isEqualTo(Standing.UNKNOWN);
    }

    @LedgerTest
    void pagesGetTheNextFreeNumbersAndNoneIsRecordedTwice() {
        Run run = ledger.run();
        Page first = ledger.page(run, 1, 2);
        List<Page> pages = List.of(page(run, "x/2"), page(run, "x/1-2"), page(run, first.path()));

        assertThat(ledger.adoptions.adopt(pages)).isEqualTo(2);
        assertThat(ledger.adoptions.adopt(pages)).isZero();

        assertThat(ledger.pages.of(run.id())).extracting(Page::path).containsExactly(first.path(), "x/2", "x/1-2");
        assertThat(ledger.adoptions.recorded(run.id())).containsExactlyInAnyOrder(first.path(), "x/2", "x/1-2");
        assertThat(ledger.pages.state(ledger.pages.find(run.id() + "/2").orElseThrow()))
                .contains(new Pages.Work(false, true));
        assertThat(ledger.pages.state(first)).contains(new Pages.Work(false, false));
        assertThat(ledger.pages.due(10, List.of(CONNECTOR))).hasSize(3);
    }

    @LedgerTest
    void aRunIsMadeAgainWithItsPagesAndMovesNoWatermark() {
        Run lost = new Run(
                "20261118T021500000Z-abcdef",
                CONNECTOR,
                Run.Cause.ADOPTED,
                false,
                DAY.minusSeconds(86_400),
                DAY,
                Run.State.RUNNING,
                DAY,
                DAY.plusSeconds(60),
                null,
                0L,
                null,
                null,
                1,
                null,
                null,
                null);
        assertThat(ledger.adoptions.recreate(lost, List.of(page(lost, "a"), page(lost, "b"))))
                .isEqualTo(2);
        assertThat(ledger.adoptions.recreate(lost, List.of(page(lost, "a")))).isZero();
        assertThat(ledger.runs.find(lost.id())).contains(lost);
        assertThat(noted())
                .containsExactly(
                        "RUN_OPENED " + lost.id(),
                        "PAGE_LANDED " + lost.id() + "/1",
                        "PAGE_LANDED " + lost.id() + "/2");
        assertThat(ledger.adoptions.knows(lost.id())).isTrue();

        ledger.pages.of(lost.id()).forEach(ledger.pages::done);
        assertThat(ledger.reports.finish(lost.id())).isPresent();
        assertThat(ledger.watermarks.of(CONNECTOR)).isEmpty();
    }

    /** What the audit log is told, each once. */
    private List<String> noted() {
        return ledger.jdbc.queryForList("select action || ' ' || subject from audit_note order by id", String.class);
    }

    @LedgerTest
    void theNewestRunAndTheLastEntryAreTold() {
        assertThat(ledger.adoptions.newest(CONNECTOR)).isEmpty();
        assertThat(ledger.adoptions.lastEntry()).isEmpty();
        Run first = ledger.run();
        ledger.runs.landed(first.id(), null);
        Run second = ledger.run();
        ledger.clock.pass(Duration.ofSeconds(5));
        ledger.page(second, 1, 1);

        assertThat(ledger.adoptions.newest(CONNECTOR)).map(Run::id).contains(second.id());
        assertThat(ledger.adoptions.lastEntry()).contains(ledger.clock.instant());
    }

    @LedgerTest
    void theIdOfARunTellsWhenItStarted() {
        Run run = ledger.run();
        LocalDate day = LocalDate.ofInstant(run.started(), ZoneOffset.UTC);
        assertThat(Adoptions.started(run.id(), day)).isEqualTo(run.started());
        assertThat(Adoptions.day(run.id())).contains(day);
        assertThat(Adoptions.started("manual-1", day)).isEqualTo(Instant.parse(day + "T00:00:00Z"));
        assertThat(Adoptions.day("manual-1")).isEmpty();
    }

    private Page page(Run run, String path) {
        return new Page(run.id(), 1, path, "b".repeat(64), 10, 1, ledger.clock.instant());
    }
}
