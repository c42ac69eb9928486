package org.chatarchiver.alert;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.stereotype.Component;

/** {@code archiver.alarms}: how many alarms of a cause, its label, stand in this process; 0 for none. */
@Component
class AlarmMeters implements MeterBinder {
    private final Alarms alarms;

    AlarmMeters(Alarms alarms) {
        this.alarms = alarms;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (AlertCause cause : Alarms.CAUSES) {
            Gauge.builder("archiver.alarms", () -> alarms.of(cause).size())
                    .description("What is wrong at this moment and stands in no ledger")
                    .tag("cause", cause.name())
                    .register(registry);
        }
    }
}
