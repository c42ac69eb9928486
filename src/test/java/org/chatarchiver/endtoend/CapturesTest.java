package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.chatarchiver.ledger.Channel;
import org.chatarchiver.ledger.Channels;
import org.chatarchiver.ledger.ItemState;
import org.chatarchiver.ledger.ItemTarget;
import org.chatarchiver.ledger.Reason;
import org.chatarchiver.ledger.Replays;
import org.chatarchiver.ledger.Run;
import org.chatarchiver.ledger.RunReport;
import org.chatarchiver.mapping.MappingStore;
import org.chatarchiver.mapping.Parsed;
import org.chatarchiver.recovery.Replaying;
import org.chatarchiver.servers.Dovecot;
import org.chatarchiver.servers.RequiresProgram;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A group message that two registered phones captured: one id, two owners, and a copy in the mailbox of each. */
@RequiresProgram({"dovecot", "python3"})
class CapturesTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String ANNS = "+447700900123";
    private static final String BENS = "+447700900142";
    private static final String NOBODYS = "+447700900143";
    private static final String BOTH = TestBed.MAPPING + BENS + "," + TestBed.BEN + "\n";

    @TempDir
    static Path folder;

    private static Dovecot mail;
    private static TestBed bed;

    @BeforeAll
    static void start() throws Exception {
        mail = Dovecot.with(List.of(TestBed.ANN, TestBed.BEN)).start();
        bed = TestBed.start(folder, settings -> TestBed.byMaster(mail)
                .apply(settings)
                .set("archiver.chunk.messages", 2)
                .set("archiver.telemessage.page-limit", 4));
    }

    @AfterAll
    static void stop() throws Exception {
        bed.close();
        mail.close();
    }

    @BeforeEach
    void map() throws Exception {
        map(BOTH);
    }

    @Test
    void twoInOneChunkGiveEachOwnerTheSameEmail() throws Exception {
        TestBed.Window window = bed.window();
        bed.add(window, capture("chunk", ANNS));
        bed.add(window, capture("chunk", BENS).put("direction", "Out"));

        RunReport report = bed.run(window);

        assertServedBoth("chunk", report);
        assertCounts(report, 2, 2, 0, 0);
        assertSameBytes("chunk");
    }

    @Test
    void twoInTwoChunksOfAPageGiveEachOwnerACopy() throws Exception {
        TestBed.Window window = bed.window();
        bed.add(window, capture("page", ANNS));
        bed.add(window, TestBed.text("page-other-1", "Other"));
        bed.add(window, TestBed.text("page-other-2", "Other"));
        bed.add(window, capture("page", BENS).put("direction", "Out"));

        RunReport report = bed.run(window);

        assertThat(report.pages()).hasSize(1);
        assertServedBoth("page", report);
        assertCounts(report, 4, 4, 0, 0);
        assertSameBytes("page");
    }

    @Test
    void twoInTwoPagesGiveEachOwnerACopy() throws Exception {
        TestBed.Window window = bed.window();
        bed.add(window, capture("pages", ANNS));
        for (int i = 0; i < 6; i++) {
            bed.add(window, TestBed.text("pages-other-" + i, "Other"));
        }
        bed.add(window, capture("pages", BENS));

        RunReport report = bed.run(window);

        assertThat(report.pages()).hasSize(2);
        assertServedBoth("pages", report);
        assertCounts(report, 8, 8, 0, 0);
        assertSameBytes("pages");
    }

    @Test
    void oneInALaterWindowGivesItsOwnerACopyAndReReadsAndDryRunsFindBothThere() throws Exception {
        TestBed.Window later = bed.window();
        TestBed.Window earlier = bed.window();
        bed.add(earlier, capture("later", ANNS));
        bed.add(later, capture("later", BENS).put("direction", "Out"));

        assertCounts(bed.run(earlier), 1, 1, 0, 0);
        assertCounts(bed.run(later, true), 1, 1, 0, 0);
        RunReport second = bed.run(later);
        assertCounts(second, 1, 1, 0, 0);

        assertThat(bed.items("later").get(TestBed.BEN).run())
                .isEqualTo(second.run().id());
        assertSameBytes("later");
        assertCounts(bed.run(later), 1, 0, 1, 0);
        assertCounts(bed.run(earlier), 1, 0, 1, 0);
        assertCounts(bed.run(later, true), 1, 0, 1, 0);
        assertCounts(bed.run(earlier, true), 1, 0, 1, 0);
        assertCounts(bed.run(new TestBed.Window(earlier.from(), later.to())), 2, 0, 2, 0);
    }

    @Test
    void theSameCaptureInWhateverNotationCountsOnce() throws Exception {
        TestBed.Window window = bed.window();
        bed.add(window, capture("once", ANNS));
        bed.addAgain(window, capture("once", "00447700900123"));
        for (int i = 0; i < 4; i++) {
            bed.add(window, TestBed.text("once-other-" + i, "Other"));
        }
        bed.addAgain(window, capture("once", "447700900123"));

        RunReport report = bed.run(window);

        assertCounts(report, 5, 5, 0, 0);
        assertThat(bed.items("once")).containsOnlyKeys(TestBed.ANN);
    }

    @Test
    void anOwnerWhoIsServedAlreadyIsSkipped() throws Exception {
        TestBed.Window later = bed.window();
        TestBed.Window earlier = bed.window();
        ObjectNode first = capture("served", ANNS);
        first.putArray("to").add(BENS);
        ObjectNode second = first.deepCopy().put("msisdn", BENS);
        bed.add(earlier, first);
        bed.add(later, second);
        assertCounts(bed.run(earlier), 1, 2, 0, 0);
        assertCounts(bed.run(later), 1, 0, 1, 0);

        TestBed.Window both = bed.window();
        bed.add(both, first.put("messageId", "served-at-once"));
        bed.add(both, second.put("messageId", "served-at-once"));
        assertCounts(bed.run(both, true), 2, 2, 0, 0);
        assertCounts(bed.run(both), 2, 2, 0, 0);
    }

    @Test
    void anOwnerWhoMapsToNothingIsAFailureOfItsOwnUntilARequeueMapsIt() throws Exception {
        map(TestBed.MAPPING);
        TestBed.Window later = bed.window();
        TestBed.Window earlier = bed.window();
        ObjectNode first = capture("unmapped", ANNS);
        first.putArray("to").add(BENS);
        bed.add(earlier, first);
        bed.add(later, TestBed.text("unmapped-other", "Other"));
        bed.add(later, first.deepCopy().put("msisdn", BENS));
        assertCounts(bed.run(earlier), 1, 1, 0, 0);

        RunReport failed = bed.run(later);

        assertCounts(failed, 2, 1, 0, 1);
        assertThat(failed.failedByReason()).isEqualTo(Map.of(Reason.NO_MAPPING, 1L));
        RunReport again = bed.run(later);
        assertCounts(again, 2, 0, 1, 1);
        Channels.Entry entry = bed.entries(Channel.UNMAPPED, failed).get(0);
        assertThat(entry.owner()).isEqualTo(BENS);
        assertThat(entry.position()).isEqualTo(1);
        assertThat(entry.run()).isEqualTo(failed.run().id());
        assertThat(entry.path()).isEqualTo(failed.pages().get(0).path());

        map(BOTH);
        bed.archiver().bean(Channels.class).requeue(Channel.UNMAPPED, List.of(entry.id()), "test");

        await().atMost(SOON).until(() -> bed.items("unmapped").containsKey(TestBed.BEN) && pending(failed) == 0);
        assertThat(bed.items("unmapped").get(TestBed.BEN).state()).isEqualTo(ItemState.IMPORTED);
        assertThat(bed.items("unmapped")).containsOnlyKeys(TestBed.ANN, TestBed.BEN);
        assertCounts(bed.archiver().report(failed.run().id()), 2, 2, 0, 0);
        assertCounts(bed.archiver().report(again.run().id()), 2, 0, 2, 0);
        assertSameBytes("unmapped");
        assertCounts(bed.run(later), 2, 0, 2, 0);
    }

    @Test
    void aRequeueTriesEachOwnerOfAPageByItself() throws Exception {
        map(TestBed.MAPPING);
        TestBed.Window window = bed.window();
        bed.add(window, capture("each", NOBODYS));
        bed.add(window, capture("each", BENS));
        bed.add(window, capture("each", ANNS));
        RunReport failed = bed.run(window);
        assertCounts(failed, 3, 1, 0, 2);

        map(BOTH);
        bed.archiver().bean(Channels.class).requeue(Channel.UNMAPPED, List.of(), "test");

        await().atMost(SOON).until(() -> bed.items("each").containsKey(TestBed.BEN) && pending(failed) == 0);
        assertCounts(bed.archiver().report(failed.run().id()), 3, 2, 0, 1);
        assertThat(bed.items("each").keySet())
                .containsExactlyInAnyOrder(TestBed.ANN, TestBed.BEN, ItemTarget.participant(NOBODYS));
    }

    @Test
    void aReplayOfTheLaterRunLooksForTheItemsThatItsCapturesCameTo() throws Exception {
        TestBed.Window later = bed.window();
        TestBed.Window earlier = bed.window();
        bed.add(earlier, capture("replayed", ANNS));
        bed.add(later, capture("replayed", BENS));
        RunReport first = bed.run(earlier);
        RunReport second = bed.run(later);
        map(TestBed.MAPPING);

        for (RunReport run : List.of(first, second)) {
            assertThat(bed.archiver().bean(Replaying.class).replay(run.run().id(), "test", ""))
                    .isInstanceOf(Replaying.Answer.Started.class);
            await().atMost(SOON).until(() -> replay(run).pending() == 0);
            assertThat(replay(run).items()).isEqualTo(1);
            assertThat(replay(run).present()).isEqualTo(1);
            assertCounts(bed.archiver().report(run.run().id()), 1, 1, 0, 0);
        }
        assertSameBytes("replayed");
    }

    @Test
    void whatCannotBeUnderstoodOfTwoPhonesIsAFailureOfEach() throws Exception {
        TestBed.Window window = bed.window();
        bed.add(window, capture("bad", ANNS).put("messageTime", "yesterday"));
        bed.add(window, capture("bad", BENS).put("messageTime", "yesterday"));

        RunReport report = bed.run(window);

        assertCounts(report, 2, 0, 0, 2);
        assertThat(bed.entries(Channel.MALFORMED, report))
                .extracting(Channels.Entry::owner)
                .containsExactlyInAnyOrder(ANNS, BENS);
        assertCounts(bed.run(window), 2, 0, 0, 2);
    }

    private static ObjectNode capture(String id, String msisdn) {
        return TestBed.json("""
                {"messageContext": "app-message", "messageTime": "2025-03-04T09:00:00Z", "direction": "In", "from": "+447700900555",
                 "to": [], "groupMessage": true, "dialogGroupId": "x@chatroom", "textContent": "t"}""").put("messageId", id).put("msisdn", msisdn);
    }

    private static void assertServedBoth(String id, RunReport report) {
        assertThat(bed.items(id)).containsOnlyKeys(TestBed.ANN, TestBed.BEN).allSatisfy((mailbox, item) -> {
            assertThat(item.state()).isEqualTo(ItemState.IMPORTED);
            assertThat(item.run()).isEqualTo(report.run().id());
        });
    }

    private static void assertCounts(RunReport report, long source, long imported, long skipped, long failed) {
        assertThat(report.run().state()).isEqualTo(Run.State.COMPLETE);
        assertThat(List.of(report.availableFromSource(), report.arrived()))
                .as("captures")
                .containsOnly(source);
        assertThat(List.of(report.imported(), report.skipped(), report.failed()))
                .as("imported, skipped, failed")
                .containsExactly(imported, skipped, failed);
        assertThat(report.availableForImport()).isEqualTo(imported + skipped + failed);
    }

    private static void assertSameBytes(String id) throws Exception {
        JsonNode anns = email(TestBed.ANN, id);
        assertThat(email(TestBed.BEN, id)).isEqualTo(anns);
    }

    /** The one e-mail of a message, without what is the mailbox's own. */
    private static JsonNode email(String mailbox, String id) throws Exception {
        List<JsonNode> found = PythonMailbox.byMaster(mail, mailbox, TestBed.FOLDER).messages().stream()
                .filter(one -> one.toString().contains("\"" + id + "\""))
                .toList();
        assertThat(found).as("e-mails of " + id + " in " + mailbox).hasSize(1);
        return ((ObjectNode) found.get(0)).without(List.of("uid"));
    }

    private static long pending(RunReport report) {
        return bed.archiver().report(report.run().id()).pending();
    }

    private static Replays.Replay replay(RunReport report) {
        return bed.archiver().bean(Replays.class).of(report.run().id()).orElseThrow();
    }

    private static void map(String csv) throws Exception {
        assertThat(bed.archiver()
                        .bean(MappingStore.class)
                        .replace(TestBed.WECHAT, new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8)), "ada"))
                .isNotInstanceOf(Parsed.Rejected.class);
    }
}
