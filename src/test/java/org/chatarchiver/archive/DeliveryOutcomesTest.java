package org.chatarchiver.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.chatarchiver.MovableClock;
import org.chatarchiver.alert.Alarms;
import org.chatarchiver.alert.AlertCause;
import org.chatarchiver.channel.ChannelPace;
import org.chatarchiver.channel.ErrorChannelRecorder;
import org.chatarchiver.connector.Connector;
import org.chatarchiver.connector.LedgerOnH2;
import org.chatarchiver.delivery.DeliveryOutcomes;
import org.chatarchiver.delivery.DeliverySettings;
import org.chatarchiver.delivery.DestinationOutages;
import org.chatarchiver.delivery.MailboxBackoff;
import org.chatarchiver.delivery.MailboxBatch;
import org.chatarchiver.delivery.OutageException;
import org.chatarchiver.delivery.Outages;
import org.chatarchiver.delivery.RetrySchedule;
import org.chatarchiver.ledger.Channel;
import org.chatarchiver.ledger.Channels;
import org.chatarchiver.ledger.Failure;
import org.chatarchiver.ledger.Item;
import org.chatarchiver.ledger.ItemState;
import org.chatarchiver.ledger.Items;
import org.chatarchiver.ledger.Page;
import org.chatarchiver.ledger.Pages;
import org.chatarchiver.ledger.Reason;
import org.chatarchiver.ledger.Replays;
import org.chatarchiver.ledger.Revision;
import org.chatarchiver.ledger.Run;
import org.chatarchiver.ledger.Runs;
import org.chatarchiver.message.Kind;
import org.chatarchiver.message.Message;
import org.chatarchiver.msexchange.transport.Email;
import org.chatarchiver.msexchange.transport.Fault;
import org.chatarchiver.msexchange.transport.Outcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** One mailbox in trouble, from its first refusal to the end of the retries: on the real ledger, at a time that the test sets. */
class DeliveryOutcomesTest {
    private static final String MAILBOX = "ann@example.com";
    private static final Instant DAY = Instant.parse("2026-11-19T00:00:00Z");
    private static final Connector WECHAT =
            new Connector("wechat", "WeChat Archiver", "WECHAT", "WeChat Archiver", "0 15 2 * * ?", "ops", "", true);

    private final MovableClock clock = new MovableClock("2026-11-20T10:00:00Z");
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final Alarms alarms = new Alarms();
    private Outages outages;
    private LedgerOnH2 ledger;
    private DeliveryOutcomes settling;
    private PageWork work;
    private Revision revision;

