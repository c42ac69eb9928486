package org.chatarchiver.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.chatarchiver.connector.Connector;
import org.chatarchiver.connector.LedgerOnH2;
import org.chatarchiver.landing.LandingException;
import org.chatarchiver.ledger.ConnectorPauses;
import org.chatarchiver.ledger.Failure;
import org.chatarchiver.ledger.Polls;
import org.chatarchiver.ledger.Reason;
import org.chatarchiver.ledger.Run;
import org.chatarchiver.ledger.RunLeases;
import org.chatarchiver.ledger.Runs;
import org.chatarchiver.ledger.Watermarks;
import org.chatarchiver.telemessage.FeedRefusedException;
import org.chatarchiver.telemessage.FeedUnavailableException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the error that ended a poll becomes in the source channel. */
class PollFailuresTest {
    private static final Connector WECHAT = LedgerOnH2.connector("wechat");
    private static final Instant FROM = Instant.parse("2026-11-18T00:00:00Z");
    private static final Instant TO = FROM.plus(Duration.ofDays(1));

    private LedgerOnH2 ledger;
    private Leases leases;
    private DefaultCamelContext camel;
    private PollFailures failures;

    @BeforeEach
    void open() {
        ledger = new LedgerOnH2();
        leases = new Leases(ledger.bean(RunLeases.class));
        camel = new DefaultCamelContext();
        failures = new PollFailures(leases);
    }

    @AfterEach
    void close() throws IOException {
        camel.close();
        ledger.close();
    }

    static Stream<Arguments> reasons() {
        return Stream.of(
                arguments(new FeedRefusedException(Reason.SOURCE_FORBIDDEN, "No."), Reason.SOURCE_FORBIDDEN),
                arguments(
                        new FeedUnavailableException(Reason.PAGE_TRUNCATED, null, "It ended early.", null),
                        Reason.PAGE_TRUNCATED),
                arguments(new LandingException("The disk is full", null), Reason.LANDING_FAILED),
                arguments(new SSLPeerUnverifiedException("Another host"), Reason.SOURCE_UNTRUSTED),
                arguments(
                        new SSLHandshakeException("unable to find valid certification path")
                                .initCause(new CertificateException("expired")),
                        Reason.SOURCE_UNTRUSTED),
                // A handshake that breaks off says nothing of who is there.
                arguments(new SSLException("closed"), Reason.SOURCE_UNAVAILABLE),
                arguments(new SocketTimeoutException("Read timed out"), Reason.SOURCE_STALLED),
                arguments(new ConnectException("Connection refused"), Reason.SOURCE_UNAVAILABLE),
                arguments(new IOException("reset"), Reason.SOURCE_UNAVAILABLE),
                arguments(new IllegalStateException("a bug"), Reason.INTERNAL_ERROR));
    }

    @ParameterizedTest
    @MethodSource("reasons")
    void anErrorHasItsReason(Exception error, Reason reason) {
        assertThat(PollFailures.reason(error)).isEqualTo(reason);
    }

    @Test
    void anEntrySaysWhatHappenedAndWhatWasKept() {
        CollectionState poll = polling(Run.Cause.SCHEDULE, List.of());
        Failure failure = end(
                poll,
                new FeedUnavailableException(Reason.PAGE_NOT_JSON, null, "It is HTML", null)
                        .kept("wechat/2026/11/18/run/00001-rejected-1.json.gz"));
        assertThat(failure.reason()).isEqualTo(Reason.PAGE_NOT_JSON);
        assertThat(failure.detail()).startsWith("It is HTML; what came is kept as wechat/2026");
        assertThat(failure.path()).isEqualTo("wechat/2026/11/18/run/00001-rejected-1.json.gz");
        assertThat(leases.polls(poll.run().id())).isFalse();
    }

    @Test
    void theArchiversOwnErrorIsNotQuotedSinceItMayHoldAMessage() {
        Failure failure = end(polling(Run.Cause.SCHEDULE, List.of()), new IllegalStateException("Dear Ann, ..."));
        assertThat(failure.detail()).contains("IllegalStateException").doesNotContain("Ann");
    }

    @Test
    void aBackFillThatEndsHereSaysWhatIsLeftOfIt() {
        PendingWindow next =
                DueWindows.backfill(TO, TO.plus(Duration.ofHours(5))).get(0);
        Failure failure = end(
                polling(Run.Cause.BACKFILL, List.of(next)),
                new FeedRefusedException(Reason.SOURCE_UNAUTHORIZED, "The feed refuses the password"));
        assertThat(failure.detail()).contains("The back-fill ends here", "[" + TO + ", 2026-11-19T05:00:00Z)");
    }

    @Test
    void aRunThatWasToldToStopHasNoEntry() {
        CollectionState poll = polling(Run.Cause.MANUAL, List.of());
        ledger.bean(Polls.class).cancel(poll.run().id(), "ada", "");
        Failure failure = end(poll, new IOException("reset"));
        assertThat(failure.reason()).isEqualTo(Reason.RUN_INTERRUPTED);
        assertThat(failures.entries(failure, poll)).isEmpty();
    }

    @Test
    void norHasOneWhoseConnectorWasPausedMeanwhile() {
        CollectionState poll = polling(Run.Cause.MANUAL, List.of());
        ledger.bean(ConnectorPauses.class).pause("wechat", "ada", "The feed is down");
        assertThat(end(poll, new IOException("reset")).reason()).isEqualTo(Reason.RUN_INTERRUPTED);
        assertThat(ledger.bean(Runs.class).find(poll.run().id())).contains(poll.run());
    }

    @Test
    void aFailureIsOneEntryAndThatOfADryRunNone() {
        CollectionState poll = polling(Run.Cause.SCHEDULE, List.of());
        Failure failure = end(poll, new IOException("reset"));
        assertThat(failures.entries(failure, poll)).containsExactly(List.of(failure));
        ledger.bean(Runs.class).failed(poll.run().id(), failure.reason(), failure.detail());
        CollectionState dry =
                CollectionState.start(WECHAT, run(Run.Cause.MANUAL, true), new WindowQueue(List.of(), null, 0));
        assertThat(failures.entries(failure, dry)).isEmpty();
    }

    @Test
    void whereNotEvenThatCanBeNotedTheRunIsLeftToWhoeverTakesItUp() {
        CollectionState poll = polling(Run.Cause.SCHEDULE, List.of());
        assertThat(failures.abandon(poll, new IllegalStateException("no ledger"))
                        .open())
                .isFalse();
        assertThat(leases.polls(poll.run().id())).isFalse();
    }

    private Failure end(CollectionState poll, Exception error) {
        return failures.end(poll, error, new DefaultExchange(camel));
    }

    private CollectionState polling(Run.Cause cause, List<PendingWindow> behind) {
        return new RunOpenings(leases, ledger.bean(Watermarks.class))
                .opened(WECHAT, run(cause, false), new WindowQueue(behind, null, 0));
    }

    private Run run(Run.Cause cause, boolean dry) {
        return ledger.bean(Runs.class).open("wechat", cause, dry, FROM, TO).orElseThrow();
    }
}
