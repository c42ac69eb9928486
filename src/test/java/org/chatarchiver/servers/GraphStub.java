package org.chatarchiver.servers;

import static org.chatarchiver.servers.GraphExchange.JSON;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.chatarchiver.servers.GraphExchange.Answer;

/**
 * Microsoft Graph's mail on 127.0.0.1, strict and with a memory: what Graph would refuse is refused, and what it would punish is kept as a
 * breach, of which a test wants none. Upload sessions are on another port, where no token may be shown.
 */
public final class GraphStub implements AutoCloseable {

    /** What is below 3 MB, and hence documented to be taken by one request, can make a request as much larger than 4 MB. */
    private static final int FRAME = 1024;

    private static final String VERSION = "/v1.0";
    private static final String SESSIONS = "/sessions/";

    static {
        // Head and body of an answer are two writes, which wait for each other with Nagle's algorithm.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final GraphService service = new GraphService();
    private final GraphLoad load = new GraphLoad();
    private final GraphDispatch dispatch = new GraphDispatch(service, load);
    private final Set<String> tokens = ConcurrentHashMap.newKeySet();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "graph-stub");
        thread.setDaemon(true);
        return thread;
    });
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private final HttpServer graph;
    private final HttpServer sessions;
    private volatile int mostBytes = 4 * 1024 * 1024;
    private volatile Duration latency = Duration.ZERO;
    private volatile Disturbance disturbance;
    private volatile UnaryOperator<String> spelling = UnaryOperator.identity();

    private GraphStub() {
        try {
            graph = serve(VERSION, this::graph);
            sessions = serve(SESSIONS, this::session);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        tokens.add("token");
        service.serveAt(baseUrl().toString());
        service.uploads.serveAt("http://127.0.0.1:" + sessions.getAddress().getPort() + SESSIONS);
    }

    public static GraphStub start() {
        return new GraphStub();
    }

    private interface Handler {
        void handle(HttpExchange exchange) throws IOException, InterruptedException;
    }

    private HttpServer serve(String path, Handler handler) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
        server.setExecutor(threads);
        server.createContext(path, exchange -> {
            try (exchange) {
                handler.handle(exchange);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        server.start();
        return server;
    }

    public URI baseUrl() {
        return URI.create("http://127.0.0.1:" + graph.getAddress().getPort() + VERSION);
    }

    /** Takes these tokens alone. */
    public void accept(String... good) {
        tokens.clear();
        tokens.addAll(List.of(good));
    }

    /** Makes it, unless it is there. */
    public GraphMailbox mailbox(String address) {
        return service.mailboxes.computeIfAbsent(address, key -> new GraphMailbox());
    }

    public GraphDirectory directory() {
        return service.directory;
    }

    public void remove(String address) {
        service.mailboxes.remove(address);
    }

    /** From here on every request for the mailbox is answered so. */
    public void refuse(String address, int status, String code) {
        service.instead.put(address, Answer.error(status, code, "as the test wants it"));
    }

    /** From here on the mailbox may be read and not written. */
    public void denyWriting(String address) {
        service.readOnly.add(address);
    }

    /** From here on requests for the mailbox are carried out again. */
    public void allow(String address) {
        service.readOnly.remove(address);
        service.instead.remove(address);
    }

    public void throttle(String address, int seconds) {
        load.throttle(address, seconds);
    }

    public void fault(GraphFault fault) {
        dispatch.faults.add(fault);
    }

    /** How long each request runs, those of a batch too. */
    public void duration(Duration time) {
        load.last(time);
    }

    /** From here on all goes well. */
    public void clearFaults() {
        dispatch.faults.clear();
    }

    /** How much later everything is answered: both ways together. */
    public void latency(Duration delay) {
        latency = delay;
    }

    /** How the names of fields are spelled in answers, from here on; by default as they are documented. */
    public void spell(UnaryOperator<String> names) {
        spelling = names;
    }

    /** Takes attachments of one size and more by session, those below the other by request; without this, 3 MB as documented. */
    public void sizes(int sessionsFrom, int requestsBelow) {
        service.uploads.takeFrom(sessionsFrom);
        service.items.takeBelow(requestsBelow);
        mostBytes = Math.max(mostBytes, requestsBelow / 3 * 4);
    }

    /** From here on requests go wrong in this way, batches as a whole. */
    public void disturb(Disturbance trouble) {
        disturbance = trouble;
    }

    public void expireSessions() {
        service.uploads.expire();
    }

    /** Everything that was asked, as {@code method path} with {@code ?} for ids; a batch, and then what is in it. */
    public List<String> log() {
        return List.copyOf(dispatch.log);
    }

    public void clearLog() {
        dispatch.log.clear();
    }

    /** From here on requests are kept as they are. */
    public void record() {
        dispatch.record();
    }

    /** What was kept; in place of a batch, what was in it. */
    public List<GraphSaid> said() {
        return List.copyOf(dispatch.said);
    }

    /** Where the links to further pages lead, in place of here. */
    public void linkPagesTo(String url) {
        service.serveAt(url);
    }

    /** Requests that wait for their answer. */
    public int waiting() {
        return waiting.get();
    }

    /** The most requests that waited at one time. */
    public int mostAtATime() {
        return most.get();
    }

    /** What no client may do. */
    public List<String> breaches() {
        return load.breaches();
    }

    public int mostForOneMailbox() {
        return load.mostForOneMailbox();
    }

    private void graph(HttpExchange exchange) throws IOException, InterruptedException {
        byte[] bytes = exchange.getRequestBody().readAllBytes();
        most.accumulateAndGet(waiting.incrementAndGet(), Math::max);
        closed.await(latency.toMillis(), TimeUnit.MILLISECONDS);
        waiting.decrementAndGet();
        Disturbance.Kind kind = disturbance == null ? Disturbance.Kind.NONE : disturbance.next();
        try {
            switch (kind) {
                case NONE -> send(exchange, answer(exchange, bytes), false);
                case THROTTLED -> send(exchange, comeBack(429, "TooManyRequests"), false);
                case UNAVAILABLE -> send(exchange, comeBack(503, "serviceNotAvailable"), false);
                case CUT_BEFORE -> exchange.close();
                case CUT_AFTER -> {
                    answer(exchange, bytes);
                    exchange.close();
                }
            }
        } catch (GraphDispatch.CutException e) {
            send(exchange, e.answer(), true);
        } catch (GraphDispatch.ResetException e) {
            exchange.close();
        }
    }

    private static Answer comeBack(int status, String code) {
        return Answer.error(status, code, "Too much at the moment.").retryAfter("1");
    }

    private Answer answer(HttpExchange exchange, byte[] bytes) throws IOException {
        String token = exchange.getRequestHeaders().getFirst("Authorization");
        if (token == null || !tokens.contains(token.replaceFirst("Bearer ", ""))) {
            return Answer.error(401, "InvalidAuthenticationToken", "Access token is not accepted.");
        }
        if (bytes.length > mostBytes) {
            if (!exchange.getRequestURI().getPath().endsWith("/attachments") || bytes.length > mostBytes + FRAME) {
                load.breach("a request of " + bytes.length + " bytes");
            }
            return Answer.error(413, "RequestEntityTooLarge", "More than 4 MB.");
        }
        JsonNode body = bytes.length == 0 ? MissingNode.getInstance() : JSON.readTree(bytes);
        String url = exchange.getRequestURI().getRawPath().substring(VERSION.length())
                + (exchange.getRequestURI().getRawQuery() == null
                        ? ""
                        : "?" + exchange.getRequestURI().getRawQuery());
        return url.equals("/$batch") ? dispatch.batch(body) : dispatch.run(exchange.getRequestMethod(), url, body);
    }

    private void session(HttpExchange exchange) throws IOException, InterruptedException {
        byte[] piece = exchange.getRequestBody().readAllBytes();
        String key = exchange.getRequestURI().getPath().substring(SESSIONS.length());
        if (exchange.getRequestHeaders().containsKey("Authorization")) {
            load.breach("a token shown to an upload session");
        }
        String range = exchange.getRequestHeaders().getFirst("Content-Range");
        boolean put = exchange.getRequestMethod().equals("PUT");
        try {
            Answer answer = dispatch.faulty(
                    exchange.getRequestMethod() + " session",
                    () -> put ? service.uploads.put(key, range, piece) : service.uploads.state(key));
            send(exchange, answer, false);
        } catch (GraphDispatch.CutException | GraphDispatch.ResetException e) {
            exchange.close();
        }
    }

    private void send(HttpExchange exchange, Answer answer, boolean cut) throws IOException {
        answer.headers().forEach(exchange.getResponseHeaders()::set);
        byte[] body = answer.body().isMissingNode()
                ? new byte[0]
                : JSON.writeValueAsBytes(GraphExchange.spelled(answer.body(), spelling));
        exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body, 0, cut ? body.length / 2 : body.length);
            exchange.getResponseBody().flush();
        }
    }

    @Override
    public void close() {
        closed.countDown();
        load.close();
        graph.stop(0);
        sessions.stop(0);
        threads.shutdownNow();
    }
}
