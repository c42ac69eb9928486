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
        producerOnly = true,
        headersClass = MicrosoftExchangeConstants.class)
public class MicrosoftExchangeEndpoint extends DefaultEndpoint implements EndpointServiceLocation {
    @UriPath(description = "What to do")
    @Metadata(required = true)
    private MicrosoftExchangeOperation operation;

    @UriParam(label = "producer")
    private String mailbox;

    @UriParam(label = "producer")
    private String folder;

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

    public String getMailbox() {
        return mailbox;
    }

    /** The address of the mailbox in which a body that is one e-mail is filed. A batch names its own. */
    public void setMailbox(String mailbox) {
        this.mailbox = mailbox;
    }

    public String getFolder() {
        return folder;
    }

    /** The folder, at the mailbox's top level, in which a body that is one e-mail is filed. A batch names its own. */
    public void setFolder(String folder) {
        this.folder = folder;
    }

    public MicrosoftExchangeConfiguration getConfiguration() {
        return configuration;
    }

    /** The options. */
    public void setConfiguration(MicrosoftExchangeConfiguration configuration) {
        this.configuration = configuration;
    }
}
