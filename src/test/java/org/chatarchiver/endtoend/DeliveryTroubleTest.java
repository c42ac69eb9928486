package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.chatarchiver.ledger.Channel;
import org.chatarchiver.ledger.Channels;
import org.chatarchiver.ledger.Item;
import org.chatarchiver.ledger.ItemState;
import org.chatarchiver.ledger.Reason;
import org.chatarchiver.ledger.Run;
import org.chatarchiver.ledger.RunReport;
import org.chatarchiver.sandbox.EmbeddedMailServer;
import org.chatarchiver.sandbox.Fault;
import org.chatarchiver.sandbox.FeedSimulator;
import org.chatarchiver.sandbox.MovingClock;
import org.chatarchiver.sandbox.PlainTraffic;
import org.chatarchiver.sandbox.RunningArchiver;
import org.chatarchiver.servers.MailRelay;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;

/** One mailbox in trouble, or one attachment: its items wait, nobody else's do. */
class DeliveryTroubleTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final List<String> MAILBOXES = PlainTraffic.mailboxes(20);

    @TempDir
    Path folder;

    private final MovingClock clock = new MovingClock();
    private EmbeddedMailServer mail;
    private MailRelay relay;
    private TestBed bed;

    @BeforeEach
    void start() throws IOException {
        // GreenMail's threads throw when a connection is cut.
        Awaitility.doNotCatchUncaughtExceptionsByDefault();
        mail = new EmbeddedMailServer(0, folder.resolve("mail"));
        mail.create(MAILBOXES);
        relay = new MailRelay(mail.plainPort());
        UnaryOperator<RunningArchiver.Settings> server = TestBed.with(mail);
        bed = TestBed.start(
                folder,
                settings -> server.apply(settings)
                        .clock(clock)
                        .set("archiver.exchange.imap.port", relay.port())
                        .set("archiver.exchange.imap.security", "none")
                        .set("archiver.exchange.read-timeout", "2s")
                        .set("archiver.chunk.messages", 20)
                        .set("archiver.delivery.probe", "500ms"),
                home -> Files.writeString(home.mapping(TestBed.WECHAT), PlainTraffic.mapping(MAILBOXES)));
    }

    @AfterEach
    void stop() throws IOException {
        bed.close();
        relay.close();
        mail.close();
    }

    @Test
    void aPageIsDoneAlthoughOneMailboxStallsAndItsItemsComeLater() {
        assertThat(bed.run(three("before")).imported()).isEqualTo(60);
        String slow = MAILBOXES.get(6);
        relay.stall(slow);
        TestBed.Window window = three("stalled");
        String run = bed.archiver().start(TestBed.WECHAT, false, window.from(), window.to());

        await().atMost(SOON).until(() -> bed.archiver().report(run).imported() == 57);
        await().atMost(SOON).until(this::everyPageIsDone);

        List<Item> waiting = IntStream.of(6, 26, 46)
                .mapToObj(n -> bed.items("stalled-" + n).get(slow))
                .toList();
        assertThat(waiting).extracting(Item::state).containsOnly(ItemState.RETRY);
        assertThat(waiting.get(0).attempts()).isEqualTo(1);
        assertThat(waiting.subList(1, 3))
                .as("the later chunks do not wait for it again")
                .extracting(Item::attempts)
                .containsOnly(0);
        assertThat(bed.archiver().report(run).run().state()).isEqualTo(Run.State.RUNNING);

        relay.release();
        clock.advance(Duration.ofMinutes(5));

        RunReport report = bed.ended(run);
        assertThat(report.run().state()).isEqualTo(Run.State.COMPLETE);
        assertThat(report.imported()).isEqualTo(60);
        assertThat(mail.count(slow, TestBed.FOLDER)).isEqualTo(6);
    }

    @Test
    void anAttachmentIsWaitedForAsLongAsTheFeedAsks() {
        bed.feed().attachment("photo", out -> out.write("photo".getBytes(StandardCharsets.US_ASCII)));
        bed.feed().fault(FeedSimulator.ATTACHMENTS, 1, Fault.status(503, "600"));
        TestBed.Window window = bed.window();
        bed.add(window, photo("late"));
        Instant before = clock.instant();
        String run = bed.archiver().start(TestBed.WECHAT, false, window.from(), window.to());

        await().atMost(SOON).until(() -> state("late") == ItemState.RETRY);
        Item item = bed.items("late").get(MAILBOXES.get(0));
        assertThat(item.reason()).isEqualTo(Reason.ATTACHMENT_UNAVAILABLE);
        assertThat(item.retryAt()).isAfter(before.plusSeconds(590));
        assertThat(asked()).as("not asked again in its pause").isEqualTo(1);

        clock.advance(Duration.ofMinutes(11));

        assertThat(bed.ended(run).imported()).isEqualTo(1);
        assertThat(asked()).isEqualTo(2);
    }

    @Test
    void anAttachmentThatCannotBeHadForFifteenMinutesFailsAndTheArchiverRequeuesItByItself() {
        bed.feed().attachment("photo", out -> out.write("photo".getBytes(StandardCharsets.US_ASCII)));
        // Three tries each: as it lands, as it is archived, and two times later.
        bed.feed().fault(FeedSimulator.ATTACHMENTS, 12, Fault.status(500, null));
        TestBed.Window window = bed.window();
        bed.add(window, photo("missing"));
        String run = bed.archiver().start(TestBed.WECHAT, false, window.from(), window.to());
        await().atMost(SOON).until(() -> attempts("missing") == 1);
        clock.advance(Duration.ofMinutes(5));
        await().atMost(SOON).until(() -> attempts("missing") == 2);
        clock.advance(Duration.ofMinutes(15));

        RunReport failed = bed.ended(run);
        assertThat(failed.failedByReason()).containsOnlyKeys(Reason.ATTACHMENT_UNAVAILABLE);
        Channels.Entry entry = bed.entries(Channel.UNDELIVERABLE, failed).get(0);

        clock.advance(Duration.ofMinutes(61));

        await().atMost(SOON).until(() -> bed.archiver().report(run).imported() == 1);
        assertThat(bed.archiver().report(run).failed()).isZero();
        Channels.Entry closed =
                bed.archiver().bean(Channels.class).find(entry.id()).orElseThrow();
        assertThat(closed.requeuedBy()).isEqualTo("archiver");
        assertThat(closed.closedBy()).isEqualTo("delivery");
    }

    @Test
    void aMailboxThatWasDeletedAndMadeAgainBetweenTwoRunsGetsItsFolderAgain() {
        assertThat(bed.run(three("first")).imported()).isEqualTo(60);
        mail.remove(MAILBOXES.get(3));
        mail.create(List.of(MAILBOXES.get(3)));

        assertThat(bed.run(three("second")).imported()).isEqualTo(60);

        assertThat(mail.count(MAILBOXES.get(3), TestBed.FOLDER)).isEqualTo(3);
        assertThat(mail.count(MAILBOXES.get(4), TestBed.FOLDER)).isEqualTo(6);
    }

    /** Three messages for each mailbox, in turn. */
    private TestBed.Window three(String name) {
        TestBed.Window window = bed.window();
        for (int i = 0; i < 60; i++) {
            bed.add(window, message(name + "-" + i, i % 20));
        }
        return window;
    }

    private static ObjectNode message(String id, int mailbox) {
        String number = PlainTraffic.mapping(MAILBOXES)
                .lines()
                .skip(mailbox + 1L)
                .findFirst()
                .orElseThrow()
                .split(",")[0];
        return TestBed.text(id, "Text").put("msisdn", number).put("from", number);
    }

    private static ObjectNode photo(String id) {
        ObjectNode message = message(id, 0);
        message.putArray("attachment")
                .addObject()
                .put("name", "photo.jpg")
                .put("href", "/archive/v1/attachments/photo");
        return message;
    }

    private long asked() {
        return bed.feed().requests().stream()
                .filter(request -> request.path().startsWith(FeedSimulator.ATTACHMENTS))
                .count();
    }

    private ItemState state(String id) {
        return bed.items(id).values().stream().map(Item::state).findFirst().orElse(null);
    }

    private int attempts(String id) {
        return bed.items(id).values().stream()
                .mapToInt(Item::attempts)
                .findFirst()
                .orElse(-1);
    }

    private boolean everyPageIsDone() {
        return bed.archiver()
                        .bean(JdbcTemplate.class)
                        .queryForObject("select count(*) from page where state <> 'DONE'", Long.class)
                == 0;
    }
}
