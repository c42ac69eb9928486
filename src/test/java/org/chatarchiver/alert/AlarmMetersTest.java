package org.chatarchiver.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AlarmMetersTest {
    private final Alarms alarms = new Alarms();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @BeforeEach
    void bind() {
        new AlarmMeters(alarms).bindTo(registry);
    }

    @Test
    void alarmsAreCountedByCauseUntilTheyAreOver() {
        assertThat(standing(AlertCause.BROKER_OUTAGE)).isZero();

        alarms.raise(AlertCause.BROKER_OUTAGE, "broker", "it refuses");
        alarms.raise(AlertCause.BROKER_OUTAGE, "broker", "it does not answer");
        alarms.raise(AlertCause.ROUTES_DIFFER, "collect.camel.yaml", "differs");
        alarms.raise(AlertCause.ROUTES_DIFFER, "archive.camel.yaml", "differs");

        assertThat(standing(AlertCause.BROKER_OUTAGE)).isEqualTo(1);
        assertThat(standing(AlertCause.ROUTES_DIFFER)).isEqualTo(2);
        assertThat(standing(AlertCause.FEED_CLOCK)).isZero();

        alarms.clear(AlertCause.BROKER_OUTAGE, "broker");

        assertThat(standing(AlertCause.BROKER_OUTAGE)).isZero();
    }

    /** Else an alarm that somebody raises would be seen in no metric. */
    @ParameterizedTest
    @EnumSource(AlertCause.class)
    void everyCauseThatCanBeRaisedIsShownAndNoOtherCanBeRaised(AlertCause cause) {
        if (registry.find("archiver.alarms").tag("cause", cause.name()).gauge() == null) {
            assertThatIllegalArgumentException().isThrownBy(() -> alarms.raise(cause, "wechat", "something"));
        } else {
            alarms.raise(cause, "wechat", "something");
            assertThat(standing(cause)).isEqualTo(1);
        }
    }

    private double standing(AlertCause cause) {
        return registry.get("archiver.alarms")
                .tag("cause", cause.name())
                .gauge()
                .value();
    }
}
