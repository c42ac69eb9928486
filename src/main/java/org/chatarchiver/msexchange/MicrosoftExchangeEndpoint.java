package org.chatarchiver.msexchange;

import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.EndpointServiceLocation;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.DefaultEndpoint;

/** File e-mails in Microsoft Exchange mailboxes, look for them, and tell whether mailboxes exist. */
@UriEndpoint(
        firstVersion = "1.0.0",
        scheme = MicrosoftExchangeConstants.SCHEME,
        title = "Microsoft Exchange",
        syntax = "microsoft-exchange:operation",
        category = {Category.MAIL},
        producerOnly = true)
public class MicrosoftExchangeEndpoint extends DefaultEndpoint implements EndpointServiceLocation {
    @UriPath(description = "What to do")
    @Metadata(required = true)
    private MicrosoftExchangeOperation operation;

    @UriParam
    private MicrosoftExchangeConfiguration configuration;

    public MicrosoftExchangeEndpoint(
            String uri,
            MicrosoftExchangeComponent component,
            MicrosoftExchangeOperation operation,
            MicrosoftExchangeConfiguration configuration) {
        super(uri, component);
        this.operation = operation;
        this.configuration = configuration;
    }

    @Override
    public Producer createProducer() {
        return new MicrosoftExchangeProducer(this, getComponent().transport(configuration));
    }

    @Override
    public Consumer createConsumer(Processor processor) {
        throw new UnsupportedOperationException("microsoft-exchange only takes e-mails; it cannot be consumed from");
    }

    @Override
    public MicrosoftExchangeComponent getComponent() {
        return (MicrosoftExchangeComponent) super.getComponent();
    }

    @Override
    public String getServiceUrl() {
        return configuration.destination();
    }

    @Override
    public String getServiceProtocol() {
        return configuration.getTransport().name();
    }

    public MicrosoftExchangeOperation getOperation() {
        return operation;
    }

    /** What to do. */
    public void setOperation(MicrosoftExchangeOperation operation) {
        this.operation = operation;
    }

    public MicrosoftExchangeConfiguration getConfiguration() {
        return configuration;
    }

    /** The options. */
    public void setConfiguration(MicrosoftExchangeConfiguration configuration) {
        this.configuration = configuration;
    }
}
