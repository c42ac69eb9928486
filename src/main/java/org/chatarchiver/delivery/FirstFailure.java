package org.chatarchiver.delivery;

import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;
import org.springframework.stereotype.Component;

/**
 * Waits for all parts of a split and then fails with the first failure among them. Stopping at once would leave other mailboxes' appends
 * under way while the page is taken up again: what they are about to file would be sent a second time.
 */
@Component("firstFailure")
class FirstFailure implements AggregationStrategy {
    @Override
    public Exchange aggregate(Exchange before, Exchange part) {
        return before != null && (before.getException() != null || part.getException() == null) ? before : part;
    }
}
