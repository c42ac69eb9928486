package org.chatarchiver.archive;

import java.util.ArrayList;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultExchange;
import org.springframework.stereotype.Component;

/** Collects what the hook says of a message's attachments; nothing else of the exchanges that it was given is taken over. */
@Component("attachmentVerdicts")
class AttachmentVerdicts implements AggregationStrategy {
    @Override
    public Exchange aggregate(Exchange before, Exchange shown, Exchange message) {
        Exchange verdicts = before;
        if (before == null) {
            verdicts = new DefaultExchange(message.getContext());
            verdicts.getMessage()
                    .setBody(new Inspected.Attachments(
                            message.getMessage().getBody(MappedMessage.class), new ArrayList<>()));
        }
        verdicts.getMessage().getBody(Inspected.Attachments.class).verdicts().add(Verdict.of(shown));
        return verdicts;
    }

    @Override
    public Exchange aggregate(Exchange before, Exchange shown) {
        throw new UnsupportedOperationException("A split tells whose attachments these are");
    }
}
