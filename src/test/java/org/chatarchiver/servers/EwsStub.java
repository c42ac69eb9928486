package org.chatarchiver.servers;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/**
 * Exchange Web Services over https on 127.0.0.1, with mailboxes that one account may impersonate. It does what it is asked for as long
 * as no {@link EwsReaction} is in turn. Requests and answers are held against Microsoft's schemas where these are present. Its
 * certificate is for {@code localhost} and 127.0.0.1; {@link #trustStore} trusts it.
 */
public final class EwsStub implements AutoCloseable {
    public static final String ACCOUNT = "archiver";
    public static final String USER = "CONTOSO\\" + ACCOUNT;
    public static final String PASSWORD = "ews-Secret-\u00e9-4711";
    public static final String TOKEN = "the-first-token";
    public static final String TRUST_STORE_PASSWORD = "changeit";

    /** How the account proves that it is the one. */
    public enum Login {
        BASIC,
        NTLM,
        BEARER
    }

    /** A request as it came. */
    public record Request(String operation, String mailbox, int items, byte[] envelope) {}

    private static byte[] certificate;

    private final Path home;
    private final HttpsServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final EwsReplies replies = new EwsReplies();
    private final EwsMailboxes mailboxes = new EwsMailboxes();
    private final EwsOperations operations = new EwsOperations(mailboxes);
    private final EwsLoginCheck login;
    private final EwsLoad load = new EwsLoad();
    private final Map<String, Deque<EwsReaction>> reactions = new ConcurrentHashMap<>();
    private final Deque<EwsReaction> anything = new ConcurrentLinkedDeque<>();
    private final Map<String, EwsReaction> byMailbox = new ConcurrentHashMap<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final List<String> violations = new CopyOnWriteArrayList<>();
    private volatile Disturbance disturbance;
    private volatile int requestLimit = Integer.MAX_VALUE;

