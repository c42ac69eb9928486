package org.chatarchiver.endtoend;

import java.util.List;
import java.util.function.UnaryOperator;
import org.chatarchiver.sandbox.RunningArchiver;
import org.chatarchiver.servers.EwsStub;
import org.chatarchiver.servers.GraphStub;

/** How a {@link TestBed} is led to Graph or Exchange Web Services; without a probe mailbox, as by default. */
final class ExchangeStubs {
    private ExchangeStubs() {}

    static UnaryOperator<RunningArchiver.Settings> graph(GraphStub graph) {
        return settings -> settings.graph(graph.baseUrl(), "token");
    }

    static UnaryOperator<RunningArchiver.Settings> ews(EwsStub exchange) {
        return settings -> settings.set("archiver.exchange.transport", "ews")
                .set("archiver.exchange.ews.url", exchange.url())
                .set("archiver.exchange.ews.username", EwsStub.USER)
                .set("archiver.exchange.ews.password", EwsStub.PASSWORD)
                .set("archiver.exchange.ssl-bundle", "mail")
                .set("spring.ssl.bundle.jks.mail.truststore.location", "file:" + exchange.trustStore())
                .set("spring.ssl.bundle.jks.mail.truststore.type", "PKCS12")
                .set("spring.ssl.bundle.jks.mail.truststore.password", EwsStub.TRUST_STORE_PASSWORD);
    }

    static void create(EwsStub exchange, String... mailboxes) {
        exchange.mailboxes().create(List.of(mailboxes));
    }
}
