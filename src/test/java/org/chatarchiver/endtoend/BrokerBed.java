package org.chatarchiver.endtoend;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.chatarchiver.sandbox.EmbeddedMailServer;
import org.chatarchiver.sandbox.RunningArchiver;
import org.chatarchiver.servers.Artemis;

/** How an archiver is set up that has its page queue on a broker. */
final class BrokerBed {
    private BrokerBed() {}

    static UnaryOperator<RunningArchiver.Settings> on(Artemis broker) {
        return settings -> {
            broker.settings().forEach(settings::set);
            return settings.set("archiver.broker.timeout", "5s");
        };
    }

    static TestBed start(
            Path folder, Artemis broker, EmbeddedMailServer mail, UnaryOperator<RunningArchiver.Settings> more)
            throws IOException {
        return TestBed.start(
                folder,
                settings -> more.apply(on(broker).apply(TestBed.with(mail).apply(settings)))
                        .set("archiver.telemessage.page-limit", 20),
                home -> broker.secret(home.data()));
    }
}
