package org.chatarchiver.archive;

import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;
import org.springframework.stereotype.Component;

/** Heeds what the hook says of a message; nothing else of the exchange that it was given is taken over. */
@Component("messageVerdict")
class MessageVerdict implements AggregationStrategy {
    private final Inspected inspected;

    MessageVerdict(Inspected inspected) {
        this.inspected = inspected;
    }

    @Override
    public Exchange aggregate(Exchange message, Exchange shown) {
        MappedMessage mapped = message.getMessage().getBody(MappedMessage.class);
        message.getMessage().setBody(inspected.message(mapped, Verdict.of(shown)));
        return message;
    }
}
