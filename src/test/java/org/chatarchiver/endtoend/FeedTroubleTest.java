package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.chatarchiver.ledger.Channel;
import org.chatarchiver.ledger.Channels;
import org.chatarchiver.ledger.Reason;
import org.chatarchiver.ledger.Run;
import org.chatarchiver.ledger.RunReport;
import org.chatarchiver.sandbox.EmbeddedMailServer;
import org.chatarchiver.sandbox.Fault;
import org.chatarchiver.sandbox.FeedRequest;
import org.chatarchiver.sandbox.FeedSimulator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A feed in every kind of trouble: what is waited for, what is asked again, and what ends a run. */
class FeedTroubleTest {
    private static final int TRIES = 5;
    private static final int PAGE = 100;

    @TempDir
    static Path folder;

    private static EmbeddedMailServer mail;
    private static TestBed bed;

    private TestBed.Window window;
    private int before;
    private int asked;
    private String name;

    @BeforeAll
    static void start() throws IOException {
        mail = new EmbeddedMailServer(0, folder.resolve("mail"));
        bed = TestBed.start(folder, TestBed.with(mail));
    }

    @AfterAll
    static void stop() throws IOException {
        bed.close();
        mail.close();
    }

    @BeforeEach
    void aWindowOfItsOwn(TestInfo test) {
        window = bed.window();
        before = delivered();
        asked = pageRequests().size();
        name = test.getDisplayName();
    }

    @AfterEach
    void everyFaultWasMet() {
        assertThat(bed.feed().faultsLeft()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 503})
    void aPauseInSecondsIsKept(int status) {
        addMessages(3);
        bed.feed().fail(1, status, "2");
        Instant start = Instant.now();

        isComplete(bed.run(window), 3);

        assertThat(Duration.between(start, Instant.now())).isGreaterThanOrEqualTo(Duration.ofSeconds(2));
        assertThat(requests()).isEqualTo(2);
    }

    @Test
    void aPauseUntilADateIsKept() {
        addMessages(3);
        Instant until = Instant.now().plusSeconds(3);
        bed.feed().fail(1, 503, DateTimeFormatter.RFC_1123_DATE_TIME.format(until.atOffset(ZoneOffset.UTC)));

        isComplete(bed.run(window), 3);

        // An HTTP date has no fractions of a second.
        assertThat(Instant.now()).isAfterOrEqualTo(until.minusSeconds(1));
        assertThat(requests()).isEqualTo(2);
    }

    @Test
    void aPauseAskedForIsNoTryLostForTheNextRequest() {
        addMessages(3);
        bed.feed().fail(2, 429, "0");
        bed.feed().fail(2, 503, null);

        isComplete(bed.run(window), 3);

        assertThat(requests()).isEqualTo(TRIES);
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 504})
    void aServerErrorIsTriedAgain(int status) {
        addMessages(3);
        bed.feed().fail(3, status, null);

        isComplete(bed.run(window), 3);

        assertThat(requests()).isEqualTo(4);
    }

    @Test
    void aServerErrorThatDoesNotPassEndsTheRun() {
        addMessages(3);
        bed.feed().fail(TRIES, 500, null);

        hasFailed(bed.run(window), Reason.SOURCE_UNAVAILABLE, "500");

        assertThat(requests()).isEqualTo(TRIES);
        isComplete(bed.run(window), 3);
    }

    @ParameterizedTest
    @CsvSource({"401,SOURCE_UNAUTHORIZED", "403,SOURCE_FORBIDDEN", "404,SOURCE_REFUSED"})
    void aRefusalEndsTheRunAtOnce(int status, Reason reason) {
        addMessages(3);
        bed.feed().fail(1, status, null);

        hasFailed(bed.run(window), reason, Integer.toString(status));

        assertThat(requests()).isEqualTo(1);
        isComplete(bed.run(window), 3);
    }

    @Test
    void aRedirectIsNotFollowed() {
        addMessages(3);
        bed.feed().fault(1, Fault.redirect(bed.feed().baseUrl() + "/elsewhere"));

        hasFailed(bed.run(window), Reason.SOURCE_REDIRECT, "/elsewhere");

        assertThat(requests()).isEqualTo(1);
        assertThat(bed.feed().requests()).noneMatch(request -> request.path().startsWith("/elsewhere"));
    }

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
    void aMissingPasswordFileEndsTheRunBeforeAnythingIsAsked() throws Exception {
        addMessages(3);
        Path password = bed.home().data().resolve("secrets/wechat/password");
        Path aside = folder.resolve("password");
        Files.move(password, aside);
        try {
            hasFailed(bed.run(window), Reason.PASSWORD_MISSING, "password");
        } finally {
            Files.move(aside, password);
        }
        assertThat(requests()).isZero();
        isComplete(bed.run(window), 3);
    }

    @Test
    void aQuietDayIsComplete() {
        RunReport report = bed.run(window);

        isComplete(report, 0);
        assertThat(report.availableForImport()).isZero();
        assertThat(report.pages()).hasSize(1);
    }

    private void addMessages(int count) {
        addMessages("message", count);
    }

    private void addMessages(String kind, int count) {
        for (int i = 0; i < count; i++) {
            bed.add(window, TestBed.text(name + "-" + asked + "-" + kind + i, "Text " + i));
        }
    }

    private void isComplete(RunReport report, int messages) {
        assertThat(report.run().state()).isEqualTo(Run.State.COMPLETE);
        assertThat(report.availableFromSource()).isEqualTo(messages);
        assertThat(report.imported() + report.skipped()).isEqualTo(messages);
        assertThat(delivered() - before).isEqualTo(messages);
    }

    private static void hasFailed(RunReport report, Reason reason, String named) {
        assertThat(report.run().state()).isEqualTo(Run.State.FAILED);
        assertThat(report.run().reason()).isEqualTo(reason);
        List<Channels.Entry> entries = bed.entries(Channel.SOURCE, report);
        assertThat(entries).hasSize(1);
        assertThat(entries.get(0).reason()).isEqualTo(reason);
        assertThat(entries.get(0).detail()).contains(named).doesNotContain("feed-secret");
    }

    private static int delivered() {
        return mail.count(TestBed.ANN, TestBed.FOLDER);
    }

    private int requests() {
        return pageRequests().size() - asked;
    }

    private static List<FeedRequest> pageRequests() {
        return bed.feed().requests().stream()
                .filter(request -> request.path().equals(FeedSimulator.MESSAGES))
                .toList();
    }
}
