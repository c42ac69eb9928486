package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import org.chatarchiver.ledger.Channel;
import org.chatarchiver.ledger.Channels;
import org.chatarchiver.ledger.Item;
import org.chatarchiver.ledger.ItemState;
import org.chatarchiver.ledger.Reason;
import org.chatarchiver.ledger.RunReport;
import org.chatarchiver.sandbox.EmbeddedMailServer;
import org.chatarchiver.sandbox.Fault;
import org.chatarchiver.sandbox.FeedSimulator;
import org.chatarchiver.sandbox.MovingClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An attachment is whole, or its item says that it is not; and what is wrong with one attachment is a matter of that one. */
class AttachmentTroubleTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final byte[] FILE = "the whole file".getBytes(StandardCharsets.US_ASCII);
    private static final int TRIES = 3;

    @TempDir
    Path folder;

    private final MovingClock clock = new MovingClock();
    private EmbeddedMailServer mail;
    private TestBed bed;
    private TestBed.Window window;

    @BeforeEach
    void start() throws IOException {
        mail = new EmbeddedMailServer(0, folder.resolve("mail"));
        bed = TestBed.start(
                folder, settings -> TestBed.with(mail).apply(settings).clock(clock));
        window = bed.window();
        bed.feed().attachment("file", out -> out.write(FILE));
    }

    @AfterEach
    void stop() throws IOException {
        bed.close();
        mail.close();
    }

    @Test
    void aDownloadShorterThanDeclaredIsFetchedAgain() {
        shortBody("file", TRIES - 1);
        add("short", byHref("file").put("attachSize", FILE.length));

        isImported(bed.run(window), "short");

        assertThat(asked("file")).isEqualTo(TRIES);
    }

    @Test
    void aDownloadWithAnotherDigestIsFetchedAgain() {
        bed.feed()
                .fault(
                        FeedSimulator.ATTACHMENTS + "file",
                        1,
                        Fault.body(new String(FILE, StandardCharsets.US_ASCII).replace('w', 'W')));
        add("digest", byHref("file").put("sha256", Hashes.hex(FILE).toUpperCase(Locale.ROOT)));

        isImported(bed.run(window), "digest");

        assertThat(asked("file")).isEqualTo(2);
    }

    @Test
    void aDownloadThatStaysOtherThanDeclaredIsAttachedAsItCame() {
        add("differs", byHref("file").put("attachSize", Integer.toString(FILE.length + 1)));
        add("again", byHref("file").put("attachSize", FILE.length));

        RunReport report = bed.run(window);

        isPartial("differs");
        assertThat(bed.items("again").get(TestBed.ANN).state()).isEqualTo(ItemState.IMPORTED);
        assertThat(report.partiallyImported()).isEqualTo(1);
        assertThat(report.imported()).isEqualTo(1);
        assertThat(mail.count(TestBed.ANN, TestBed.FOLDER)).isEqualTo(2);
        assertThat(asked("file")).as("no more than after any broken transfer").isEqualTo(TRIES);
    }

    @Test
    void theDryRunSaysTheSame() {
        add("differs", byHref("file").put("attachSize", 1));

        assertThat(bed.run(window, true).partiallyImported()).isEqualTo(1);
    }

    @Test
    void bytesInThePageThatAreOtherThanDeclaredAreAttachedAsTheyCame() {
        add("inline", inline(FILE).put("attachSize", FILE.length + 1));
        add("whole", inline(FILE).put("attachSize", FILE.length).put("sha256", Hashes.hex(FILE)));

        RunReport report = bed.run(window);

        isPartial("inline");
        assertThat(report.imported()).isEqualTo(1);
    }

    @Test
    void bytesInThePageThatAreOtherThanDeclaredAreFetchedByTheHrefBesideThemIfThatGivesAny() {
        add("helped", inline(new byte[] {1}).put("attachSize", FILE.length).put("href", href("file")));
        add("not-helped", inline(FILE).put("attachSize", 1).put("href", href("gone")));

        RunReport report = bed.run(window);

        assertThat(bed.items("helped").get(TestBed.ANN).state()).isEqualTo(ItemState.IMPORTED);
        isPartial("not-helped");
        assertThat(report.failed()).isZero();
    }

    @Test
    void anHrefBesideEmptyContentIsFetched() {
        add("empty", byHref("file").put("content", "").put("attachSize", FILE.length));

        isImported(bed.run(window), "empty");

        assertThat(asked("file")).isEqualTo(1);
    }

    @Test
    void anEmptyFileIsWhole() {
        bed.feed().attachment("nothing", out -> {});
        add("by-href", byHref("nothing").put("attachSize", 0));
        add("undeclared", byHref("nothing"));
        add("inline", inline(new byte[0]));

        assertThat(bed.run(window).imported()).isEqualTo(3);
        assertThat(asked("nothing")).isEqualTo(1);
    }

    @Test
    void base64WhosePlusSignsBecameBlanksIsNoFile() {
        add("form", inline(FILE).put("content", "AAAA AAA"));

        RunReport report = bed.run(window);

        assertThat(bed.items("form").get(TestBed.ANN).reason()).isEqualTo(Reason.ATTACHMENT_UNDECODABLE);
        assertThat(report.partiallyImported()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 400, 403, 404, 405, 451})
    void oneAttachmentThatIsRefusedHoldsUpNoOther(int status) {
        Fault refusal = status == 302 ? Fault.redirect("/elsewhere") : Fault.status(status, null);
        bed.feed().fault(FeedSimulator.ATTACHMENTS + "bad", 1_000, refusal);
        add("bad", byHref("bad"));
        for (int i = 0; i < 5; i++) {
            bed.feed().attachment("good-" + i, out -> out.write(FILE));
            add("good-" + i, byHref("good-" + i));
        }
        String run = bed.archiver().start(TestBed.WECHAT, false, window.from(), window.to());

        int whole = status == 404 ? 6 : 5;
        await().atMost(SOON).until(() -> mail.count(TestBed.ANN, TestBed.FOLDER) == whole);
        if (status == 404) {
            return;
        }
        await().atMost(SOON).until(() -> bed.items("bad").get(TestBed.ANN).state() == ItemState.RETRY);
        assertThat(bed.items("bad").get(TestBed.ANN).retryAt())
                .as("its own pause, not the account's")
                .isBefore(clock.instant().plusSeconds(20));
        for (int minutes = 0; minutes < 25; minutes++) {
            Item item = bed.items("bad").get(TestBed.ANN);
            if (item.state() == ItemState.FAILED) {
                break;
            }
            int tries = item.attempts();
            clock.advance(Duration.ofMinutes(5));
            await().atMost(SOON)
                    .until(() -> bed.items("bad").get(TestBed.ANN).state() == ItemState.FAILED
                            || bed.items("bad").get(TestBed.ANN).attempts() > tries);
        }
        RunReport report = bed.ended(run);
        assertThat(report.imported()).isEqualTo(5);
        assertThat(bed.entries(Channel.UNDELIVERABLE, report))
                .singleElement()
                .extracting(Channels.Entry::reason)
                .isEqualTo(Reason.ATTACHMENT_UNAVAILABLE);
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void aRefusedAccountIsNotAskedOnAndOn(int status) {
        bed.feed().fault(FeedSimulator.ATTACHMENTS, 1_000, Fault.status(status, null));
        for (int i = 0; i < 20; i++) {
            add("refused-" + i, byHref("file-" + i));
        }
        bed.archiver().start(TestBed.WECHAT, false, window.from(), window.to());

        await().atMost(SOON).until(() -> bed.items("refused-19").containsKey(TestBed.ANN));
        await().atMost(SOON)
                .until(() -> bed.items("refused-19").get(TestBed.ANN).state() == ItemState.RETRY);

        assertThat(bed.feed().requests().stream()
                        .filter(request -> request.path().startsWith(FeedSimulator.ATTACHMENTS)))
                .hasSize(status == 401 ? 1 : 3);
    }

    private void isImported(RunReport report, String id) {
        assertThat(report.imported()).isEqualTo(1);
        assertThat(bed.items(id).get(TestBed.ANN).state()).isEqualTo(ItemState.IMPORTED);
    }

    private void isPartial(String id) {
        Item item = bed.items(id).get(TestBed.ANN);
        assertThat(item.state()).isEqualTo(ItemState.PARTIAL);
        assertThat(item.reason()).isEqualTo(Reason.ATTACHMENT_DIFFERS);
    }

    private void shortBody(String id, int times) {
        bed.feed().fault(FeedSimulator.ATTACHMENTS + id, times, Fault.body("the wh"));
    }

    private long asked(String id) {
        return bed.feed().requests().stream()
                .filter(request -> request.path().equals(FeedSimulator.ATTACHMENTS + id))
                .count();
    }

    private void add(String id, ObjectNode attachment) {
        ObjectNode message = TestBed.text(id, "With a file");
        message.putArray("attachment").add(attachment);
        bed.add(window, message);
    }

    private static ObjectNode byHref(String id) {
        return TestBed.json("{\"name\":\"file.bin\"}").put("href", href(id));
    }

    private static ObjectNode inline(byte[] bytes) {
        return TestBed.json("{\"name\":\"file.bin\"}")
                .put("content", Base64.getEncoder().encodeToString(bytes));
    }

    private static String href(String id) {
        return FeedSimulator.ATTACHMENTS + id;
    }
}
