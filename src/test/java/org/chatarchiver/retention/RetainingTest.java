package org.chatarchiver.retention;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.chatarchiver.ledger.Hold;
import org.chatarchiver.ledger.ItemState;
import org.chatarchiver.ledger.Items;
import org.chatarchiver.ledger.Kept;
import org.chatarchiver.ledger.Page;
import org.chatarchiver.ledger.PageParties;
import org.chatarchiver.ledger.Pages;
import org.chatarchiver.ledger.Replays;
import org.chatarchiver.ledger.RetentionLease;
import org.chatarchiver.ledger.Run;
import org.chatarchiver.ledger.RunReport;
import org.chatarchiver.ledger.RunReports;
import org.chatarchiver.ledger.TotalsCheck;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What is older than it is to be kept goes from the landing zone, and nothing else does. */
@ExtendWith(OutputCaptureExtension.class)
class RetainingTest extends RetentionBed {
    private static final Duration DAY = Duration.ofDays(1);

    @Test
    void pagesGoWhenTheyAreOldAndAttachmentsWithTheLastOfThemWhileTheManifestSaysWhatThereWas() throws IOException {
        Run old = complete(message("m1", OWNER, "4917600000001"), message("m2", OWNER, "4917600000001"));
        attachment(old, "/a");
        later(DAY);
        Run young = complete(message("m3", OWNER, "4917600000001"));
        later(KEPT.minus(Duration.ofHours(1)));

        pass();

        assertThat(objects(old)).containsExactly("manifest.json", "retention.json");
        assertThat(kept(old)).isEqualTo("LEDGER");
        assertThat(pageFiles(young)).hasSize(1);
        assertThat(kept(young)).isEqualTo("ALL");
        assertThat(removals.of(old.id())).containsOnlyKeys(1, 2);
        assertThat(removals.since(CONNECTOR, old.started()).pages()).isEqualTo(2);
        assertThat(jdbc().queryForList(
                                "select subject from audit_note where action = 'RETENTION_APPLIED' order by id",
                                String.class))
                .containsExactly(old.id() + "/1", old.id() + "/2", old.id());
    }

    @Test
    void whatTheLedgerKnowsOfItStaysSoThatNothingIsFiledAgainAndReportsAreAsTheyWere() throws IOException {
        Run run = complete(message("m1", OWNER, "4917600000001"));
        RunReport before = ledger.bean(RunReports.class).of(run.id()).orElseThrow();
        later(KEPT.plus(DAY));

        pass();

        String id = "m-" + run.id() + "-1";
        assertThat(ledger.bean(Items.class).recall(CONNECTOR, List.of(id)).get(id))
                .singleElement()
                .satisfies(known -> assertThat(known.items()).singleElement().satisfies(item -> assertThat(item.state())
                        .isEqualTo(ItemState.IMPORTED)));
        assertThat(ledger.bean(RunReports.class).of(run.id()).orElseThrow()).isEqualTo(before);
        assertThat(ledger.bean(TotalsCheck.class).of(run.id())).isEmpty();
        assertThat(ledger.bean(Pages.class).due(10, List.of(CONNECTOR))).isEmpty();
        assertThat(ledger.bean(Pages.class).state(before.pages().get(0)))
                .as("a reference that still was in the queue")
                .isEmpty();
    }

