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
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.chatarchiver.servers.GraphExchange.Answer;

/** The HTTP of {@link GraphStub}: Graph itself on one port, its upload sessions on another. */
final class GraphDoor {
    static final String VERSION = "/v1.0";
    private static final String SESSIONS = "/sessions/";

    /** What is below 3 MB, and hence documented to be taken by one request, can make a request as much larger than 4 MB. */
    private static final int FRAME = 1024;

    static {
        // Head and body of an answer are two writes, which wait for each other with Nagle's algorithm.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    final Set<String> tokens = ConcurrentHashMap.newKeySet();
    final AtomicInteger waiting = new AtomicInteger();
    final AtomicInteger most = new AtomicInteger();
    volatile int mostBytes = 4 * 1024 * 1024;
    volatile Duration latency = Duration.ZERO;
    volatile Disturbance disturbance;
    volatile UnaryOperator<String> spelling = UnaryOperator.identity();
    private final GraphDispatch dispatch;
    private final GraphUploads uploads;
    private final GraphManners manners;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "graph-stub");
        thread.setDaemon(true);
        return thread;
    });
    private final HttpServer graph;
    private final HttpServer sessions;

    GraphDoor(GraphDispatch dispatch, GraphUploads uploads, GraphManners manners) {
        this.dispatch = dispatch;
        this.uploads = uploads;
        this.manners = manners;
        try {
            graph = serve(VERSION, this::graph);
            sessions = serve(SESSIONS, this::session);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        uploads.serveAt("http://127.0.0.1:" + sessions.getAddress().getPort() + SESSIONS);
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

    int port() {
        return graph.getAddress().getPort();
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
                manners.breach("a request of " + bytes.length + " bytes");
            }
            return Answer.error(413, "RequestEntityTooLarge", "More than 4 MB.");
        }
        manners.check(exchange.getRequestHeaders()::getFirst);
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
            manners.breach("a token shown to an upload session");
        }
        manners.identified(exchange.getRequestHeaders().getFirst("client-request-id"));
        String range = exchange.getRequestHeaders().getFirst("Content-Range");
        boolean put = exchange.getRequestMethod().equals("PUT");
        try {
            Answer answer = dispatch.faulty(
                    exchange.getRequestMethod() + " session",
                    () -> put ? uploads.put(key, range, piece) : uploads.state(key));
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

    void close() {
        closed.countDown();
        graph.stop(0);
        sessions.stop(0);
        threads.shutdownNow();
    }
}
