package org.chatarchiver.archive;

import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;
import org.springframework.stereotype.Component;

/** Goes on with what was found for a message: the mailboxes that it is sent to, and what fails or waits since there is none. */
@Component("foundMailboxes")
class FoundMailboxes implements AggregationStrategy {
    @Override
    public Exchange aggregate(Exchange message, Exchange search) {
        message.getMessage()
                .setBody(search.getMessage().getBody(MailboxSearch.class).mapped());
        return message;
    }
}
