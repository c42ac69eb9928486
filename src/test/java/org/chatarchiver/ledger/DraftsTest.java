package org.chatarchiver.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;

class DraftsTest extends LedgerContract {
    private static final Draft.Settings WECHAT =
            new Draft.Settings("wechat", "WeChat Archiver", "WECHAT", "WeChat Archiver", "0 15 2 * * ?", "", "", true);

    DraftsTest(TestLedger ledger) {
        super(ledger);
    }

    @LedgerTest
    void aDraftSaysWhatHasBeenSaidSoFarAndByWhom() {
        Instant begun = ledger.clock.instant();
        Draft draft = ledger.drafts.begin("d1", null, null, WECHAT, "ada");
        ledger.clock.pass(Duration.ofDays(1));
        Instant checked = ledger.clock.instant();

        assertThat(ledger.drafts.change(draft.withAccount("Contoso", checked).withCsv("a".repeat(64)), "bob"))
                .isTrue();

        assertThat(ledger.drafts.find("d1"))
                .contains(new Draft(
                        "d1",
                        null,
                        null,
                        WECHAT,
                        "Contoso",
                        checked,
                        "a".repeat(64),
                        new Draft.Mark(begun, "ada"),
                        new Draft.Mark(checked, "bob"),
                        2,
                        null,
                        null,
                        null));
    }

    @LedgerTest
    void whatIsSaidAtOneStepLeavesWhatWasSaidAtTheOthers() {
        Draft draft = ledger.drafts.begin("d1", null, null, WECHAT, "ada");
        Draft.Settings said = draft.settings()
                .withUsername("ops")
                .withMapping("file:mapping/wechat.csv", false)
                .withNames("wechat-two", "WeChat two", "Two", "0 30 4 * * ?");

        assertThat(ledger.drafts.change(draft.with(said), "ada")).isTrue();

        assertThat(ledger.drafts.find("d1").orElseThrow().settings())
                .isEqualTo(new Draft.Settings(
                        "wechat-two",
                        "WeChat two",
                        "WECHAT",
                        "Two",
                        "0 30 4 * * ?",
                        "ops",
                        "file:mapping/wechat.csv",
                        false));
    }

    @LedgerTest
    void theLatestChangeIsShownFirstAndWhatIsFinishedNotAtAll() {
        ledger.drafts.begin("d1", null, null, WECHAT, "ada");
        ledger.clock.pass(Duration.ofMinutes(1));
        ledger.drafts.begin("d2", "whatsapp", "c".repeat(64), WECHAT, "ada");
        ledger.clock.pass(Duration.ofMinutes(1));
        ledger.drafts.begin("d3", null, null, WECHAT, "ada");
        ledger.drafts.finish("d3", 1, "ada");

        assertThat(ledger.drafts.open(10)).extracting(Draft::id).containsExactly("d2", "d1");
        assertThat(ledger.drafts.open(1)).extracting(Draft::id).containsExactly("d2");
    }

    @LedgerTest
    void ofTwoWhoFinishADraftOneDoesAndTheOtherFindsWhoHas() {
        ledger.drafts.begin("d1", null, null, WECHAT, "ada");

        assertThat(ledger.drafts.finish("d1", 1, "ada")).isTrue();
        assertThat(ledger.drafts.finish("d1", 1, "bob")).isFalse();

        assertThat(ledger.drafts.find("d1").orElseThrow().finished())
                .isEqualTo(new Draft.Mark(ledger.clock.instant(), "ada"));
    }

    @LedgerTest
    void whatIsFinishedIsWhatWasLookedAt() {
        Draft draft = ledger.drafts.begin("d1", null, null, WECHAT, "ada");
        ledger.drafts.change(draft.withCsv("b".repeat(64)), "bob");

        assertThat(ledger.drafts.finish("d1", 1, "ada")).isFalse();
        assertThat(ledger.drafts.finish("d1", 2, "ada")).isTrue();
    }

    @LedgerTest
    void aFinishedDraftIsNotChangedUntilItIsOpenedAgain() {
        Draft draft = ledger.drafts.begin("d1", null, null, WECHAT, "ada");
        ledger.drafts.finish("d1", 1, "ada");
        ledger.drafts.ended("d1", "connectors/x.camel.yaml", "The directory cannot be written");

        assertThat(ledger.drafts.change(draft, "bob")).isFalse();
        assertThat(ledger.drafts.find("d1").orElseThrow())
                .extracting(Draft::file, Draft::toCommit)
                .containsExactly("connectors/x.camel.yaml", "The directory cannot be written");
        assertThat(ledger.drafts.discard("d1")).isFalse();

        ledger.drafts.open("d1");
        assertThat(ledger.drafts.find("d1").orElseThrow())
                .extracting(Draft::finished, Draft::file, Draft::toCommit)
                .containsOnlyNulls();
        assertThat(ledger.drafts.change(ledger.drafts.find("d1").orElseThrow(), "bob"))
                .isTrue();
    }

    @LedgerTest
    void whatTwoChangeAtOnceIsChangedByTheFirst() {
        Draft draft = ledger.drafts.begin("d1", null, null, WECHAT, "ada");

        assertThat(ledger.drafts.change(draft.withCsv("a".repeat(64)), "ada")).isTrue();
        assertThat(ledger.drafts.change(draft.withCsv("b".repeat(64)), "bob")).isFalse();
        assertThat(ledger.drafts.find("d1").orElseThrow().csv()).startsWith("a");
    }

    @LedgerTest
    void whatNobodyHasTouchedForLongIsForgottenAndADiscardedOneIsGone() {
        ledger.drafts.begin("d1", null, null, WECHAT, "ada");
        ledger.clock.pass(Duration.ofDays(40));
        ledger.drafts.begin("d2", null, null, WECHAT, "ada");

        assertThat(ledger.drafts.forgotten(Duration.ofDays(30), 10)).containsExactly("d1");
        assertThat(ledger.drafts.discard("d1")).isTrue();
        assertThat(ledger.drafts.discard("d1")).isFalse();
        assertThat(ledger.drafts.find("d1")).isEmpty();
    }

    @LedgerTest
    void whatADatabaseCannotKeepIsWrittenAsAReplacement() {
        Draft draft = ledger.drafts.begin("d1", null, null, WECHAT, "a\0da");

        ledger.drafts.change(draft.withAccount("x".repeat(500), ledger.clock.instant()), "ada");

        Draft kept = ledger.drafts.find("d1").orElseThrow();
        assertThat(kept.started().by()).isEqualTo("a\uFFFDda");
        assertThat(kept.account()).hasSize(200);
    }
}
