package org.chatarchiver.setup;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.apache.camel.ProducerTemplate;
import org.chatarchiver.alert.Alarms;
import org.chatarchiver.connector.MappingRoute;
import org.chatarchiver.delivery.DeliverySettings;
import org.chatarchiver.delivery.DestinationOutages;
import org.chatarchiver.delivery.Outages;
import org.chatarchiver.ledger.TermsAcceptances;
import org.chatarchiver.mapping.MailboxAnswers;
import org.chatarchiver.mapping.MappingProperties;
import org.chatarchiver.security.DataDirectory;
import org.chatarchiver.telemessage.TelemessageProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** What setting a connector up asks, for tests of other packages. */
public final class SetupFixture {
    private SetupFixture() {}

    /** @param file null for the shipped ones */
    public static Terms terms(Path file, TermsAcceptances acceptances) {
        return new Terms(new SetupProperties(file), acceptances);
    }

    /** One whose route does not run. */
    public static AccountCheck accountCheck(ProducerTemplate routes) {
        return new AccountCheck(
                routes, feed("https://archive.example.invalid"), new AccountDeadline(Duration.ofSeconds(20)));
    }

    static TelemessageProperties feed(String address) {
        return new Binder(new MapConfigurationPropertySource(Map.of("archiver.telemessage.base-url", address)))
                .bind("archiver.telemessage", TelemessageProperties.class)
                .get();
    }

    public static Uploads uploads(DataDirectory data) {
        return new Uploads(data);
    }

    public static MappingPreviews previews() {
        return new MappingPreviews(reads());
    }

    /** Whose destination is what the context of the routes brings along, if anything. */
    public static MailboxChecks checks(ProducerTemplate routes, Clock clock) {
        return checks(routes, outages(clock), clock);
    }

    static MailboxChecks checks(ProducerTemplate routes, Outages outages, Clock clock) {
        MappingProperties mapping =
                new MappingProperties("", Duration.ofHours(24), Duration.ofMinutes(15), 1000, Duration.ofSeconds(10));
        return new MailboxChecks(
                reads(),
                new MailboxInquiries(routes, new MailboxAnswers(mapping, clock), outages, DeliverySettings.exchange()));
    }

    static Outages outages(Clock clock) {
        return DestinationOutages.of("", new Alarms(), new SimpleMeterRegistry(), clock);
    }

    private static MappingReads reads() {
        return new MappingReads(MappingRoute.of(""));
    }
}
