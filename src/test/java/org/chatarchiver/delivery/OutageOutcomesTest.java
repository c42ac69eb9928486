package org.chatarchiver.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.chatarchiver.alert.AlertCause;
import org.chatarchiver.ledger.Channels;
import org.chatarchiver.ledger.ItemState;
import org.chatarchiver.ledger.Reason;
import org.chatarchiver.msexchange.transport.Fault;
import org.chatarchiver.msexchange.transport.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What an outage, or what may be one, does to an item, and how it is shown. */
class OutageOutcomesTest extends ItemInTrouble {
    @ParameterizedTest
    @EnumSource(names = {"UNREACHABLE", "CREDENTIALS_REFUSED"})
    void whatAnOutageHasHitIsDueAsSoonAsItIsOver(Fault outage) {
        assertThatThrownBy(() -> refused(outage, Duration.ofSeconds(30))).isInstanceOf(OutageException.class);

        assertThat(item().retryAt()).isEqualTo(clock.instant());
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
}
