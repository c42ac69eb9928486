package org.chatarchiver.collect;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Exchange;
import org.apache.hc.core5.http.io.EofSensorInputStream;
import org.chatarchiver.connector.Connector;
import org.chatarchiver.ledger.Reason;
import org.chatarchiver.message.Printable;
import org.chatarchiver.security.DataDirectory;
import org.chatarchiver.security.Secret;
import org.chatarchiver.security.Secrets;
import org.chatarchiver.telemessage.FeedAnswer;
import org.chatarchiver.telemessage.FeedException;
import org.chatarchiver.telemessage.FeedRefusedException;
import org.chatarchiver.telemessage.FeedRequest;
import org.chatarchiver.telemessage.FeedUnavailableException;
import org.springframework.stereotype.Component;

/** What requests to the feed have in common: the password, read anew for each, and how an answer's status is taken. */
@Component
public class FeedLogins {
    private static final String PASSWORD = "password";

    private final Secrets secrets;
    private final DataDirectory data;
    /** By connector, the password that the feed has refused last; another one may do. */
    private final Map<String, String> refused = new ConcurrentHashMap<>();

    private final Map<String, Check> checks = new ConcurrentHashMap<>();
    private final Clock clock;

    FeedLogins(Secrets secrets, DataDirectory data, Clock clock) {
        this.secrets = secrets;
        this.data = data;
        this.clock = clock;
    }

    /** @param accepted whether the feed took the user name and the password, or refused them */
    public record Check(Instant at, boolean accepted) {}

    /** When the feed last told what it thinks of the connector's log-in; empty where it has not been asked since the start. */
    public Optional<Check> checked(String connector) {
        return Optional.ofNullable(checks.get(connector));
    }

    /** It was asked before there was such a connector, or such a password, and took the log-in. */
    public void accepted(String connector, Instant at) {
        checks.put(connector, new Check(at, true));
    }

    /** When the file of the connector's password was last written; empty where there is none. */
    public Optional<Instant> passwordChanged(String connector) {
        return secrets.changed(connector, PASSWORD);
    }

    FeedRequest.Login of(Connector connector) throws FeedRefusedException {
        Secret secret = secrets.read(connector.id(), PASSWORD);
        if (secret instanceof Secret.Unusable unusable) {
            throw new FeedRefusedException(Reason.PASSWORD_MISSING, unusable.problem());
        }
        return new FeedRequest.Login(connector.username(), secret.value().orElseThrow());
    }

    /** Why no request of the connector is answered now; empty where its password can be read, and the feed has not refused this one. */
    public Optional<String> problem(Connector connector) {
        Secret secret = secrets.read(connector.id(), PASSWORD);
        if (secret instanceof Secret.Unusable unusable) {
            return Optional.of(unusable.problem());
        }
        return secret.value()
                .filter(password -> password.equals(refused.get(connector.id())))
                .map(password -> "The feed refuses user name " + Printable.quoted(connector.username())
                        + " with the password in " + file(connector) + "; mend the one that is wrong");
    }

    private Path file(Connector connector) {
        return data.path("secrets", connector.id(), PASSWORD);
    }

    /** What an answer tells of the password; one of a server in trouble tells nothing. */
    private void learn(FeedAnswer answer, Connector connector) {
        if (answer instanceof FeedAnswer.Refused no && no.reason() == Reason.SOURCE_UNAUTHORIZED) {
            secrets.read(connector.id(), PASSWORD).value().ifPresent(password -> refused.put(connector.id(), password));
            checks.put(connector.id(), new Check(clock.instant(), false));
        } else if (answer instanceof FeedAnswer.Ok) {
            refused.remove(connector.id());
            checks.put(connector.id(), new Check(clock.instant(), true));
        }
    }

    /**
     * Makes a request the one that camel-http sends next. Camel counts its redeliveries in a header: without it, a feed that is down
     * would be asked for ever.
     */
    public static void send(FeedRequest request, Map<String, Object> headers) {
        headers.keySet().removeIf(name -> !name.equals(Exchange.REDELIVERY_COUNTER));
        headers.put("CamelHttpMethod", "GET");
        headers.put("CamelHttpUri", request.uri().toASCIIString());
        headers.putAll(request.headers());
    }

    /** A header's first value; null where there is none. Camel gives a list where a header is repeated. */
    public static String first(Map<String, Object> headers, String name) {
        Object value = headers.get(name);
        if (value instanceof Iterable<?> values) {
            value = values.iterator().hasNext() ? values.iterator().next() : null;
        }
        return value == null ? null : value.toString();
    }

    /**
     * Ends an answer without taking in what is left of it. Closing the stream would read on to its end, which one that drips never
     * reaches; connections to the feed are not kept anyway.
     */
    public static void drop(InputStream body) throws IOException {
        if (body instanceof EofSensorInputStream connected) {
            connected.abort();
        } else if (body != null) {
            body.close();
        }
    }

    /** The body of an answer; Camel gives none where it does not like the content type. */
    static InputStream body(InputStream body, int status) throws FeedUnavailableException {
        if (body == null) {
            throw new FeedUnavailableException(
                    Reason.PAGE_TRUNCATED,
                    null,
                    "The feed answered " + status + " without a body: asked for again",
                    null);
        }
        return body;
    }

    /**
     * Passes over an answer whose body can be used.
     *
     * @param headers get the pause that the feed asks for, in the header that Camel's error handler obeys
     */
    void check(FeedAnswer answer, Connector connector, FeedRequest request, Map<String, Object> headers)
            throws FeedException {
        learn(answer, connector);
        try {
            answer.orThrow(request.uri(), connector.username(), file(connector));
        } catch (FeedUnavailableException later) {
            later.retryAfter().ifPresent(pause -> headers.put(Exchange.REDELIVERY_DELAY, pause.toMillis()));
            throw later;
        }
    }
}