    private EwsStub(Login kind, byte[] keyStore, String password) throws IOException {
        login = new EwsLoginCheck(kind);
        home = Files.createTempDirectory("ews");
        Files.write(trustStore(), keyStore);
        // Loading them takes seconds, which no request should wait for.
        EwsSchemas.present();
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(Certificates.serving(trustStore(), password)) {
            @Override
            public void configure(HttpsParameters parameters) {
                login.connected(parameters.getClientAddress());
                super.configure(parameters);
            }
        });
        server.setExecutor(threads);
        server.createContext("/EWS/Exchange.asmx", this::handle);
        server.start();
    }

    /** One for all stubs of this JVM, since a key takes long to make. */
    private static synchronized byte[] certificate() throws IOException {
        if (certificate == null) {
            Path folder = Files.createTempDirectory("ews-key");
            Path store = folder.resolve("server.p12");
            Certificates.make(store, TRUST_STORE_PASSWORD);
            certificate = Files.readAllBytes(store);
            Files.delete(store);
            Files.delete(folder);
        }
        return certificate;
    }

    public static EwsStub start(Login kind) {
        try {
            return new EwsStub(kind, certificate(), TRUST_STORE_PASSWORD);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** With a certificate of its own: a PKCS #12 store. */
    public static EwsStub start(Login kind, Path keyStore, String password) throws IOException {
        return new EwsStub(kind, Files.readAllBytes(keyStore), password);
    }

    public URI url() {
        return URI.create("https://localhost:" + server.getAddress().getPort() + "/EWS/Exchange.asmx");
    }

    /** PKCS #12, password {@link #TRUST_STORE_PASSWORD}. */
    public Path trustStore() {
        return home.resolve("server.p12");
    }

    public EwsMailboxes mailboxes() {
        return mailboxes;
    }

    /** How the next requests for an operation such as {@code CreateItem} are met, in turn. */
    public void on(String operation, EwsReaction... next) {
        reactions
                .computeIfAbsent(operation, key -> new ConcurrentLinkedDeque<>())
                .addAll(Arrays.asList(next));
    }

    /** How that many requests are met, whatever they ask for. */
    public void putOff(int times, EwsReaction reaction) {
        anything.addAll(Collections.nCopies(times, reaction));
    }

    /** How every request for the mailbox is met from here on; null: as usual. */
    public void putOff(String mailbox, EwsReaction reaction) {
        if (reaction == null) {
            byMailbox.remove(mailbox);
        } else {
            byMailbox.put(mailbox, reaction);
        }
    }

    /** From here on requests go wrong in this way. */
    public void disturb(Disturbance trouble) {
        disturbance = trouble;
    }

    private EwsReaction disturbed() {
        return switch (disturbance == null ? Disturbance.Kind.NONE : disturbance.next()) {
            case NONE -> null;
            case THROTTLED -> EwsReaction.status(429, "Retry-After", "1");
            case UNAVAILABLE -> EwsReaction.status(503, "Retry-After", "1");
            case CUT_BEFORE -> EwsReaction.close();
            case CUT_AFTER -> EwsReaction.executeAndClose();
        };
    }

    /** What was asked for and not refused for its credentials. */
    public List<Request> requests() {
        return requests;
    }

    /** How many requests for that operation there were. */
    public long count(String operation) {
        return requests.stream()
                .filter(request -> request.operation().equals(operation))
                .count();
    }

    /** What was against Microsoft's schemas, or otherwise not as documented. */
    public List<String> violations() {
        return violations;
    }

    /** The most requests at a time so far, for one mailbox and in all. */
    public EwsLoad load() {
        return load;
    }

    /** NTLM: how many connections have been authenticated. */
    public int handshakes() {
        return login.handshakes();
    }

    /** From now on another bearer token is the good one. */
    public void token(String accepted) {
        login.token(accepted);
    }

    /** Larger e-mails are refused one by one. */
    public void itemLimit(int bytes) {
        operations.itemLimit(bytes);
    }

    /** Larger requests are refused by the web server, as IIS does. */
    public void requestLimit(int bytes) {
        requestLimit = bytes;
    }

    /** The most items that an answer of FindItem tells of. */
    public void findLimit(int items) {
        operations.findLimit(items);
    }

    private void handle(HttpExchange exchange) {
        try (exchange) {
            byte[] envelope = exchange.getRequestBody().readAllBytes();
            String challenge = login.refusal(exchange);
            if (challenge != null) {
                exchange.getResponseHeaders().add("WWW-Authenticate", challenge);
                EwsReplies.send(exchange, 401, new byte[0]);
            } else if (envelope.length > requestLimit) {
                EwsReplies.send(exchange, 404, new byte[0]);
            } else {
                answer(exchange, envelope);
            }
        } catch (IOException e) {
            // The client has left.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            violations.add(e.toString());
        }
    }

    private void answer(HttpExchange exchange, byte[] envelope) throws IOException, InterruptedException {
        Document document = EwsSoap.parse(envelope);
        Element operation = EwsSoap.content(document, "Body").get(0);
        String mailbox = EwsSoap.all(document.getDocumentElement(), EwsSoap.TYPES, "PrimarySmtpAddress")
                .get(0)
                .getTextContent();
        String name = operation.getLocalName();
        requests.add(new Request(
                name, mailbox, EwsSoap.all(operation, EwsSoap.TYPES, "Message").size(), envelope));
        EwsSchemas.complaint(envelope).ifPresent(violations::add);
        if (!mailbox.equals(exchange.getRequestHeaders().getFirst("X-AnchorMailbox"))) {
            violations.add("X-AnchorMailbox is not the mailbox that is impersonated");
        }
        Deque<EwsReaction> next = reactions.get(name);
        EwsReaction reaction = byMailbox.getOrDefault(mailbox, anything.poll());
        if (reaction == null) {
            reaction = next == null ? disturbed() : next.poll();
        }
        give(exchange, operation, mailbox, reaction);
    }

    private void give(HttpExchange exchange, Element operation, String mailbox, EwsReaction reaction)
            throws IOException, InterruptedException {
        load.begin(mailbox);
        try {
            if (reaction != null && reaction.late() != null) {
                threads.execute(() -> late(operation, mailbox, reaction));
            }
            String usual = reaction == null || reaction.executed() ? execute(operation, mailbox, reaction) : null;
            replies.give(exchange, reaction, usual);
        } finally {
            load.end(mailbox);
        }
    }

    private void late(Element operation, String mailbox, EwsReaction reaction) {
        try {
            reaction.late().await();
            execute(operation, mailbox, reaction);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String execute(Element operation, String mailbox, EwsReaction reaction) {
        if (reaction != null && reaction.kind() == EwsReaction.Kind.RACE) {
            operations.execute(operation, mailbox, Map.of());
        }
        String refusal = mailboxes.refusal(mailbox);
        if (refusal != null && refusal.equals("ErrorMissingEmailAddress")) {
            return valid(EwsSoap.envelope(EwsOperations.error(operation.getLocalName(), refusal, "")));
        }
        if (refusal != null) {
            return EwsSoap.fault(refusal, "It is refused.", 0);
        }
        if (!mailboxes.exists(mailbox)) {
            return EwsSoap.fault("ErrorNonExistentMailbox", "The SMTP address has no mailbox associated with it.", 0);
        }
        String body = operations.execute(operation, mailbox, reaction == null ? Map.of() : reaction.codes());
        return body.startsWith("<?xml") ? body : valid(EwsSoap.envelope(body));
    }

    private String valid(String envelope) {
        EwsSchemas.complaint(envelope.getBytes(StandardCharsets.UTF_8)).ifPresent(violations::add);
        return envelope;
    }

    @Override
    public void close() {
        replies.close();
        server.stop(0);
        threads.shutdownNow();
        try {
            Files.deleteIfExists(trustStore());
            Files.deleteIfExists(home);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
