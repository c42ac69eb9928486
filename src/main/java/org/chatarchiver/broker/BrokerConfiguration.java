package org.chatarchiver.broker;

import jakarta.jms.ConnectionFactory;
import jakarta.jms.InvalidDestinationException;
import jakarta.jms.JMSSecurityException;
import java.time.Clock;
import java.util.Locale;
import org.apache.camel.LoggingLevel;
import org.apache.camel.Ordered;
import org.apache.camel.component.amqp.AMQPComponent;
import org.apache.camel.component.jms.JmsConfiguration;
import org.apache.camel.spi.ComponentCustomizer;
import org.chatarchiver.alert.Alarms;
import org.chatarchiver.broker.BrokerProperties.Acknowledgement;
import org.chatarchiver.security.NamedBundles;
import org.chatarchiver.security.Secrets;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.jms.connection.CachingConnectionFactory;

/** How Camel's component {@code amqp} asks the broker. Nothing of it is there for a page queue in memory. */
@Configuration(proxyBeanMethods = false)
@Conditional(BrokerConfiguration.WithBroker.class)
class BrokerConfiguration {
    private static final String SCHEME = "amqp:";

    static final class WithBroker implements Condition {
        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return isBrokers(context.getEnvironment().getProperty("archiver.page-queue", ""));
        }
    }

    private static boolean isBrokers(String address) {
        return address.strip().toLowerCase(Locale.ROOT).startsWith(SCHEME);
    }

    @Bean
    BrokerState brokerState(Alarms alarms, Clock clock) {
        return new BrokerState(alarms, clock);
    }

    @Bean
    HealthIndicator brokerHealthIndicator(BrokerState state) {
        return new BrokerHealthIndicator(state);
    }

    @Bean
    BrokerConnections brokerConnections(
            BrokerProperties settings, SslBundles bundles, Secrets secrets, BrokerState state, Clock clock) {
        if (settings.url().isEmpty()) {
            throw new IllegalArgumentException(
                    "archiver.page-queue is on a broker, so archiver.broker.url is needed, such as amqps://broker.example.com:5671");
        }
        if (!isBrokers(settings.deadLetterQueue())) {
            throw new IllegalArgumentException(
                    "archiver.page-queue is on a broker, so archiver.broker.dead-letter-queue must be too: the queue to which that moves what it has tried too often, such as amqp:queue:pages.dead");
        }
        return new BrokerConnections(
                settings,
                settings.sslBundle().isEmpty()
                        ? null
                        : NamedBundles.find(bundles, "archiver.broker.ssl-bundle", settings.sslBundle())
                                .createSslContext(),
                secrets,
                state,
                clock);
    }

    @Bean
    ComponentCustomizer brokerComponent(
            BrokerConnections brokerConnections, BrokerState state, BrokerProperties settings) {
        return ComponentCustomizer.builder(AMQPComponent.class)
                .withOrder(Ordered.LOWEST)
                .build(amqp -> {
                    JmsConfiguration jms = amqp.getConfiguration();
                    jms.setConnectionFactory(brokerConnections);
                    jms.setTemplateConnectionFactory(kept(brokerConnections.forSenders()));
                    jms.setConcurrentConsumers(2);
                    jms.setCacheLevelName("CACHE_CONSUMER");
                    boolean transacted = settings.acknowledgement() == Acknowledgement.transacted;
                    jms.setTransacted(transacted);
                    // The session's own transaction: a manager of them would connect anew for each reference.
                    jms.setLazyCreateTransactionManager(false);
                    if (!transacted) {
                        jms.setAcknowledgementModeName("CLIENT_ACKNOWLEDGE");
                    }
                    jms.setDisableReplyTo(true);
                    jms.setExceptionListener(error -> {
                        if (error instanceof InvalidDestinationException || error instanceof JMSSecurityException) {
                            state.refused(error);
                        }
                    });
                    // Camel's error handler has told it.
                    jms.setErrorHandlerLoggingLevel(LoggingLevel.OFF);
                    jms.setErrorHandlerLogStackTrace(false);
                });
    }

    /** Of one connection, for those who queue pages; the consumers keep their own. */
    private static ConnectionFactory kept(ConnectionFactory connections) {
        CachingConnectionFactory kept = new CachingConnectionFactory(connections);
        kept.setSessionCacheSize(4);
        kept.setCacheConsumers(false);
        return kept;
    }
}
