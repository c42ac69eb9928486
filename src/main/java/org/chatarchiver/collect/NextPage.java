package org.chatarchiver.collect;

import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;
import org.springframework.stereotype.Component;

/**
 * Takes from the exchange of a page what is collected next, and nothing else: what Camel's error handler notes in an exchange when one
 * window fails outlives {@code doCatch}, and would have the next window fail at its first error.
 */
@Component("nextPage")
class NextPage implements AggregationStrategy {
    @Override
    public Exchange aggregate(Exchange run, Exchange page) {
        run.getMessage().setBody(page.getMessage().getBody());
        return run;
    }
}
