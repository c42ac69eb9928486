package org.chatarchiver.retention;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.chatarchiver.ledger.Channel;
import org.chatarchiver.ledger.Channels;
import org.chatarchiver.ledger.Decisions;
import org.chatarchiver.ledger.Failure;
import org.chatarchiver.ledger.Hold;
import org.chatarchiver.ledger.Item;
import org.chatarchiver.ledger.ItemState;
import org.chatarchiver.ledger.Page;
import org.chatarchiver.ledger.Pages;
import org.chatarchiver.ledger.Reason;
import org.chatarchiver.ledger.Revision;
import org.chatarchiver.ledger.Run;
import org.chatarchiver.ledger.Runs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What the ledger tells of a page goes when the page has been gone for as long as that is to be kept. */
@ExtendWith(OutputCaptureExtension.class)
class ForgettingTest extends RetentionBed {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration TOLD = Duration.ofDays(90);
    private static final RetentionProperties BOTH =
            new RetentionProperties(List.of(new RetentionProperties.Period(CONNECTOR, KEPT, TOLD)));

    @Test
    void landingGoesFirstAndTheLedgersDetailsAPeriodLater(CapturedOutput output) throws IOException {
        Run run = failed("4917600000001");
        later(KEPT.plus(HOUR));
        retaining(BOTH).pass();
        Instant gone = ledger.clock().instant();
        assertThat(pageFiles(run)).isEmpty();
        later(TOLD.minus(HOUR));
        retaining(BOTH).pass();
        assertThat(kept(run)).isEqualTo("LEDGER");
        assertThat(detail()).isEqualTo("4917600000001 has no mailbox.");
        assertThat(plan(BOTH).connectors()).singleElement().satisfies(connector -> {
            assertThat(connector.detailsGo()).isEqualTo(gone.plus(TOLD));
            assertThat(connector.details().waiting()).isEqualTo(1);
        });

        later(HOUR.multipliedBy(2));
        retaining(BOTH).pass();

        assertThat(kept(run)).isEqualTo("IDENTITIES");
        assertThat(detail()).doesNotContain("49176");
        assertThat(plan(BOTH).connectors()).singleElement().satisfies(connector -> {
            assertThat(connector.detailsGo()).isNull();
            assertThat(connector.details().pages()).isEqualTo(1);
            assertThat(connector.details().entries()).isEqualTo(1);
        });
        assertThat(output.toString().lines().filter(line -> line.contains("Retention:")))
                .hasSize(2)
                .last()
                .asString()
                .contains("the details of 1 pages (1 entries of channels, 1 sentences) and of 1 runs");
    }

    @Test
    void theyStayForEverWhereNoPeriodIsSetForThem() throws IOException {
        Run run = failed("4917600000001");
        later(KEPT.plus(HOUR));
        pass();
        later(Duration.ofDays(36_500));
        pass();
        assertThat(kept(run)).isEqualTo("LEDGER");
        assertThat(detail()).isEqualTo("4917600000001 has no mailbox.");
        assertThat(plan().connectors()).singleElement().satisfies(connector -> assertThat(connector.detailsGo())
                .isNull());
    }

    @Test
    void aHoldOnWhoeverThePageConcernedKeepsThemThoughThePageIsGone() throws IOException {
        Run run = failed("4917600000001");
        Run other = complete(message("m2", OWNER, "4917600000002"));
        later(KEPT.plus(HOUR));
        retaining(BOTH).pass();
        Hold hold = hold(Hold.Kind.PERSON, "0176 00000001");
        later(TOLD.plus(HOUR));

        retaining(BOTH).pass();
        assertThat(detail()).isEqualTo("4917600000001 has no mailbox.");
        assertThat(kept(run)).isEqualTo("LEDGER");
        assertThat(kept(other)).isEqualTo("IDENTITIES");

        holds.lift(hold.id(), "ada", "Closed");
        retaining(BOTH).pass();
        assertThat(detail()).doesNotContain("49176");
        assertThat(kept(run)).isEqualTo("IDENTITIES");
    }

    @Test
    void aHoldThatComesBetweenThePagesAndTheRunKeepsWhatTheRunTells() throws IOException {
        Run run = failed("4917600000001");
        later(KEPT.plus(HOUR));
        retaining(BOTH).pass();
        later(TOLD.plus(HOUR));
        jdbc().update("update page_removal set details = removed");
        Hold hold = hold(Hold.Kind.PERSON, "+4917600000001");
        retaining(BOTH).pass();
        assertThat(kept(run)).isEqualTo("LEDGER");

        holds.lift(hold.id(), "ada", "Closed");
        retaining(BOTH).pass();
        assertThat(kept(run)).isEqualTo("IDENTITIES");
    }

    /** A complete run with a page of which a message has failed, and an administrator has closed that. */
    private Run failed(String participant) throws IOException {
        Run run = run();
        Page page = landed(run, 1, message("m1", OWNER, participant));
        Item item = item(page, "m1", ItemState.SENDING);
        Revision revision = Revision.of(CONNECTOR, "m1", "d".repeat(64), 0, page, 0, OWNER, "+" + OWNER, "");
        ledger.bean(Channels.class)
                .record(List.of(new Failure(
                        CONNECTOR,
                        run.id(),
                        revision,
                        item,
                        OWNER,
                        0L,
                        Reason.MAILBOX_NOT_FOUND,
                        participant + " has no mailbox.",
                        page.path())));
        Channel channel = Reason.MAILBOX_NOT_FOUND.channel();
        ledger.bean(Decisions.class).close(channel, ledger.bean(Channels.class).ids(channel, "", null), "ada", "x");
        ledger.bean(Pages.class).done(page);
        end(run, 1);
        return ledger.bean(Runs.class).find(run.id()).orElseThrow();
    }

    private String detail() {
        return jdbc().queryForObject("select detail from channel_entry", String.class);
    }
}
