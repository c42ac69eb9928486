package org.chatarchiver.msexchange;

import java.util.Map;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;
import org.chatarchiver.msexchange.transport.Existence;
import org.chatarchiver.msexchange.transport.MailboxTransport;

/**
 * Whether the destination as a whole can be used: the probe mailbox is asked for. Down in an outage and where the probe mailbox does not
 * exist; up, with a word why, where there is none to ask for or where it alone is in trouble. In use with
 * {@code camel.health.producers-enabled=true}; of readiness only, since a restart mends no destination.
 */
class MicrosoftExchangeHealthCheck extends AbstractHealthCheck {
    private final MicrosoftExchangeConfiguration options;
    private final MailboxTransport transport;

    MicrosoftExchangeHealthCheck(String name, MicrosoftExchangeConfiguration options, MailboxTransport transport) {
        super("camel", "producer:" + name);
        this.options = options;
        this.transport = transport;
    }

    @Override
    public boolean isLiveness() {
        return false;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder result, Map<String, Object> ignored) {
        result.detail("transport", options.getTransport().name()).detail("destination", options.destination());
        String probe = options.getProbeMailbox();
        if (probe == null) {
            result.up().message("probeMailbox is not set, so nothing is asked for");
            return;
        }
        Existence answer = transport.exists(probe);
        if (answer instanceof Existence.Present) {
            result.up();
        } else if (answer instanceof Existence.Missing missing) {
            result.down().message("The probe mailbox " + probe + " does not exist: " + missing.detail());
        } else if (answer instanceof Existence.Unknown unknown) {
            String message = unknown.fault() + ": " + unknown.detail();
            (unknown.fault().outage() ? result.down() : result.up()).message(message);
        }
    }
}
