package org.chatarchiver.archive;

import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.util.ObjectHelper;
import org.chatarchiver.message.Printable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.springframework.stereotype.Component;

/** Tells of pages that are left to the next sweep. */
@Component("pageWaits")
public class PageWaits {
    private static final Logger LOG = LoggerFactory.getLogger(PageWaits.class);

    /** @param error holds a {@link PageWaitsException} */
    public void tell(@ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception error) {
        PageWaitsException wait = ObjectHelper.getException(PageWaitsException.class, error);
        LOG.atLevel(wait.isTold() ? Level.DEBUG : Level.WARN)
                .log("A page waits, for the next sweep at the longest: {}", Printable.of(wait.getMessage()));
    }
}
