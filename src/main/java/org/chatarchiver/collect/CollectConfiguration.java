package org.chatarchiver.collect;

import org.apache.camel.Ordered;
import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.processor.errorhandler.RedeliveryPolicy;
import org.apache.camel.spi.ComponentCustomizer;
import org.chatarchiver.telemessage.TelemessageProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** How the routes ask the feed. */
@Configuration(proxyBeanMethods = false)
class CollectConfiguration {
    /** With time-outs until a connection stands and without a byte, and each request once. */
    @Bean
    ComponentCustomizer feedClient(TelemessageProperties feed) {
        // Last, or Camel's starter puts its own defaults over ours.
        return ComponentCustomizer.builder(HttpComponent.class)
                .withOrder(Ordered.LOWEST)
                .build(http -> {
                    // Camel's error handler counts the tries; the HTTP client's own would come on top.
                    http.setAutomaticRetriesDisabled(true);
                    // Inflated by us: what the client inflates can only be closed by reading it to its end.
                    http.setContentCompressionDisabled(true);
                    http.setConnectTimeout(feed.connectTimeout().toMillis());
                    http.setConnectionRequestTimeout(feed.readTimeout().toMillis());
                    http.setSoTimeout(feed.readTimeout().toMillis());
                    http.setResponseTimeout(feed.readTimeout().toMillis());
                });
    }

    /**
     * The tries of an attachment, which is asked for again when its message is archived. A bean, since the routes take pauses in
     * milliseconds only and the settings are durations.
     */
    @Bean
    RedeliveryPolicy attachmentRetries(TelemessageProperties feed) {
        return retries(Math.min(2, feed.retry().retries()), feed.retry());
    }

    private static RedeliveryPolicy retries(int number, TelemessageProperties.Retry retry) {
        RedeliveryPolicy policy = new RedeliveryPolicy();
        policy.setMaximumRedeliveries(number);
        policy.setRedeliveryDelay(retry.initial().toMillis());
        policy.setMaximumRedeliveryDelay(retry.max().toMillis());
        policy.setUseExponentialBackOff(true);
        policy.setUseCollisionAvoidance(true);
        return policy;
    }
}
