package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import org.chatarchiver.ledger.Reason;
import org.chatarchiver.ledger.Run;
import org.chatarchiver.ledger.RunReport;
import org.chatarchiver.sandbox.Fault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pages that are cut, no pages, or do not fit together. */
class FeedPagesTest extends FeedTrouble {
    @Test
    void aBodyThatEndsEarlyIsAskedForAgain() {
        addMessages(30);
        bed.feed().fault(1, new Fault.CutBody());
        bed.feed().fault(1, new Fault.CutContent());
        bed.feed().fault(1, new Fault.Reset(100));

        isComplete(bed.run(window), 30);

        assertThat(requests()).isEqualTo(4);
    }

    @Test
    void aBodyThatAlwaysEndsEarlyIsNeverTakenForAPage() {
        addMessages(30);
        bed.feed().fault(TRIES, new Fault.CutContent());

        hasFailed(bed.run(window), Reason.PAGE_TRUNCATED, "");

        assertThat(delivered()).isEqualTo(before);
    }

    @Test
    void aPageOfHtmlIsAskedForAgain() {
        addMessages(3);
        bed.feed().fault(1, Fault.html());

        isComplete(bed.run(window), 3);
    }

    @ParameterizedTest
    @CsvSource({"<html>", "[]", "{}", "null", "{\"messages\": {}}"})
    void whatIsNoPageEndsTheRun(String body) {
        addMessages(3);
        bed.feed().fault(TRIES, Fault.body(body));

        RunReport report = bed.run(window);

        hasFailed(report, Reason.PAGE_NOT_JSON, "");
        assertThat(delivered()).isEqualTo(before);
    }

    @Test
    void aCursorThatRepeatsEndsTheRunAndWhatCameBeforeIsArchived() {
        addMessages(3 * PAGE);
        bed.feed().fault(1, new Fault.RepeatedCursor());

        hasFailed(bed.run(window), Reason.CURSOR_REPEATED, "cursor");

        isComplete(bed.run(window), 3 * PAGE);
    }

    @Test
    void anExpiredCursorRestartsTheWindowAndDoublesNothing() {
        addMessages(PAGE - 1);
        byte[] expiring = TestBed.bytes(TestBed.text(name + "-expiring", "gone"));
        boolean[] once = {true};
        bed.add(window, out -> {
            if (once[0]) {
                once[0] = false;
                bed.feed().expireCursors();
            }
            out.write(expiring);
        });
        addMessages("further", 20);

        RunReport report = bed.run(window);

        isComplete(report, PAGE + 20);
        assertThat(report.pages()).hasSize(3);
        assertThat(report.imported()).isEqualTo(PAGE + 20);
    }

    @Test
    void aCountThatDiffersLeavesTheRunIncomplete() {
        addMessages(3);
        bed.feed().fault(1, new Fault.WrongTotal(1));

        RunReport report = bed.run(window);

        assertThat(report.run().state()).isEqualTo(Run.State.INCOMPLETE);
        assertThat(report.run().reason()).isEqualTo(Reason.COUNT_DIFFERS);
        assertThat(report.availableFromSource()).isEqualTo(4);
        assertThat(report.imported()).isEqualTo(3);
    }

    @Test
    void aQuietDayIsComplete() {
        RunReport report = bed.run(window);

        isComplete(report, 0);
        assertThat(report.availableForImport()).isZero();
        assertThat(report.pages()).hasSize(1);
    }
}
