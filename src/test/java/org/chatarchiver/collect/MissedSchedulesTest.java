package org.chatarchiver.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.TimeZone;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.chatarchiver.MovableClock;
import org.chatarchiver.SuppressForbidden;
import org.chatarchiver.connector.Connector;
import org.chatarchiver.connector.Connectors;
import org.chatarchiver.connector.LedgerOnH2;
import org.chatarchiver.ledger.AskedWindows;
import org.chatarchiver.ledger.ConnectorPauses;
import org.chatarchiver.ledger.Run;
import org.chatarchiver.ledger.RunLeases;
import org.chatarchiver.ledger.Runs;
import org.chatarchiver.ledger.Watermarks;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A time of the schedule that passed while the archiver was down: noticed by the clock, made up for by one run. */
class MissedSchedulesTest {
    private static final String DAILY = "0 15 2 * * ?";
    private static final Connector WECHAT =
            new Connector("wechat", "WeChat Archiver", "WECHAT", "WeChat Archiver", DAILY, "ops", "", true);

    private final MovableClock clock = new MovableClock("2026-11-20T03:00:00Z");
    private final Queue<CollectionState> polls = new ConcurrentLinkedQueue<>();
    private final CountDownLatch end = new CountDownLatch(1);
    private final Connectors connectors = new Connectors();
    private LedgerOnH2 ledger;
    private DefaultCamelContext camel;
    private RunStarts starts;
    private MissedSchedules missed;
    private ConnectorWishes wishes;