    @BeforeEach
    void anItemIsAboutToBeSent() {
        ledger = new LedgerOnH2(clock);
        RetrySchedule retrySchedule = new RetrySchedule(DeliverySettings.shipped(), clock);
        outages = DestinationOutages.of("", alarms, metrics, clock);
        settling = new DeliveryOutcomes(
                items(),
                retrySchedule,
                new MailboxBackoff(items(), retrySchedule, outages, clock),
                outages,
                ledger.bean(Replays.class),
                metrics);
        Run run = ledger.bean(Runs.class)
                .open("wechat", Run.Cause.SCHEDULE, false, DAY, DAY.plus(Duration.ofDays(1)))
                .orElseThrow();
        Page page = new Page(run.id(), 1, run.id() + "/1.json.gz", "a".repeat(64), 10, 1, clock.instant());
        pages().landed(page);
        work = new PageWork(page, run, WECHAT, false, false);
        revision = Revision.of("wechat", "m1", "d".repeat(64), 0, page, 0, "+447700900123", "", "");
        Item item = message().mapped().known().item(MAILBOX, ItemState.SENDING, null, null, null);
        items().register(List.of(new Items.Fresh(revision, List.of(item))));
        pages().done(page);
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void anOutageBetweenTwoTriesTakesNothingOfAnItemsTime() {
        refused(Fault.QUOTA_EXCEEDED, Duration.ZERO);
        assertThatThrownBy(() -> refused(Fault.UNREACHABLE, Duration.ZERO)).isInstanceOf(OutageException.class);
        clock.pass(Duration.ofHours(3));

        assertThat(refused(Fault.QUOTA_EXCEEDED, Duration.ZERO)).isEmpty();

        assertThat(item().firstTry()).isEqualTo(clock.instant());
    }

    @Test
    void anItemInTroubleIsTriedAgainWithGrowingPausesAndFailsOnlyAfterAQuarterOfAnHour() {
        Instant first = clock.instant();
        List<Duration> pauses = new ArrayList<>();
        List<Failure> failures = refused(Fault.FOLDER_REFUSED, Duration.ZERO);
        while (failures.isEmpty()) {
            Item waiting = item();
            assertThat(waiting.state()).isEqualTo(ItemState.RETRY);
            assertThat(waiting.reason()).isEqualTo(Reason.FOLDER_REFUSED);
            assertThat(waiting.attempts()).isEqualTo(pauses.size() + 1);
            assertThat(waiting.firstTry()).isEqualTo(first);
            assertThat(entries()).isEmpty();
            pauses.add(Duration.between(clock.instant(), waiting.retryAt()));
            isTakenUpAtItsTimeAndNotBefore(waiting);
            failures = refused(Fault.FOLDER_REFUSED, Duration.ZERO);
        }

        assertThat(pauses)
                .startsWith(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4), Duration.ofSeconds(8))
                .isSorted()
                .allSatisfy(pause -> assertThat(pause).isLessThanOrEqualTo(Duration.ofMinutes(4)));
        assertThat(Duration.between(first, clock.instant())).isBetween(Duration.ofMinutes(15), Duration.ofMinutes(20));
        enter(failures);
        assertThat(item().state()).isEqualTo(ItemState.FAILED);
        assertThat(entries()).singleElement().satisfies(entry -> {
            assertThat(entry.mailbox()).isEqualTo(MAILBOX);
            assertThat(entry.reason()).isEqualTo(Reason.FOLDER_REFUSED);
            assertThat(entry.detail()).isEqualTo("NO FOLDER_REFUSED");
        });
    }

    @Test
    void aFullMailboxIsTriedAgainAfterFiveMinutes() {
        refused(Fault.QUOTA_EXCEEDED, Duration.ZERO);

        assertThat(item().retryAt()).isEqualTo(clock.instant().plus(Duration.ofMinutes(5)));
    }

    @ParameterizedTest
    @CsvSource({"900, true", "901, false"})
    void patienceEndsBehindTheQuarterOfAnHour(int seconds, boolean waits) {
        refused(Fault.UNAVAILABLE, Duration.ZERO);
        clock.pass(Duration.ofSeconds(seconds));

        assertThat(refused(Fault.UNAVAILABLE, Duration.ZERO).isEmpty()).isEqualTo(waits);
        assertThat(item().state()).isEqualTo(waits ? ItemState.RETRY : ItemState.SENDING);
    }

    @Test
    void thePauseThatTheDestinationAsksForIsKeptToTheSecondHoweverOftenItAsks() {
        for (int seconds : new int[] {420, 1, 1, 3, 1}) {
            refused(Fault.THROTTLED, Duration.ofSeconds(seconds));
            assertThat(item().retryAt()).isEqualTo(clock.instant().plusSeconds(seconds));
            clock.set(item().retryAt());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"UNREACHABLE", "CREDENTIALS_REFUSED"})
    void whatAnOutageHasHitIsDueAsSoonAsItIsOver(Fault outage) {
        assertThatThrownBy(() -> refused(outage, Duration.ofSeconds(30))).isInstanceOf(OutageException.class);

        assertThat(item().retryAt()).isEqualTo(clock.instant());
    }

    @Test
    void whatIsInDoubtWaitsUntilTheServerHasSettledAlsoInAnOutage() {
        Outcome doubt = new Outcome.Retryable(Fault.UNREACHABLE, Duration.ofSeconds(30), true, "no answer");
        assertThatThrownBy(() -> settle(doubt)).isInstanceOf(OutageException.class);

        assertThat(item().retryAt()).isEqualTo(clock.instant().plusSeconds(30));
    }

