package org.chatarchiver.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.chatarchiver.MovableClock;
import org.chatarchiver.delivery.Outages;
import org.chatarchiver.mapping.RowError;
import org.chatarchiver.msexchange.transport.Existence;
import org.chatarchiver.msexchange.transport.Fault;
import org.chatarchiver.setup.MailboxChecks.Missing;
import org.chatarchiver.setup.MailboxChecks.Progress;
import org.chatarchiver.setup.MailboxChecks.Start;
import org.chatarchiver.setup.MailboxChecks.State;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a destination that answers what a test says, and holds its answers back where a test wants it to. */
class MailboxChecksTest {
    private static final String HEADER = "External User ID,Microsoft 365 User Mailbox\n";
    private static final String ANN = "+447700900101,Ann@example.com\n";
    private static final String BOB = "+447700900102,bob@example.com\n";

    @TempDir
    private Path folder;

    private final MovableClock clock = new MovableClock("2026-11-20T10:00:00Z");
    private final AnsweringDestination destination = new AnsweringDestination();
    private final Map<String, Existence> answers = destination.answers;
    private final List<String> asked = destination.asked;
    private final Semaphore held = destination.held;
    private Outages outages;
    private MailboxChecks checks;

    @BeforeEach
    void open() throws Exception {
        destination.start();
        outages = SetupFixture.outages(clock);
        checks = SetupFixture.checks(destination.routes(), outages, clock);
    }

    @AfterEach
    void close() throws IOException {
        checks.close();
        destination.close();
    }

    @Test
    void eachMailboxIsAskedForOnceInTheOrderOfTheLinesAsTheMappingAsks() throws IOException {
        Progress done = done(start(HEADER + ANN + BOB + "wxid_1,ANN@example.com\n"));

        assertThat(asked).containsExactly("ann@example.com", "bob@example.com");
        assertThat(done)
                .isEqualTo(new Progress(done.id(), State.DONE, 2, 2, 2, 0, 0, List.of(), "All 2 mailboxes exist."));
    }

    @Test
    void aMailboxThatIsMissingIsNamedWithTheLineOfItsFirstRow() throws IOException {
        answers.put("bob@example.com", new Existence.Missing("no such mailbox"));

        Progress done = done(start(HEADER + ANN + BOB + "wxid_1,bob@example.com\n"));

        assertThat(done.exist()).isEqualTo(1);
        assertThat(done.missing()).isEqualTo(1);
        assertThat(done.first())
                .containsExactly(new Missing(3, "bob@example.com", "The destination has no such mailbox."));
        assertThat(done.sentence()).isEqualTo("1 of 2 mailboxes exist, 1 does not, 0 could not be told.");
    }

    @Test
    void whatWasToldIsRememberedForTheNextCheckAndTroubleIsNot() throws IOException {
        answers.put("bob@example.com", unknown(Fault.PERMISSION_DENIED));
        Progress first = done(start(HEADER + ANN + BOB));
        assertThat(first.unclear()).isEqualTo(1);
        assertThat(first.first().get(0).why()).contains("could not tell: PERMISSION_DENIED");

        answers.remove("bob@example.com");
        assertThat(done(start(HEADER + ANN + BOB)).exist()).isEqualTo(2);

        assertThat(asked).containsExactly("ann@example.com", "bob@example.com", "bob@example.com");
    }

    @Test
    void aBadFileIsNotBegunWith() throws IOException {
        assertThat(checks.start(file("nonsense"), "ada"))
                .asInstanceOf(type(Start.Bad.class))
                .satisfies(bad -> {
                    assertThat(bad.count()).isEqualTo(1);
                    assertThat(bad.errors()).extracting(RowError::line).containsExactly(1L);
                });
    }

    @Test
    void oneCheckIsGoneOnWithAtATimeAndTheOtherIsToldWhose() throws IOException {
        held.drainPermits();
        String first = start(HEADER + ANN + BOB);

        assertThat(checks.start(file(HEADER + BOB), "bob"))
                .asInstanceOf(type(Start.Busy.class))
                .satisfies(busy -> {
                    assertThat(busy.id()).isEqualTo(first);
                    assertThat(busy.sentence()).contains("'ada' has started goes on (0 of 2 mailboxes asked for.)");
                });

        held.release(2);
        assertThat(done(first).exist()).isEqualTo(2);
        assertThat(checks.start(file(HEADER + BOB), "bob")).isInstanceOf(Start.Started.class);
    }

