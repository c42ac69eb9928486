package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.Store;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.support.EventNotifierSupport;
import org.chatarchiver.msexchange.transport.Listing;
import org.chatarchiver.msexchange.transport.Lookup;
import org.chatarchiver.sandbox.MovingClock;
import org.chatarchiver.sandbox.PlainTraffic;
import org.chatarchiver.sandbox.RunningArchiver;
import org.chatarchiver.servers.Dovecot;
import org.chatarchiver.servers.RequiresProgram;
import org.chatarchiver.verify.VerificationTurns;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A verification is stopped between folders, or behind them, and goes on: no folder that is done with is read again, and no difference is told twice. */
@RequiresProgram("dovecot")
class VerifyBrokenOffTest {
    private static final String FOREIGN = "<00112233445566778899aabbccddeeff00112233@chat-archiver.invalid>";
    private static final List<String> MAILBOXES =
            IntStream.range(0, 5).mapToObj(i -> "box" + i + "@example.com").toList();

    private final MovingClock clock = new MovingClock();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void oneThatIsStoppedInAFolderGoesOnWithThatOne(int folders, @TempDir Path home) throws Exception {
        try (Dovecot mail = Dovecot.start(MAILBOXES.toArray(String[]::new));
                TestBed bed = bed(mail, home)) {
            String run = archive(bed);
            tamper(mail);
            JsonNode unbroken = Verified.of(bed.archiver(), run);
            assertThat(unbroken.get("counts"))
                    .isEqualTo(Verified.counts("{\"MOVED_OR_DELETED\":2,\"DOUBLED\":2,\"UNKNOWN_ITEM\":2}"));
            Destination destination = new Destination(clock, folders, 0);

            JsonNode broken = brokenOff(bed.archiver(), run, destination);

            assertThat(broken.get("counts")).isEqualTo(unbroken.get("counts"));
            assertThat(differences(broken)).containsExactlyInAnyOrderElementsOf(differences(unbroken));
            assertThat(broken.get("progress")).isEqualTo(unbroken.get("progress"));
            assertThat(destination.listedBefore).hasSize(folders + 1);
            List<String> done = destination.listedBefore.subList(0, folders);
            List<String> rest = new ArrayList<>(MAILBOXES);
            rest.removeAll(done);
            assertThat(destination.listed).containsExactlyInAnyOrderElementsOf(rest);
        }
    }

    @Test
    void oneThatIsStoppedBehindTheFoldersReadsNoneOfThem(@TempDir Path home) throws Exception {
        try (Dovecot mail = Dovecot.start(MAILBOXES.toArray(String[]::new));
                TestBed bed = bed(mail, home)) {
            String run = archive(bed);
            tamper(mail);
            JsonNode unbroken = Verified.of(bed.archiver(), run);
            Destination destination = new Destination(clock, MAILBOXES.size(), 1);

            JsonNode broken = brokenOff(bed.archiver(), run, destination);

            assertThat(differences(broken)).containsExactlyInAnyOrderElementsOf(differences(unbroken));
            assertThat(broken.get("counts")).isEqualTo(unbroken.get("counts"));
            assertThat(broken.get("progress")).isEqualTo(unbroken.get("progress"));
            assertThat(destination.listed).isEmpty();
            assertThat(destination.searchedAgain).isEqualTo(2);
        }
    }

    private TestBed bed(Dovecot mail, Path home) throws IOException {
        return TestBed.start(
                home,
                settings -> TestBed.byMaster(mail)
                        .apply(settings)
                        .clock(clock)
                        .set("archiver.exchange.probe-mailbox", MAILBOXES.get(0)),
                files -> files.connector(
                        TestBed.WECHAT, "0 0 0 1 1 ? 2099", PlainTraffic.mapping(MAILBOXES), "feed-secret"));
    }

    private static String archive(TestBed bed) {
        TestBed.Window window = bed.window();
        for (int mailbox = 0; mailbox < MAILBOXES.size(); mailbox++) {
            for (int i = 0; i < 3; i++) {
                bed.add(
                        window,
                        TestBed.textOf(MAILBOXES, mailbox, "m" + mailbox + "-" + i)
                                .put(
                                        "messageTime",
                                        window.from().plusSeconds(60 + i).toString()));
            }
        }
        return bed.run(window).run().id();
    }

