package org.chatarchiver.routing;

import org.apache.camel.ProducerTemplate;
import org.chatarchiver.mapping.Existence;
import org.chatarchiver.mapping.MailboxDirectory;

/** Asks the destination whether a mailbox exists. */
class ExchangeDirectory implements MailboxDirectory {
    private final ProducerTemplate routes;

    ExchangeDirectory(ProducerTemplate routes) {
        this.routes = routes;
    }

    @Override
    public Existence lookup(String mailbox) {
        var answer = routes.requestBody(
                "microsoft-exchange:exists", mailbox, org.chatarchiver.msexchange.transport.Existence.class);
        if (answer instanceof org.chatarchiver.msexchange.transport.Existence.Present) {
            return new Existence.Present();
        }
        if (answer instanceof org.chatarchiver.msexchange.transport.Existence.Unknown unknown) {
            return new Existence.Unknown(unknown.fault() + ": " + unknown.detail());
        }
        return new Existence.Missing();
    }
}
