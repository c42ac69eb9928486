package org.chatarchiver.broker;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.JMSSecurityException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.apache.qpid.jms.JmsConnection;
import org.apache.qpid.jms.JmsConnectionFactory;
import org.apache.qpid.jms.JmsConnectionListener;
import org.apache.qpid.jms.message.JmsInboundMessageDispatch;
import org.apache.qpid.jms.policy.JmsDefaultDeserializationPolicy;
import org.apache.qpid.jms.policy.JmsDefaultPrefetchPolicy;
import org.chatarchiver.security.Secret;
import org.chatarchiver.security.Secrets;

/**
 * Connects to the broker, and notes what comes of it. Right behind a connection that failed the next one fails at once, so that whoever
 * queues pages does not wait for the same time-out again and again. Safe for many threads.
 */
final class BrokerConnections implements ConnectionFactory {
    private static final Duration PAUSE = Duration.ofSeconds(3);

    private final JmsConnectionFactory factory;
    private final boolean watched;
    private final String username;
    private final Secrets secrets;
    private final BrokerState state;
    private final Clock clock;

    /** @param tls null for the JVM's */
    BrokerConnections(BrokerProperties settings, SSLContext tls, Secrets secrets, BrokerState state, Clock clock) {
        this(factory(settings, tls), true, settings.username(), secrets, state, clock);
    }

    private BrokerConnections(
            JmsConnectionFactory factory,
            boolean watched,
            String username,
            Secrets secrets,
            BrokerState state,
            Clock clock) {
        this.factory = factory;
        this.watched = watched;
        this.username = username;
        this.secrets = secrets;
        this.state = state;
        this.clock = clock;
    }

    /** For connections that are made when there is something to send: that one of them breaks says nothing, as nobody makes it anew at once. */
    BrokerConnections forSenders() {
        return new BrokerConnections(factory, false, username, secrets, state, clock);
    }

    private static JmsConnectionFactory factory(BrokerProperties settings, SSLContext tls) {
        JmsConnectionFactory factory = new JmsConnectionFactory();
        long millis = settings.timeout().toMillis();
        factory.setConnectTimeout(millis);
        factory.setRequestTimeout(millis);
        factory.setSendTimeout(millis);
        factory.setCloseTimeout(millis);
        factory.setRemoteURI(settings.url());
        // Else the log-in is only tried by whoever uses the connection first.
        factory.setAwaitClientID(false);
        factory.setUseDaemonThread(true);
        // One page at a time: what is prefetched would be locked while it waits, and counts as tried when the consumer
        // is paused.
        JmsDefaultPrefetchPolicy none = new JmsDefaultPrefetchPolicy();
        none.setAll(0);
        factory.setPrefetchPolicy(none);
        // Whoever may write into the queue could send an object of any class; references are texts.
        JmsDefaultDeserializationPolicy nothing = new JmsDefaultDeserializationPolicy();
        nothing.setBlackList("*");
        factory.setDeserializationPolicy(nothing);
        if (tls != null) {
            factory.setSslContext(tls);
        }
        return factory;
    }

    @Override
    public Connection createConnection() throws JMSException {
        BrokerState.Out out = state.out().orElse(null);
        if (out != null && clock.instant().isBefore(out.last().plus(PAUSE))) {
            throw new JMSException(out.why());
        }
        try {
            Connection connection =
                    username.isEmpty() ? factory.createConnection() : factory.createConnection(username, password());
            state.back();
            if (watched) {
                ((JmsConnection) connection).addConnectionListener(new Watch());
            }
            return connection;
        } catch (JMSException e) {
            state.out(e);
            throw e;
        }
    }

    /** That a connection broke, which comes before it is made anew; what its users are told of it may come later. */
    private final class Watch implements JmsConnectionListener {
        @Override
        public void onConnectionFailure(Throwable error) {
            state.out(error);
        }

        @Override
        public void onConnectionEstablished(URI broker) {}

        @Override
        public void onConnectionInterrupted(URI broker) {}

        @Override
        public void onConnectionRestored(URI broker) {}

        @Override
        public void onInboundMessage(JmsInboundMessageDispatch message) {}

        @Override
        public void onSessionClosed(Session session, Throwable error) {}

        @Override
        public void onConsumerClosed(MessageConsumer consumer, Throwable error) {}

        @Override
        public void onProducerClosed(MessageProducer producer, Throwable error) {}
    }

    private String password() throws JMSException {
        Secret secret = secrets.read("broker", "password");
        if (secret instanceof Secret.Unusable unusable) {
            throw new JMSSecurityException(unusable.problem());
        }
        return secret.value().orElseThrow();
    }

    @Override
    public Connection createConnection(String user, String password) {
        throw new UnsupportedOperationException("The log-in is that of archiver.broker.*");
    }

    @Override
    public JMSContext createContext() {
        throw new UnsupportedOperationException("Camel asks for connections");
    }

    @Override
    public JMSContext createContext(String user, String password) {
        return createContext();
    }

    @Override
    public JMSContext createContext(String user, String password, int mode) {
        return createContext();
    }

    @Override
    public JMSContext createContext(int mode) {
        return createContext();
    }
}
