package org.chatarchiver.collect;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.Collection;
import org.chatarchiver.connector.Connector;
import org.chatarchiver.connector.ConnectorMeters;
import org.springframework.stereotype.Component;

/** {@code archiver.secret.unusable} by connector: 1 for a password that is missing or that the feed refuses. Safe for many threads. */
@Component
class FeedLoginGauge implements ConnectorMeters {
    private final FeedLogins logins;
    private final MultiGauge secrets;

    FeedLoginGauge(MeterRegistry registry, FeedLogins logins) {
        this.logins = logins;
        this.secrets = MultiGauge.builder("archiver.secret.unusable")
                .description("Whether the feed's password is missing or refused")
                .register(registry);
    }

    @Override
    public void connectors(Collection<Connector> running) {
        secrets.register(
                running.stream()
                        .map(connector -> MultiGauge.Row.of(
                                Tags.of("connector", connector.id()),
                                connector,
                                one -> logins.problem(one).isPresent() ? 1 : 0))
                        .toList(),
                true);
    }
}
