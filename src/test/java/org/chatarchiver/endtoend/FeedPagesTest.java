package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.chatarchiver.ledger.Channel;
import org.chatarchiver.ledger.Reason;
import org.chatarchiver.ledger.Run;
import org.chatarchiver.ledger.RunReport;
import org.chatarchiver.recovery.Adopting;
import org.chatarchiver.recovery.Replaying;
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
    void whatIsNoPageEndsTheRun(String body) throws IOException {
        addMessages(3);
        bed.feed().fault(TRIES, Fault.body(body));

        RunReport report = bed.run(window);

        hasFailed(report, Reason.PAGE_NOT_JSON, "");
        assertThat(delivered()).isEqualTo(before);
        assertThat(kept(report)).containsExactly(body);
    }

    @Test
    void whatIsNoPageIsKeptOnceForEachOfItsFormsAndNamedInTheChannel() throws IOException {
        addMessages(3);
        for (int i = 0; i < TRIES; i++) {
            bed.feed().fault(1, Fault.body("<html>" + i / 2));
        }

        RunReport report = bed.run(window);

        hasFailed(report, Reason.PAGE_NOT_JSON, "/1-rejected-3.json.gz");
        assertThat(bed.entries(Channel.SOURCE, report).get(0).path())
                .endsWith(report.run().id() + "/1-rejected-3.json.gz");
        assertThat(kept(report)).containsExactly("<html>0", "<html>1", "<html>2");
        bed.archiver().bean(Adopting.class).adopt();
        assertThat(bed.archiver().report(report.run().id()).pages()).isEmpty();
        assertThat(bed.archiver().bean(Replaying.class).replay(report.run().id(), "test", ""))
                .isNotNull();
        assertThat(bed.archiver().report(report.run().id()).pages()).isEmpty();
    }

    @Test
    void whatCameOfAPageThatEndsEarlyIsKeptAsFarAsItCanBeInflated() throws IOException {
        addMessages(30);
        bed.feed().fault(1, new Fault.CutBody());
        bed.feed().fault(1, new Fault.CutContent());
        bed.feed().fault(1, new Fault.Reset(100));

        RunReport report = bed.run(window);

        isComplete(report, 30);
        assertThat(kept(report)).isNotEmpty().allMatch(text -> text.startsWith("{") && text.contains("messages"));
        assertThat(report.pages()).singleElement().satisfies(page -> assertThat(page.path())
                .endsWith("/1.json.gz"));
    }

    @ParameterizedTest
    @CsvSource({"br,SOURCE_REFUSED", "gzip,PAGE_NOT_JSON"})
    void whatIsInAnotherEncodingThanItShouldIsKeptAsItCame(String encoding, Reason reason) throws IOException {
        addMessages(3);
        byte[] body = "?raw".getBytes(StandardCharsets.US_ASCII);
        bed.feed()
                .fault(
                        reason == Reason.SOURCE_REFUSED ? 1 : TRIES,
                        new Fault.Answer(200, Map.of("Content-Encoding", encoding), body));

        RunReport report = bed.run(window);

        hasFailed(report, reason, "-rejected-1");
        assertThat(kept(report)).containsExactly("?raw");
    }

    @Test
    void aPageWithControlCharactersAndBrokenTextIsArchived() throws IOException {
        addMessages(2);
        String id = name + "-" + asked;
        bed.add(
                window,
                new String(TestBed.bytes(TestBed.text(id + "-control", "a @ b")), StandardCharsets.US_ASCII)
                        .replace('@', '\u0001')
                        .getBytes(StandardCharsets.ISO_8859_1));
        bed.add(
                window,
                new String(TestBed.bytes(TestBed.text(id + "-cut", "a @")), StandardCharsets.US_ASCII)
                        .replace('@', '\u00e4')
                        .getBytes(StandardCharsets.ISO_8859_1));

        RunReport report = bed.run(window);

        isComplete(report, 4);
        assertThat(report.imported()).isEqualTo(4);
        Path page = bed.home()
                .data()
                .resolve("landing")
                .resolve(report.pages().get(0).path());
        try (InputStream landed = new GZIPInputStream(Files.newInputStream(page))) {
            byte[] bytes = landed.readAllBytes();
            assertThat(Hashes.hex(bytes)).isEqualTo(report.pages().get(0).sha256());
            assertThat(new String(bytes, StandardCharsets.ISO_8859_1)).contains("a \u0001 b", "a \u00e4\"");
        }
    }

    @Test
    void noMessagesAtAllIsAQuietDay() {
        bed.feed().fault(1, Fault.body("{\"messages\":null,\"totalCount\":0}"));

        assertThat(bed.run(window).run().state()).isEqualTo(Run.State.COMPLETE);
    }

    private static List<String> kept(RunReport report) throws IOException {
        Path landing = bed.home().data().resolve("landing/wechat");
        List<String> texts = new ArrayList<>();
        try (Stream<Path> files = Files.walk(landing)) {
            for (Path file : files.filter(
                            path -> path.toString().contains(report.run().id() + "/1-rejected-"))
                    .sorted()
                    .toList()) {
                try (InputStream plain = new GZIPInputStream(Files.newInputStream(file))) {
                    texts.add(new String(plain.readAllBytes(), StandardCharsets.UTF_8));
                }
            }
        }
        return texts;
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