    @ParameterizedTest
    @EnumSource(names = {"UNREACHABLE", "CREDENTIALS_REFUSED"})
    void anOutageOfAnHourIsNoTryAndNoFailure(Fault outage) {
        for (int minutes = 0; minutes < 60; minutes++) {
            assertThatThrownBy(() -> refused(outage, Duration.ZERO)).isInstanceOf(OutageException.class);
            assertThat(item().state()).isEqualTo(ItemState.RETRY);
            assertThat(item().attempts()).isZero();
            clock.pass(Duration.ofMinutes(1));
        }

        assertThat(refused(Fault.UNAVAILABLE, Duration.ZERO)).isEmpty();
        assertThat(item().firstTry()).isEqualTo(clock.instant());
        assertThat(entries()).isEmpty();
    }

    /** Such as one that is begun in the mailbox, and whose attachments are too much for the time there is, again and again. */
    @ParameterizedTest
    @EnumSource(names = {"BUSY", "LOGIN_REFUSED"})
    void whatIsNoTryHasAnEntryWithinTheHourAndIsRequeuedByItself(Fault fault) {
        Instant first = clock.instant();
        List<Failure> failures = refused(fault, Duration.ZERO);
        int tries = 1;
        while (failures.isEmpty()) {
            assertThat(item().state()).isEqualTo(ItemState.RETRY);
            assertThat(item().attempts()).isZero();
            clock.set(item().retryAt());
            failures = refused(fault, Duration.ZERO);
            tries++;
        }

        assertThat(Duration.between(first, clock.instant())).isBetween(Duration.ofMinutes(50), Duration.ofMinutes(60));
        assertThat(tries).isLessThan(40);
        enter(failures);
        assertThat(entries()).extracting(Channels.Entry::reason).containsExactly(Reason.DESTINATION_UNAVAILABLE);
        assertThat(Reason.DESTINATION_UNAVAILABLE.canPass()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"3000, true", "3600, false"})
    void whatShallWaitForAnHourHasAnEntryMeanwhile(int seconds, boolean waits) {
        List<Failure> failures = refused(Fault.THROTTLED, Duration.ofSeconds(seconds));

        assertThat(failures.isEmpty()).isEqualTo(waits);
    }

    @Test
    void aRefusalThatNoOtherMailboxExplainsIsShownOnceItLastsAndStopsNobody() {
        refused(Fault.LOGIN_REFUSED, Duration.ZERO);
        assertThat(outages.current()).isEmpty();
        clock.pass(Duration.ofSeconds(6));
        refused(Fault.LOGIN_REFUSED, Duration.ZERO);

        assertThat(outages.current()).hasValueSatisfying(shown -> {
            assertThat(shown.mailbox()).isEqualTo(MAILBOX);
            assertThat(shown.why()).isEqualTo("NO LOGIN_REFUSED");
        });
        assertThat(alarms.of(AlertCause.DESTINATION_OUTAGE))
                .singleElement()
                .satisfies(alarm -> assertThat(alarm.sentence()).contains(MAILBOX, "NO LOGIN_REFUSED"));
        assertThat(metrics.get("archiver.destination.outage").gauge().value()).isEqualTo(1);
        assertThat(outages.isOngoing()).isFalse();
        assertThat(outages.probed()).isEmpty();
    }

    @Test
    void aRefusalIsShownNoMoreOnceAnotherMailboxHasTold() {
        refused(Fault.LOGIN_REFUSED, Duration.ZERO);
        clock.pass(Duration.ofSeconds(6));
        refused(Fault.LOGIN_REFUSED, Duration.ZERO);

        outages.delivered("ben@example.com");

        assertThat(outages.current()).isEmpty();
        assertThat(alarms.of(AlertCause.DESTINATION_OUTAGE)).isEmpty();
        assertThat(metrics.get("archiver.destination.outage").gauge().value()).isZero();
    }

