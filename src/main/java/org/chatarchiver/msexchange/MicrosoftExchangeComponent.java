package org.chatarchiver.msexchange;

import static org.chatarchiver.msexchange.MicrosoftExchangeConstants.SCHEME;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.health.WritableHealthCheckRepository;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.HealthCheckComponent;
import org.chatarchiver.msexchange.transport.MailboxTransport;
import org.chatarchiver.msexchange.transport.Slots;

/**
 * File e-mails in Microsoft Exchange mailboxes. Endpoints with equal options share one transport, hence one pool of connections and one
 * health check, which end when the component stops.
 */
@Component(SCHEME)
public class MicrosoftExchangeComponent extends HealthCheckComponent {
    private static final String PRODUCERS = "producers";

    private final Map<MicrosoftExchangeConfiguration, MailboxTransport> transports = new HashMap<>();
    private final List<MicrosoftExchangeHealthCheck> checks = new ArrayList<>();
    private final Slots slots;

    @Metadata(description = "The options that every endpoint starts from")
    private MicrosoftExchangeConfiguration configuration = new MicrosoftExchangeConfiguration();

    public MicrosoftExchangeComponent() {
        this(null);
    }

    public MicrosoftExchangeComponent(CamelContext context) {
        this(context, Slots.ALONE);
    }

    /** @param slots what of a mailbox this process may use beside others */
    public MicrosoftExchangeComponent(CamelContext context, Slots slots) {
        super(context);
        this.slots = slots;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        MicrosoftExchangeOperation operation =
                getCamelContext().getTypeConverter().mandatoryConvertTo(MicrosoftExchangeOperation.class, remaining);
        MicrosoftExchangeEndpoint endpoint = new MicrosoftExchangeEndpoint(uri, this, operation, configuration.copy());
        setProperties(endpoint, parameters);
        endpoint.getConfiguration().validate();
        return endpoint;
    }

    synchronized MailboxTransport transport(MicrosoftExchangeConfiguration options) {
        return transports.computeIfAbsent(options.copy(), own -> {
            MailboxTransport transport = Transports.open(own, slots, getCamelContext());
            watch(own, transport);
            return transport;
        });
    }

    private void watch(MicrosoftExchangeConfiguration options, MailboxTransport transport) {
        WritableHealthCheckRepository repository = healthChecks();
        if (repository != null) {
            MicrosoftExchangeHealthCheck check =
                    new MicrosoftExchangeHealthCheck(SCHEME + "-" + (transports.size() + 1), options, transport);
            check.setEnabled(isHealthCheckProducerEnabled());
            repository.addHealthCheck(check);
            checks.add(check);
        }
    }

    /** Null where Camel's health checks are not in use. */
    private WritableHealthCheckRepository healthChecks() {
        return HealthCheckHelper.getHealthCheckRepository(
                getCamelContext(), PRODUCERS, WritableHealthCheckRepository.class);
    }

    @Override
    protected synchronized void doStop() throws Exception {
        WritableHealthCheckRepository repository = healthChecks();
        if (repository != null) {
            checks.forEach(repository::removeHealthCheck);
        }
        checks.clear();
        transports.values().forEach(MailboxTransport::close);
        transports.clear();
        super.doStop();
    }

    public MicrosoftExchangeConfiguration getConfiguration() {
        return configuration;
    }

    /** The options that every endpoint starts from. */
    public void setConfiguration(MicrosoftExchangeConfiguration configuration) {
        this.configuration = configuration;
    }
}