    /** In the first and in the last mailbox. */
    private static void tamper(Dovecot mail) throws Exception {
        for (String mailbox : List.of(MAILBOXES.get(0), MAILBOXES.get(4))) {
            try (Store store = ByImap.store(mail, mailbox)) {
                Folder folder = store.getFolder(TestBed.FOLDER);
                folder.open(Folder.READ_WRITE);
                Message[] all = folder.getMessages();
                folder.appendMessages(new Message[] {ByImap.copy(all[0], null), ByImap.copy(all[0], FOREIGN)});
                all[1].setFlag(Flags.Flag.DELETED, true);
                folder.close(true);
            }
        }
    }

    /** Stopped when the destination says so, and asked for again where it does not go on before that. */
    private static JsonNode brokenOff(RunningArchiver archiver, String run, Destination destination) throws Exception {
        CamelContext camel = archiver.bean(CamelContext.class);
        destination.start();
        camel.getManagementStrategy().addEventNotifier(destination);
        camel.getCamelContextExtension().setEventNotificationApplicable(true);
        ApiClient api = new ApiClient(archiver);
        String path = "/api/runs/" + run + "/verify";
        assertThat(api.post(path, "application/json", "").statusCode()).isEqualTo(202);
        assertThat(destination.reached.await(1, TimeUnit.MINUTES)).isTrue();
        // As Camel tells it when the route is stopped.
        archiver.bean(VerificationTurns.class).prepareShutdown(false, false);
        destination.goOn.countDown();
        SmallDay.await().atMost(Duration.ofMinutes(2)).until(() -> {
            String state = Verified.counts(api.get(path).body()).get("state").asText();
            if (state.equals("BROKEN_OFF")) {
                // Unless it has gone on by itself.
                assertThat(api.post(path, "application/json", "").statusCode()).isIn(202, 409);
            }
            return state.equals("ENDED");
        });
        return Verified.counts(api.get(path).body());
    }

    private static List<String> differences(JsonNode verified) {
        List<String> differences = new ArrayList<>();
        verified.get("differences").forEach(difference -> differences.add(difference.toString()));
        return differences;
    }

    /** Holds the question at which the verification is to be stopped. Between two questions there are seconds, by the archiver's clock. */
    private static final class Destination extends EventNotifierSupport {
        final List<String> listedBefore = new CopyOnWriteArrayList<>();
        final List<String> listed = new CopyOnWriteArrayList<>();
        final CountDownLatch reached = new CountDownLatch(1);
        final CountDownLatch goOn = new CountDownLatch(1);
        volatile int searchedAgain;
        private final MovingClock clock;
        private final int folders;
        private final int searches;
        private int searched;

        /** @param searches how many e-mails are looked for before, behind the folders; 0 for a stop in the folder behind those */
        Destination(MovingClock clock, int folders, int searches) {
            this.clock = clock;
            this.folders = folders;
            this.searches = searches;
        }

        @Override
        public void notify(CamelEvent event) throws InterruptedException {
            if (event instanceof CamelEvent.ExchangeSendingEvent sending) {
                Object asked = sending.getExchange().getMessage().getBody();
                if (asked instanceof Listing listing
                        && sending.getEndpoint().getEndpointUri().contains("list")) {
                    clock.advance(Duration.ofSeconds(2));
                    if (reached.getCount() == 0) {
                        listed.add(listing.mailbox());
                    } else {
                        listedBefore.add(listing.mailbox());
                        hold(searches == 0 && listedBefore.size() == folders + 1);
                    }
                } else if (asked instanceof Lookup && reached.getCount() == 0) {
                    searchedAgain++;
                } else if (asked instanceof Lookup) {
                    searched++;
                    hold(searches > 0 && searched == searches + 1);
                }
            }
        }

        private void hold(boolean here) throws InterruptedException {
            if (here) {
                reached.countDown();
                goOn.await(1, TimeUnit.MINUTES);
            }
        }
    }
}
