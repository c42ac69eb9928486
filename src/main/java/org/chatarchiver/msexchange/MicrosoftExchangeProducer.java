package org.chatarchiver.msexchange;

import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.Message;
import org.apache.camel.support.DefaultProducer;
import org.chatarchiver.msexchange.transport.Batch;
import org.chatarchiver.msexchange.transport.Listing;
import org.chatarchiver.msexchange.transport.Lookup;
import org.chatarchiver.msexchange.transport.MailboxTransport;

/** Hands the body to the transport and puts its answer in the body's place. */
class MicrosoftExchangeProducer extends DefaultProducer {
    private final MicrosoftExchangeOperation operation;
    private final MailboxTransport transport;
    private final String mailbox;
    private final String folder;

    MicrosoftExchangeProducer(MicrosoftExchangeEndpoint endpoint, MailboxTransport transport) {
        super(endpoint);
        this.operation = endpoint.getOperation();
        this.transport = transport;
        this.mailbox = endpoint.getMailbox();
        this.folder = endpoint.getFolder();
    }

    @Override
    public void process(Exchange exchange) throws InvalidPayloadException {
        Message message = exchange.getMessage();
        message.setBody(
                switch (operation) {
                    case append ->
                        transport.append(
                                message.getBody() instanceof Batch batch
                                        ? batch
                                        : SingleEmail.batch(message, mailbox, folder));
                    case find -> transport.find(message.getMandatoryBody(Lookup.class));
                    case list -> transport.list(message.getMandatoryBody(Listing.class));
                    case exists -> transport.exists(message.getMandatoryBody(String.class));
                });
    }
}
