package org.chatarchiver.servers;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.Session;
import java.io.IOException;
import java.io.Serializable;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.qpid.jms.JmsConnectionFactory;
import org.awaitility.Awaitility;
import org.chatarchiver.sandbox.ServerCertificate;
import org.chatarchiver.security.DataDirectory;
import org.chatarchiver.security.Secrets;

/** A real ActiveMQ Artemis in a JVM of its own, on a free port of 127.0.0.1, which keeps what it holds over restarts. */
public final class Artemis implements AutoCloseable {
    public static final String QUEUE = "pages";
    public static final String DEAD = "pages.dead";
    public static final String USER = "archiver";
    /** How often a reference is given out. */
    public static final int TRIES = 3;

    private static final String PASSWORD = "broker-secret";

    private final Path folder;
    private final ServerCertificate certificate;
    private final int port;
    private Process process;

    private Artemis(Path folder, ServerCertificate certificate, int port) {
        this.folder = folder;
        this.certificate = certificate;
        this.port = port;
    }

    /** Not started. */
    public static Artemis in(Path folder) throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return new Artemis(folder, ServerCertificate.create(folder), socket.getLocalPort());
        }
    }

    /** Returns when it answers. */
    public Artemis start() throws IOException {
        process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        ArtemisBroker.class.getName(),
                        Integer.toString(port),
                        folder.toString(),
                        certificate.keyStore().toString(),
                        certificate.password(),
                        PASSWORD,
                        Integer.toString(TRIES)))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("broker.log").toFile()))
                .start();
        Awaitility.await("start of the broker, see " + folder.resolve("broker.log"))
                .atMost(Duration.ofMinutes(2))
                .until(() -> process.isAlive() && answers());
        return this;
    }

    private boolean answers() {
        try (Connection connection = connect()) {
            return true;
        } catch (JMSException notYet) {
            return false;
        }
    }

    /** As by {@code kill -9}. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    public String url() {
        return "amqps://localhost:" + port;
    }

    public String password() {
        return PASSWORD;
    }

    public ServerCertificate certificate() {
        return certificate;
    }

    /** What an archiver is to be told of it, but for the password, which is a file of its secrets. */
    public Map<String, String> settings() {
        return Map.of(
                "archiver.page-queue",
                "amqp:queue:" + QUEUE,
                "archiver.broker.dead-letter-queue",
                "amqp:queue:" + DEAD,
                "archiver.broker.url",
                url(),
                "archiver.broker.username",
                USER,
                "archiver.broker.ssl-bundle",
                "broker",
                "spring.ssl.bundle.jks.broker.truststore.location",
                "file:" + certificate.trustStore(),
                "spring.ssl.bundle.jks.broker.truststore.type",
                "PKCS12",
                "spring.ssl.bundle.jks.broker.truststore.password",
                certificate.password());
    }

    /** Puts the password where an archiver with this data directory reads it. */
    public void secret(Path data) throws IOException {
        new Secrets(new DataDirectory(data)).write("broker", "password", PASSWORD);
    }

    private Connection connect() throws JMSException {
        JmsConnectionFactory factory = new JmsConnectionFactory(USER, PASSWORD, url());
        factory.setSslContext(certificate.sslContext());
        Connection connection = factory.createConnection();
        connection.start();
        return connection;
    }

    /** How many messages stand in a queue, in somebody's hands or not. */
    public int depth(String queue) throws JMSException {
        return browse(queue).size();
    }

    private List<Message> browse(String queue) throws JMSException {
        try (Connection connection = connect();
                Session session = connection.createSession()) {
            List<Message> messages = new ArrayList<>();
            Collections.list(session.createBrowser(session.createQueue(queue)).getEnumeration())
                    .forEach(message -> messages.add((Message) message));
            return messages;
        }
    }

    /** The references in the queue: each is persistent. */
    public List<String> references() throws JMSException {
        List<String> references = new ArrayList<>();
        for (Message message : browse(QUEUE)) {
            if (message.getJMSDeliveryMode() != jakarta.jms.DeliveryMode.PERSISTENT) {
                throw new IllegalStateException("not persistent: " + message);
            }
            if (Collections.list(message.getPropertyNames()).stream()
                    .anyMatch(name -> !name.toString().startsWith("JMSX"))) {
                throw new IllegalStateException("has properties: " + Collections.list(message.getPropertyNames()));
            }
            references.add(message.getBody(String.class));
        }
        return references;
    }

    public void send(String queue, String text) throws JMSException {
        try (Connection connection = connect();
                Session session = connection.createSession()) {
            session.createProducer(session.createQueue(queue)).send(session.createTextMessage(text));
        }
    }

    public void send(String queue, Serializable object) throws JMSException {
        try (Connection connection = connect();
                Session session = connection.createSession()) {
            session.createProducer(session.createQueue(queue)).send(session.createObjectMessage(object));
        }
    }

    @Override
    public void close() throws IOException {
        if (process != null) {
            process.destroy();
            try {
                if (!process.waitFor(20, TimeUnit.SECONDS)) {
                    process.destroyForcibly().waitFor();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        Files.deleteIfExists(folder.resolve("broker.log"));
    }
}
