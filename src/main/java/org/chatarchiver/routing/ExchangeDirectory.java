package org.chatarchiver.routing;

import org.apache.camel.ProducerTemplate;
import org.chatarchiver.mapping.Existence;
import org.chatarchiver.mapping.MailboxDirectory;
import org.chatarchiver.message.Printable;
import org.chatarchiver.msexchange.transport.Fault;

/** Asks the destination whether a mailbox exists; an outage is noted with the mailbox that met it, which can then be probed. */
class ExchangeDirectory implements MailboxDirectory {
    private final ProducerTemplate routes;
    private final Outages outages;

    ExchangeDirectory(ProducerTemplate routes, Outages outages) {
        this.routes = routes;
        this.outages = outages;
    }

    @Override
    public Existence lookup(String mailbox) {
        var answer = routes.requestBody(
                "microsoft-exchange:exists", mailbox, org.chatarchiver.msexchange.transport.Existence.class);
        if (answer instanceof org.chatarchiver.msexchange.transport.Existence.Unknown unknown) {
            return unanswered(mailbox, unknown);
        }
        outages.understood();
        return answer instanceof org.chatarchiver.msexchange.transport.Existence.Present
                ? new Existence.Present()
                : new Existence.Missing();
    }

    private Existence unanswered(String mailbox, org.chatarchiver.msexchange.transport.Existence.Unknown unknown) {
        Fault fault = unknown.fault();
        if (fault.outage()) {
            String why = fault + ": " + unknown.detail();
            outages.begin(mailbox, why);
            return new Existence.Outage(why);
        }
        if (fault.undecided()) {
            outages.suspect(mailbox, unknown.detail());
        }
        return new Existence.Troubled(
                Faults.reason(fault),
                fault.undecided(),
                unknown.delay(),
                "Whether the mailbox " + Printable.of(mailbox) + " exists could not be told: " + fault + ", "
                        + unknown.detail());
    }
}
