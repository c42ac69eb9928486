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
        return settings -> settings.ews(
                exchange.url(), EwsStub.USER, EwsStub.PASSWORD, exchange.trustStore(), EwsStub.TRUST_STORE_PASSWORD);
    }

    static void create(EwsStub exchange, String... mailboxes) {
        exchange.mailboxes().create(List.of(mailboxes));
    }
}