    @Test
    void aCancelledCheckSaysHowFarItCameAndAnotherOneMayBegin() throws IOException {
        held.drainPermits();
        held.release(1);
        String first = start(HEADER + ANN + BOB + "wxid_1,carl@example.com\n");
        Awaitility.await().until(() -> asked.size() == 2);

        assertThat(checks.cancel(first)).isTrue();
        assertThat(checks.cancel(first)).isFalse();

        String second = start(HEADER + "wxid_2,dora@example.com\n");
        held.release(100);
        assertThat(done(second).exist()).isEqualTo(1);
        Progress cancelled = checks.progress(first).orElseThrow();
        assertThat(cancelled.state()).isEqualTo(State.CANCELLED);
        assertThat(cancelled.asked()).isEqualTo(1);
        assertThat(cancelled.sentence()).startsWith("Cancelled after 1 of 3 mailboxes: 1 of 3 mailboxes exist");
        assertThat(asked).containsExactly("ann@example.com", "bob@example.com", "dora@example.com");
    }

    @Test
    void anOutageEndsItPolitelyAndIsNotTakenForOneOfDelivery() throws IOException {
        answers.put("bob@example.com", unknown(Fault.UNREACHABLE));

        Progress failed = done(start(HEADER + ANN + BOB + "wxid_1,carl@example.com\n"));

        assertThat(failed.state()).isEqualTo(State.FAILED);
        assertThat(failed.sentence())
                .isEqualTo(
                        "The check ended, since the destination cannot be asked (UNREACHABLE: it is so); start it again"
                                + " when that is over. 1 of 3 mailboxes exist, 0 do not, 0 could not be told.");
        assertThat(asked).hasSize(2);
        assertThat(outages.isOngoing()).isFalse();
    }

    @Test
    void whileTheDestinationIsOutNothingIsAsked() throws IOException {
        outages.begin("ann@example.com", "UNREACHABLE: connection refused");

        assertThat(done(start(HEADER + ANN)).sentence()).contains("cannot be asked (UNREACHABLE: connection refused)");
        assertThat(asked).isEmpty();
    }

    @Test
    void logInsThatAreRefusedForEveryMailboxAreNotTriedForever() throws IOException {
        String csv = users(200);
        IntStream.range(0, 200).forEach(i -> answers.put("u" + i + "@example.com", unknown(Fault.LOGIN_REFUSED)));

        Progress failed = done(start(csv));

        assertThat(failed.state()).isEqualTo(State.FAILED);
        assertThat(failed.sentence()).contains("of 20 mailboxes in a row it could not be told", "LOGIN_REFUSED");
        assertThat(asked).hasSize(20);
    }

    @Test
    void aMailboxThatIsThrottledIsWaitedForUnlessTheCheckIsCancelled() throws IOException {
        answers.put("ann@example.com", new Existence.Unknown(Fault.THROTTLED, Duration.ofMinutes(10), "slow down"));
        String check = start(HEADER + ANN + BOB);
        Awaitility.await().until(() -> asked.size() == 1);

        checks.cancel(check);

        String next = start(HEADER + BOB);
        Awaitility.await()
                .atMost(Duration.ofSeconds(5))
                .until(() -> checks.progress(next).orElseThrow().state() == State.DONE);
        assertThat(asked).containsExactly("ann@example.com", "bob@example.com");
    }

    @Test
    void ofManyMissingOnesAHundredAreListedAndOfManyChecksTwentyAreRemembered() throws IOException {
        String csv = users(150);
        IntStream.range(0, 150).forEach(i -> answers.put("u" + i + "@example.com", new Existence.Missing("none")));
        String first = start(csv);
        assertThat(done(first).missing()).isEqualTo(150);
        assertThat(checks.progress(first).orElseThrow().first()).hasSize(100);

        for (int i = 1; i <= MailboxChecks.MOST_REMEMBERED; i++) {
            done(start(HEADER + ANN));
        }

        assertThat(checks.progress(first)).isEmpty();
        assertThat(checks.progress("none")).isEmpty();
        assertThat(checks.cancel("none")).isFalse();
    }

    @Test
    void aCheckEndsWithTheArchiver() throws IOException {
        held.drainPermits();
        String check = start(HEADER + ANN);

        checks.close();

        assertThat(checks.progress(check).orElseThrow().state()).isEqualTo(State.CANCELLED);
        String late = start(HEADER + BOB);
        assertThat(checks.progress(late).orElseThrow().state()).isEqualTo(State.CANCELLED);
    }

    private static String users(int number) {
        return HEADER
                + IntStream.range(0, number)
                        .mapToObj(i -> "user" + i + ",u" + i + "@example.com\n")
                        .collect(Collectors.joining());
    }

    private String start(String csv) throws IOException {
        return ((Start.Started) checks.start(file(csv), "ada")).id();
    }

    private Path file(String csv) throws IOException {
        return Files.writeString(folder.resolve("m.csv"), csv);
    }

    private Progress done(String id) {
        Awaitility.await().until(() -> checks.progress(id).orElseThrow().state() != State.RUNNING);
        return checks.progress(id).orElseThrow();
    }

    private static Existence unknown(Fault fault) {
        return new Existence.Unknown(fault, Duration.ZERO, "it is so");
    }
}
