package org.chatarchiver.msexchange;

import java.util.HashMap;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.DefaultComponent;
import org.chatarchiver.msexchange.transport.MailboxTransport;

/**
 * File e-mails in Microsoft Exchange mailboxes. Endpoints with equal options share one transport, hence one pool of connections, which
 * is closed when the component stops.
 */
@Component(MicrosoftExchangeConstants.SCHEME)
public class MicrosoftExchangeComponent extends DefaultComponent {
    private final Map<MicrosoftExchangeConfiguration, MailboxTransport> transports = new HashMap<>();

    @Metadata(description = "The options that every endpoint starts from")
    private MicrosoftExchangeConfiguration configuration = new MicrosoftExchangeConfiguration();

    public MicrosoftExchangeComponent() {}

    public MicrosoftExchangeComponent(CamelContext context) {
        super(context);
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
        return transports.computeIfAbsent(options.copy(), own -> Transports.open(own, getCamelContext()));
    }

    @Override
    protected synchronized void doStop() throws Exception {
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