    @Test
    void whatHasGoneIsNotReplayedAndSaysWhen() throws IOException {
        Run run = complete(message("m1", OWNER, "4917600000001"));
        later(KEPT.plus(DAY));
        pass();

        assertThat(ledger.bean(Replays.class).start(run.id(), "ada", "")).isFalse();
        assertThat(removals.gone(run.id())).hasValueSatisfying(sentence -> assertThat(sentence)
                .startsWith("Page 1 of the run " + run.id() + " was removed by retention on "));
        assertThat(ledger.bean(Items.class)
                        .recall(CONNECTOR, List.of("m-" + run.id() + "-1"))
                        .values())
                .allSatisfy(
                        known -> assertThat(known.get(0).items().get(0).state()).isEqualTo(ItemState.IMPORTED));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "4915112345678",
                "+49 151 12345678",
                "0151 12345678",
                "4915112345678:3@s.whatsapp.net",
                "4917600000001",
                "0176/00000001",
                "4917600000002"
            })
    void aPageStaysForWhoeverOwnsItOrTakesPartInItInWhateverWriting(String person) throws IOException {
        Run run = complete(
                message("m1", OWNER, "4917600000001", "4917600000002"),
                owned("m2", "447700900100", "447700900100", "447700900101"));
        attachment(run, "/a");
        Hold hold = hold(Hold.Kind.PERSON, person);
        later(KEPT.plus(DAY));

        pass();

        assertThat(pageFiles(run)).containsExactly("1.json.gz");
        assertThat(objects(run)).as("whichever page names them").hasSize(1 + 2 + 2);
        assertThat(plan().pages(CONNECTOR, 10, "", 0)).singleElement().satisfies(planned -> {
            assertThat(planned.page().number()).isEqualTo(1);
            assertThat(planned.kept().hold()).isEqualTo(hold.id());
        });

        holds.lift(hold.id(), "ada", "Closed");
        pass();
        assertThat(objects(run)).containsExactly("manifest.json", "retention.json");
    }

    @Test
    void aHoldOnTheConnectorOrTheRunKeepsAllOfIt() throws IOException {
        Run first = complete(message("m1", OWNER, "4917600000001"));
        Run second = complete(message("m2", OWNER, "4917600000001"));
        Hold run = hold(Hold.Kind.RUN, first.id());
        later(KEPT.plus(DAY));
        pass();
        assertThat(pageFiles(first)).hasSize(1);
        assertThat(pageFiles(second)).isEmpty();

        Hold connector = hold(Hold.Kind.CONNECTOR, CONNECTOR);
        holds.lift(run.id(), "ada", "Closed");
        pass();
        assertThat(pageFiles(first)).hasSize(1);

        holds.lift(connector.id(), "ada", "Closed");
        pass();
        assertThat(pageFiles(first)).isEmpty();
    }

    @Test
    void aPageOfWhichSomethingCouldNotBeUnderstoodStaysWhileAnyPersonIsHeld() throws IOException {
        Run run = complete("{\"messageId\":\"m1\"}");
        Hold hold = hold(Hold.Kind.PERSON, "+1 202 555 0100");
        later(KEPT.plus(DAY));
        pass();
        assertThat(pageFiles(run)).hasSize(1);

        holds.lift(hold.id(), "ada", "Closed");
        pass();
        assertThat(pageFiles(run)).isEmpty();
    }

    @Test
    void whatWaitsIsOpenOrIncompleteStays() throws IOException {
        Run waits = run();
        Page page = landed(waits, 1, message("m1", OWNER, "4917600000001"));
        item(page, "m1", ItemState.SENDING);
        ledger.bean(Pages.class).done(page);
        end(waits, 1);
        Run incomplete = run();
        delivered(incomplete, 1, message("m2", OWNER, "4917600000001"));
        end(incomplete, 2);
        Run polling = run();
        delivered(polling, 1, message("m3", OWNER, "4917600000001"));
        named();
        later(KEPT.plus(DAY));

        pass();

        assertThat(List.of(waits, incomplete, polling))
                .allSatisfy(run -> assertThat(pageFiles(run)).hasSize(1));
        assertThat(plan().pages(CONNECTOR, 10, "", 0))
                .extracting(RetentionPlan.Planned::kept)
                .extracting(Kept::why)
                .containsExactly(
                        "The run has not ended.",
                        "The run is INCOMPLETE, and nobody has accepted that.",
                        "The run has not ended.");
    }

    @Test
    void aPageThatIsNotWhatHasLandedStaysAndSoDoesOneThatIsLost() throws IOException {
        Run run = complete(message("m1", OWNER, "4917600000001"), message("m2", OWNER, "4917600000001"));
        Files.write(folder.resolve("landing").resolve(folder(run).page(1)), new byte[] {1, 2, 3});
        Files.delete(folder.resolve("landing").resolve(folder(run).page(2)));
        later(KEPT.plus(DAY));

        pass();

        assertThat(pageFiles(run)).containsExactly("1.json.gz");
        assertThat(removals.of(run.id())).isEmpty();
        assertThat(kept(run)).isEqualTo("ALL");
    }

    @Test
    void aLandedPageThatTheLedgerDoesNotKnowStaysForWhoeverAdoptsIt() throws IOException {
        Run run = complete(message("m1", OWNER, "4917600000001"));
        landing.landings()
                .land(landing.staging()
                        .stage(folder(run).page(2), new java.io.ByteArrayInputStream(new byte[] {1}), unread -> null));
        later(KEPT.plus(DAY));
        pass();
        assertThat(pageFiles(run)).containsExactly("2.json.gz");
        assertThat(kept(run)).isEqualTo("ALL");
    }

    @Test
    void onePassAtATimeByTheLeaseOfTheLedger() throws IOException {
        Run run = complete(message("m1", OWNER, "4917600000001"));
        later(KEPT.plus(DAY));
        jdbc().update("update retention set worker = 'other', worker_until = current_timestamp + interval '60' second");
        pass();
        assertThat(pageFiles(run)).hasSize(1);

        jdbc().update("update retention set worker_until = current_timestamp - interval '1' second");
        pass();
        assertThat(pageFiles(run)).isEmpty();
        assertThat(ledger.bean(RetentionLease.class).take()).as("given back").isTrue();
    }

    @Test
    void nothingGoesWhereNoPeriodIsSet(CapturedOutput output) throws IOException {
        Run run = complete(message("m1", OWNER, "4917600000001"));
        later(Duration.ofDays(36_500));
        retaining(new RetentionProperties(List.of())).pass();
        retaining(new RetentionProperties(List.of(new RetentionProperties.Period("whatsapp", DAY, DAY))))
                .pass();
        assertThat(pageFiles(run)).hasSize(1);
        assertThat(output).doesNotContain("Retention:");
    }

    @Test
    void aPassIsALineInTheLogThatNamesNobody(CapturedOutput output) throws IOException {
        complete(message("m1", OWNER, "4917600000001"), message("m2", OWNER, "4917600000001"));
        later(KEPT.plus(DAY));
        pass();
        pass();
        assertThat(output.toString().lines().filter(line -> line.contains("Retention:")))
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .contains("2 pages with 2 messages", "of 1 runs")
                        .doesNotContain(OWNER));
    }

    @Test
    void whatWasMarkedWhenTheArchiverDiedIsRemovedByTheNextPass() throws IOException {
        Run run = complete(message("m1", OWNER, "4917600000001"), message("m2", OWNER, "4917600000001"));
        later(KEPT.plus(DAY));
        List<Page> both = ledger.bean(Pages.class).of(run.id());
        mark(run, both.get(0));
        mark(run, both.get(1));
        Files.delete(folder.resolve("landing").resolve(both.get(1).path()));

        pass();

        assertThat(objects(run)).containsExactly("manifest.json", "retention.json");
        assertThat(removals.marked()).isEmpty();
        assertThat(kept(run)).isEqualTo("LEDGER");
    }

    @Test
    void aHoldThatComesBeforeTheBytesOfAMarkedPageWentSparesIt() throws IOException {
        Run run = complete(message("m1", OWNER, "4917600000001"));
        later(KEPT.plus(DAY));
        Page page = ledger.bean(Pages.class).of(run.id()).get(0);
        mark(run, page);
        hold(Hold.Kind.PERSON, "+" + OWNER);

        pass();

        assertThat(pageFiles(run)).hasSize(1);
        assertThat(removals.of(run.id())).isEmpty();
        assertThat(ledger.bean(Replays.class).start(run.id(), "ada", "")).isTrue();
    }

    @Test
    void whatLayBesideThePagesGoesWithTheNextPassWhereTheArchiverDiedMeanwhile() throws IOException {
        Run run = complete(message("m1", OWNER, "4917600000001"));
        attachment(run, "/a");
        attachment(run, "/b");
        later(KEPT.plus(DAY));
        Page page = ledger.bean(Pages.class).of(run.id()).get(0);
        mark(run, page);
        landing.landings().remove(page.path());
        removals.removed(page);
        ledger.bean(RetentionLease.class).take();
        markRest(run);
        Files.delete(folder.resolve("landing")
                .resolve(folder(run).folder())
                .resolve(objects(run).get(0)));

        pass();

        assertThat(objects(run)).containsExactly("manifest.json", "retention.json");
        assertThat(kept(run)).isEqualTo("LEDGER");
    }

    private void mark(Run run, Page page) {
        assertThat(ledger.bean(RetentionLease.class).take()).isTrue();
        removals.read(page, PageParties.of(List.of("+" + OWNER), false));
        assertThat(removals.mark(run, page, holds -> Optional.empty())).isEmpty();
        ledger.bean(RetentionLease.class).release();
    }

    private void markRest(Run run) {
        assertThat(removals.markRest(run, holds -> Optional.empty())).isEmpty();
        ledger.bean(RetentionLease.class).release();
    }
}
