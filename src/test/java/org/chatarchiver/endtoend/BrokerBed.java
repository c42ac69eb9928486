package org.chatarchiver.endtoend;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.chatarchiver.sandbox.EmbeddedMailServer;
import org.chatarchiver.sandbox.RunningArchiver;
import org.chatarchiver.security.DataDirectory;
import org.chatarchiver.security.Secrets;
import org.chatarchiver.servers.Artemis;

/** How an archiver is set up that has its page queue on a broker. */
final class BrokerBed {
    private BrokerBed() {}

    static UnaryOperator<RunningArchiver.Settings> on(Artemis broker) {
        return settings -> settings.set("archiver.page-queue", "amqp:queue:" + Artemis.QUEUE)
                .set("archiver.broker.dead-letter-queue", "amqp:queue:" + Artemis.DEAD)
                .set("archiver.broker.url", broker.url())
                .set("archiver.broker.username", Artemis.USER)
                .set("archiver.broker.timeout", "5s")
                .set("archiver.broker.ssl-bundle", "broker")
                .set(
                        "spring.ssl.bundle.jks.broker.truststore.location",
                        "file:" + broker.certificate().trustStore())
                .set("spring.ssl.bundle.jks.broker.truststore.type", "PKCS12")
                .set(
                        "spring.ssl.bundle.jks.broker.truststore.password",
                        broker.certificate().password());
    }

    static TestBed start(
            Path folder, Artemis broker, EmbeddedMailServer mail, UnaryOperator<RunningArchiver.Settings> more)
            throws IOException {
        return TestBed.start(
                folder,
                settings -> more.apply(on(broker).apply(TestBed.with(mail).apply(settings)))
                        .set("archiver.telemessage.page-limit", 20),
                home -> secret(home.data(), broker));
    }

    static void secret(Path data, Artemis broker) throws IOException {
        new Secrets(new DataDirectory(data)).write("broker", "password", broker.password());
    }
}