    @BeforeEach
    void open() throws Exception {
        ledger = new LedgerOnH2(clock);
        camel = new DefaultCamelContext();
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:collect-run")
                        .process(exchange -> polls.add(exchange.getMessage().getBody(CollectionState.class)))
                        .process(exchange -> end.await());
            }
        });
        camel.start();
        CollectingFixture.put(connectors, List.of(), WECHAT);
        Leases leases = CollectingFixture.leases(ledger.bean(RunLeases.class));
        starts = CollectingFixture.starts(
                connectors,
                ledger.bean(Runs.class),
                ledger.bean(ConnectorPauses.class),
                watermarks(),
                ledger.bean(AskedWindows.class),
                leases,
                camel.createProducerTemplate(),
                clock);
        missed = new MissedSchedules(
                connectors,
                watermarks(),
                ledger.bean(ConnectorPauses.class),
                starts,
                CollectingFixture.handover(leases, camel.createProducerTemplate()),
                clock);
        wishes = new ConnectorWishes(
                ledger.bean(ConnectorPauses.class),
                watermarks(),
                CollectingFixture.dueWindows(watermarks(), ledger.bean(AskedWindows.class), clock),
                leases,
                missed);
    }

    @AfterEach
    void close() throws Exception {
        end.countDown();
        camel.close();
        ledger.close();
    }

    @ParameterizedTest
    @CsvSource({
        // It ran at its time, and the next one is still to come.
        "0 15 2 * * ?, 2026-11-20T02:15:00Z, 2026-11-20T09:00:00Z, false",
        "0 15 2 * * ?, 2026-11-20T02:15:00Z, 2026-11-21T02:14:59Z, false",
        // The very second counts.
        "0 15 2 * * ?, 2026-11-20T02:15:00Z, 2026-11-21T02:15:00Z, true",
        "0 15 2 * * ?, 2026-11-20T02:15:00Z, 2026-11-21T02:15:01Z, true",
        // However many.
        "0 15 2 * * ?, 2026-11-20T02:15:00Z, 2026-12-24T00:00:00Z, true",
        "0 * * * * ?,  2026-11-20T02:15:30Z, 2026-11-20T02:15:59Z, false",
        "0 * * * * ?,  2026-11-20T02:15:30Z, 2026-11-20T02:16:00Z, true",
        // A clock that was set back.
        "0 15 2 * * ?, 2026-11-20T02:15:00Z, 2026-11-20T01:00:00Z, false",
        // February 29 comes every fourth year.
        "0 0 12 29 2 ?, 2024-02-29T12:00:00Z, 2028-02-29T11:59:59Z, false",
        "0 0 12 29 2 ?, 2024-02-29T12:00:00Z, 2028-02-29T12:00:00Z, true",
        "0 0 12 29 2 ?, 2027-02-28T00:00:00Z, 2027-03-01T23:00:00Z, false",
        // The last day of February, whichever that is.
        "0 0 12 L 2 ?, 2028-02-28T13:00:00Z, 2028-02-29T12:00:00Z, true",
        // A schedule that never comes again.
        "0 0 0 1 1 ? 2099, 2026-11-20T02:15:00Z, 2026-12-31T00:00:00Z, false",
        "0 0 0 1 1 ? 2020, 2026-11-20T02:15:00Z, 2026-12-31T00:00:00Z, false",
    })
    void aTimeIsMissedWhereItLiesBehindTheLastRunAndNotBehindNow(
            String schedule, Instant last, Instant now, boolean expected) {
        assertThat(MissedSchedules.missed(schedule, last, now)).isEqualTo(expected);
    }

    @SuppressForbidden("sets the time zone that must not matter")
    @ParameterizedTest
    @ValueSource(strings = {"Europe/Berlin", "America/New_York", "Asia/Shanghai", "UTC"})
    void timesAreUtcWhereverTheMachineIsAndWhenItsClocksAreChanged(String zone) {
        TimeZone before = TimeZone.getDefault();
        TimeZone.setDefault(TimeZone.getTimeZone(zone));
        try {
            // On this night 02:15 does not exist in Berlin, and on that one it comes twice.
            for (String night : List.of("2026-03-29", "2026-10-25", "2026-03-08", "2026-11-01")) {
                Instant time = Instant.parse(night + "T02:15:00Z");
                Instant last = time.minus(Duration.ofDays(1));
                assertThat(MissedSchedules.missed(DAILY, last, time.minusSeconds(1)))
                        .isFalse();
                assertThat(MissedSchedules.missed(DAILY, last, time)).isTrue();
                assertThat(MissedSchedules.missed(DAILY, time, time.plus(Duration.ofHours(23))))
                        .isFalse();
            }
        } finally {
            TimeZone.setDefault(before);
        }
    }

    @Test
    void whatIsNoScheduleIsNamed() {
        assertThatThrownBy(() -> MissedSchedules.missed("daily", clock.instant(), clock.instant()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("daily");
    }

    @Test
    void aNewConnectorCountsFromNowAndHasMissedNothing() {
        missed.makeUp(WECHAT);

        assertThat(watermarks().lastScheduled("wechat")).contains(clock.instant());
        assertThat(runs()).isEmpty();
        clock.set(Instant.parse("2026-11-20T23:00:00Z"));
        missed.makeUp(WECHAT);
        assertThat(runs()).isEmpty();
    }

    @Test
    void severalMissedTimesAreMadeUpForByOneRunAndOnce() {
        watermarks().scheduled("wechat", Instant.parse("2026-11-16T02:15:00Z"));

        missed.makeUp(WECHAT);
        missed.makeUp(WECHAT);

        await().until(() -> polls.size() == 1);
        assertThat(runs()).extracting(Run::cause).containsExactly(Run.Cause.SCHEDULE);
        assertThat(polls)
                .extracting(poll -> poll.run().id())
                .containsExactly(runs().get(0).id());
        assertThat(watermarks().lastScheduled("wechat")).contains(clock.instant());
    }

    @Test
    void aWeekThatWasMissedIsAskedForInWindowsOfADayFromTheWatermarkOn() {
        watermarks().scheduled("wechat", Instant.parse("2026-11-16T02:15:00Z"));
        watermarks().begin("wechat", Instant.parse("2026-11-16T02:10:00Z"));

        missed.makeUp(WECHAT);

        await().until(() -> polls.size() == 1);
        CollectionState poll = polls.element();
        assertThat(poll.window().from()).isBeforeOrEqualTo(Instant.parse("2026-11-16T02:10:00Z"));
        assertThat(poll.windowQueue().windows()).hasSizeGreaterThanOrEqualTo(3).allSatisfy(wanted -> assertThat(
                        Duration.between(wanted.window().from(), wanted.window().to()))
                .isLessThanOrEqualTo(Duration.ofDays(1)));
        assertThat(poll.windowQueue().end()).isEqualTo(clock.instant().minus(Duration.ofMinutes(5)));
    }

    @Test
    void nothingIsMadeUpForWhereNothingWasMissed() {
        Instant last = Instant.parse("2026-11-20T02:15:00Z");
        watermarks().scheduled("wechat", last);

        missed.makeUp(WECHAT);

        assertThat(runs()).isEmpty();
        assertThat(watermarks().lastScheduled("wechat")).contains(last);
    }

    @Test
    void whatPassesDuringAPauseIsMadeUpForOnceWhenThatHasEnded() {
        Instant last = Instant.parse("2026-11-16T02:15:00Z");
        watermarks().scheduled("wechat", last);
        wishes.pause(WECHAT, "ada", "The feed moves");

        missed.makeUp(WECHAT);
        missed.makeUpOwed();
        assertThat(starts.scheduled(WECHAT, clock.instant())).isNull();
        assertThat(starts.start("wechat", true, null, null, "ada"))
                .isInstanceOfSatisfying(Started.Paused.class, paused -> assertThat(paused.sentence())
                        .contains(
                                "paused by 'ada' since ", "('The feed moves')", "POST /api/connectors/wechat/resume"));
        assertThat(runs()).isEmpty();
        assertThat(watermarks().lastScheduled("wechat")).contains(last);

        wishes.resume(WECHAT, "bob");
        wishes.resume(WECHAT, "bob");

        assertThat(runs()).extracting(Run::cause).containsExactly(Run.Cause.SCHEDULE);
        assertThat(watermarks().lastScheduled("wechat")).contains(clock.instant());
    }

    @Test
    void aConnectorThatIsPausedBeforeItsFirstRunMissesNothingEither() {
        watermarks().scheduled("wechat", clock.instant());
        wishes.pause(WECHAT, "ada", "Not yet");
        clock.pass(Duration.ofDays(3));

        wishes.resume(WECHAT, "ada");

        assertThat(runs()).extracting(Run::from).containsExactly(Instant.parse("2026-11-19T01:55:00Z"));
    }

    @Test
    void aResumptionInWhichNothingWasMissedStartsNothing() {
        watermarks().scheduled("wechat", clock.instant());
        wishes.pause(WECHAT, "ada", "For a minute");
        wishes.resume(WECHAT, "ada");
        assertThat(runs()).isEmpty();
    }

    @Test
    void aMissedTimeStaysMissedWhileAnotherRunPolls() {
        Instant last = Instant.parse("2026-11-16T02:15:00Z");
        watermarks().scheduled("wechat", last);
        Started manual = starts.start("wechat", false, null, null, "ada");
        assertThat(manual).isInstanceOf(Started.Running.class);

        missed.makeUp(WECHAT);

        assertThat(runs()).extracting(Run::cause).containsExactly(Run.Cause.MANUAL);
        assertThat(watermarks().lastScheduled("wechat")).contains(last);
        missed.makeUpOwed();
        assertThat(runs()).hasSize(1);

        ledger.bean(Runs.class).landed(((Started.Running) manual).run().id(), null);
        missed.makeUpOwed();
        missed.makeUpOwed();

        assertThat(runs()).extracting(Run::cause).containsExactlyInAnyOrder(Run.Cause.MANUAL, Run.Cause.SCHEDULE);
    }

    @Test
    void whatWasMissedDuringAPauseIsMadeUpForAlsoWhereTheScheduleWasChangedMeanwhile() {
        watermarks().scheduled("wechat", Instant.parse("2026-11-19T02:15:00Z"));
        wishes.pause(WECHAT, "ada", "The feed moves");
        Connector yearly = scheduled("0 0 0 1 1 ?");

        missed.makeUp(yearly, Optional.of(DAILY));
        missed.makeUpOwed();
        assertThat(runs()).isEmpty();
        // Once more, as by a restart: what was remembered of the schedule is the new one.
        missed.makeUp(yearly, Optional.of(yearly.schedule()));
        assertThat(runs()).isEmpty();
        wishes.resume(yearly, "ada");
        missed.makeUpOwed();

        assertThat(runs()).extracting(Run::cause).containsExactly(Run.Cause.SCHEDULE);
        assertThat(watermarks().owed()).isEmpty();
    }

    @Test
    void aScheduleThatIsChangedDuringAPauseInWhichNothingWasMissedCountsFromThen() {
        watermarks().scheduled("wechat", Instant.parse("2026-11-20T02:15:00Z"));
        wishes.pause(WECHAT, "ada", "For a minute");

        missed.makeUp(scheduled("0 30 2 * * ?"), Optional.of(DAILY));
        wishes.resume(scheduled("0 30 2 * * ?"), "ada");

        assertThat(runs()).isEmpty();
        assertThat(watermarks().lastScheduled("wechat")).contains(clock.instant());
    }

    @Test
    void whatIsOwedIsMadeUpForByTheConnectorAsItIsThenAndNotWhileThatIsGone() {
        watermarks().scheduled("wechat", Instant.parse("2026-11-16T02:15:00Z"));
        Run manual = ((Started.Running) starts.start("wechat", false, null, null, "ada")).run();
        missed.makeUp(WECHAT);
        ledger.bean(Runs.class).landed(manual.id(), null);

        CollectingFixture.put(connectors, List.of());
        missed.makeUpOwed();
        assertThat(runs()).hasSize(1);

        Connector moved =
                new Connector("wechat", "WeChat Archiver", "WECHAT", "Elsewhere", "0 0 0 1 1 ?", "ops", "", true);
        CollectingFixture.put(connectors, List.of(), moved);
        missed.makeUpOwed();
        assertThat(runs()).hasSize(2);
        assertThat(runs().stream().filter(run -> !run.id().equals(manual.id())))
                .singleElement()
                .satisfies(run ->
                        assertThat(ledger.bean(Runs.class).folder(run.id())).contains("Elsewhere"));
        assertThat(ledger.bean(Runs.class).folder(manual.id())).contains("WeChat Archiver");
    }

    @Test
    void whatAnotherArchiverHasMadeUpForIsOwedNoMore() {
        Instant last = Instant.parse("2026-11-16T02:15:00Z");
        watermarks().scheduled("wechat", last);
        watermarks().scheduled("wechat", clock.instant());

        watermarks().owe("wechat", last);

        assertThat(watermarks().owed()).isEmpty();
    }

    private static Connector scheduled(String schedule) {
        return new Connector("wechat", "WeChat Archiver", "WECHAT", "WeChat Archiver", schedule, "ops", "", true);
    }

    @Test
    void aScheduledTimeThatAnotherArchiverHasSeenToIsLetBe() {
        watermarks().scheduled("wechat", clock.instant());

        assertThat(starts.scheduled(WECHAT, clock.instant().minusSeconds(1))).isNull();
        assertThat(runs()).isEmpty();
        assertThat(starts.scheduled(WECHAT, clock.instant().minus(Duration.ofHours(1))))
                .as("another time than the one that was seen to")
                .isNotNull();
    }

    private List<Run> runs() {
        return ledger.bean(Runs.class).list("wechat", 100, "");
    }

    private Watermarks watermarks() {
        return ledger.bean(Watermarks.class);
    }
}
