package org.chatarchiver.channel;

import java.util.concurrent.ExecutorService;
import org.apache.camel.CamelContext;
import org.chatarchiver.ledger.Channel;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the routes of the error channels run on. */
@Configuration(proxyBeanMethods = false)
class ChannelConfiguration {
    /** One thread for the route of each channel, so that none waits for another. */
    @Bean
    ExecutorService channelRoutes(CamelContext context) {
        return context.getExecutorServiceManager().newFixedThreadPool(this, "channelRoutes", Channel.values().length);
    }
}
