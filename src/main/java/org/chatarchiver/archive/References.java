package org.chatarchiver.archive;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Makes a text of what a queue gave, whatever that is: to a broker's anybody who may can send, and what is no text is empty. */
@Component("references")
public class References implements Processor {
    @Override
    public void process(Exchange exchange) {
        String text;
        try {
            text = exchange.getMessage().getBody(String.class);
        } catch (RuntimeException e) {
            // Such as an object of a class that is not trusted.
            text = "";
        }
        exchange.getMessage().setBody(text == null ? "" : text);
    }
}