    @Test
    void aRefusalIsShownNoMoreOnceItsItemIsRefusedForGood() {
        refused(Fault.LOGIN_REFUSED, Duration.ZERO);
        clock.pass(Duration.ofSeconds(6));
        refused(Fault.LOGIN_REFUSED, Duration.ZERO);

        enter(settle(new Outcome.Rejected(Fault.PERMISSION_DENIED, "403")));

        assertThat(outages.current()).isEmpty();
        assertThat(entries()).extracting(Channels.Entry::reason).containsExactly(Reason.PERMISSION_DENIED);
    }

    @Test
    void whatIsRefusedForGoodFailsAtOnce() {
        enter(settle(new Outcome.Rejected(Fault.REFUSED, "NO not this one")));

        assertThat(item().state()).isEqualTo(ItemState.FAILED);
        assertThat(entries())
                .extracting(Channels.Entry::reason, Channels.Entry::detail)
                .containsExactly(tuple(Reason.DESTINATION_REFUSED, "NO not this one"));
    }

    @Test
    void aDeliveryAfterSomeTriesEndsTheWait() {
        refused(Fault.UNAVAILABLE, Duration.ZERO);
        clock.set(item().retryAt());

        assertThat(settle(new Outcome.Delivered(7))).isEmpty();

        assertThat(item().state()).isEqualTo(ItemState.IMPORTED);
        assertThat(item().retryAt()).isNull();
        assertThat(entries()).isEmpty();
        assertThat(metrics.get("archiver.items")
                        .tag("outcome", "imported")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    private void isTakenUpAtItsTimeAndNotBefore(Item waiting) {
        clock.set(waiting.retryAt().minusMillis(1));
        assertThat(pages().due(10, List.of("wechat"))).isEmpty();
        assertThat(pages().state(work.page())).isEmpty();
        clock.set(waiting.retryAt());
        assertThat(pages().due(10, List.of("wechat")))
                .extracting(Page::reference)
                .containsExactly(work.page().reference());
        assertThat(pages().state(work.page())).isPresent();
    }

    private List<Failure> refused(Fault fault, Duration delay) {
        return settle(new Outcome.Retryable(fault, delay, false, "NO " + fault));
    }

    /** As when the page is taken up: what the ledger knows is recorded as being sent, then the destination answers. */
    private List<Failure> settle(Outcome outcome) {
        Item known = item();
        items().restate(List.of(message().mapped().known().item(MAILBOX, ItemState.SENDING, null, null, null)));
        Email email = new Email("<m1@chat-archiver.invalid>", clock.instant(), new byte[] {'x'});
        List<Failure> failures = settling.settle(
                List.of(outcome),
                new MailboxBatch(
                        MAILBOX,
                        WECHAT.folder(),
                        List.of(new MailboxBatch.Posting(message(), known, email, false)),
                        false));
        pages().done(work.page());
        return failures;
    }

    private void enter(List<Failure> failures) {
        ErrorChannelRecorder book =
                new ErrorChannelRecorder(ledger.bean(Channels.class), new ChannelPace(clock), metrics);
        assertThat(failures).extracting(Failure::channel).containsOnly(Channel.UNDELIVERABLE);
        book.enter(failures);
    }

    private MarshalledMessage message() {
        Message message = new Message(
                "m1", Kind.CHAT, "", DAY, "", null, "", null, List.of(), null, "", "Text", "", "", List.of(),
                List.of());
        return MessageFixture.marshalled(
                MessageFixture.mapped(MessageFixture.known(work, revision, false, List.of(), message)));
    }

    private Item item() {
        return items().recall("wechat", List.of("m1")).get("m1").get(0).items().get(0);
    }

    private List<Channels.Entry> entries() {
        return ledger.bean(Channels.class).list(Channel.UNDELIVERABLE, 10, 0);
    }

    private Items items() {
        return ledger.bean(Items.class);
    }

    private Pages pages() {
        return ledger.bean(Pages.class);
    }
}
