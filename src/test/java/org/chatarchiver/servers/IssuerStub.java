package org.chatarchiver.servers;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.JOSEException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * An issuer of OpenID Connect on {@code http://localhost}, another site than 127.0.0.1 for a browser. Its page asks nothing but a click, and
 * vouches for the person that the test has set. A code counts once, for its client, redirect URI and PKCE verifier.
 */
public final class IssuerStub implements AutoCloseable {
    public static final String CLIENT = "chat-archiver";
    public static final String SECRET = "canary-of-an-oidc-secret";

    private static final String PASSWORD = "changeit";

    /** What is wrong with it. */
    public enum Fault {
        NONE,
        WRONG_NONCE,
        WRONG_SIGNATURE,
        WRONG_AUDIENCE,
        WRONG_ISSUER,
        EXPIRED,
        UNSIGNED,
        NO_ID_TOKEN,
        REFUSES_PERSON,
        /** Headers come, and the rest never. */
        HANGS,
        ENORMOUS,
        CALLS_ITSELF_ANOTHER
    }

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final IdTokens idTokens = new IdTokens();
    private final Map<String, Map<String, String>> codes = new ConcurrentHashMap<>();
    private volatile Map<String, Object> person = Map.of();
    private volatile Fault fault = Fault.NONE;

    private IssuerStub(HttpServer server) throws JOSEException {
        this.server = server;
    }

    public static IssuerStub start() throws IOException, JOSEException {
        return start(HttpServer.create(address(), 10));
    }

    /** Over TLS, with a certificate that nobody knows; it is written as PEM. */
    public static IssuerStub startWithTls(Path folder, Path certificate) throws IOException, JOSEException {
        Path store = folder.resolve("issuer.p12");
        Certificates.make(store, PASSWORD);
        Certificates.exportPem(store, PASSWORD, certificate, folder.resolve("issuer.key"));
        HttpsServer server = HttpsServer.create(address(), 10);
        server.setHttpsConfigurator(new HttpsConfigurator(Certificates.serving(store, PASSWORD)));
        return start(server);
    }

    private static InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    private static IssuerStub start(HttpServer server) throws JOSEException {
        IssuerStub stub = new IssuerStub(server);
        server.createContext("/.well-known/openid-configuration", exchange -> stub.answer(exchange, stub.metadata()));
        server.createContext("/keys", exchange -> stub.answer(exchange, stub.idTokens.keys()));
        server.createContext("/authorize", stub::authorize);
        server.createContext("/token", stub::token);
        server.createContext(
                "/link",
                exchange -> stub.page(exchange, exchange.getRequestURI().getRawQuery()));
        server.setExecutor(stub.threads);
        server.start();
        return stub;
    }

    public String issuer() {
        return (server instanceof HttpsServer ? "https" : "http") + "://localhost:"
                + server.getAddress().getPort();
    }

    /** Whom it vouches for from now on. */
    public void vouchFor(Map<String, Object> claims) {
        person = claims;
    }

    public void fail(Fault what) {
        fault = what;
    }

    private String metadata() throws IOException {
        return JSON.writeValueAsString(Map.of(
                "issuer",
                fault == Fault.CALLS_ITSELF_ANOTHER ? "https://another.example" : issuer(),
                "authorization_endpoint",
                issuer() + "/authorize",
                "token_endpoint",
                issuer() + "/token",
                "jwks_uri",
                issuer() + "/keys"));
    }

    private void authorize(HttpExchange exchange) throws IOException {
        Map<String, String> asked = parameters(exchange.getRequestURI().getRawQuery());
        String back = asked.get("redirect_uri") + "?state=" + encoded(asked.get("state"));
        if (fault == Fault.REFUSES_PERSON) {
            back += "&error=access_denied";
        } else {
            String code = UUID.randomUUID().toString();
            codes.put(code, asked);
            back += "&code=" + code;
        }
        page(exchange, back);
    }

    /** A page with a link; of whatever else the site has, also to what the query of {@code /link} names. */
    private void page(HttpExchange exchange, String to) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/html; charset=UTF-8");
        answer(
                exchange,
                "<!DOCTYPE html><html lang=\"en\"><title>Issuer</title><link rel=\"icon\" href=\"data:,\"><a id=\"go\" href=\""
                        + to.replace("&", "&amp;") + "\">Go on</a></html>");
    }

    private void token(HttpExchange exchange) throws IOException {
        Map<String, String> sent =
                parameters(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        String basic =
                "Basic " + Base64.getEncoder().encodeToString((CLIENT + ":" + SECRET).getBytes(StandardCharsets.UTF_8));
        Map<String, String> asked = codes.remove(sent.getOrDefault("code", ""));
        if (!basic.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            refuse(exchange, 401, "invalid_client");
        } else if (asked == null
                || !asked.get("redirect_uri").equals(sent.get("redirect_uri"))
                || !asked.get("code_challenge").equals(challenge(sent.getOrDefault("code_verifier", "")))) {
            refuse(exchange, 400, "invalid_grant");
        } else {
            answer(exchange, tokens(asked.get("nonce")));
        }
    }

    private String tokens(String nonce) throws IOException {
        Map<String, Object> tokens = new HashMap<>(
                Map.of("access_token", "canary-of-an-access-token", "token_type", "Bearer", "expires_in", 3600));
        if (fault != Fault.NO_ID_TOKEN) {
            tokens.put("id_token", idTokens.make(issuer(), nonce, person, fault));
        }
        return JSON.writeValueAsString(tokens);
    }

    private void refuse(HttpExchange exchange, int status, String error) throws IOException {
        try (exchange) {
            byte[] body = ("{\"error\":\"" + error + "\"}").getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private void answer(HttpExchange exchange, String text) throws IOException {
        try (exchange) {
            byte[] body = text.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().putIfAbsent("Content-Type", List.of("application/json"));
            exchange.sendResponseHeaders(200, fault == Fault.ENORMOUS ? 0 : body.length);
            if (fault == Fault.HANGS) {
                exchange.getResponseBody().flush();
                closed.await();
            } else if (fault == Fault.ENORMOUS) {
                flood(exchange.getResponseBody());
            }
            exchange.getResponseBody().write(body);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void flood(OutputStream out) throws IOException {
        byte[] spaces = " ".repeat(1024 * 1024).getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 64; i++) {
            out.write(spaces);
        }
    }

    private static String challenge(String verifier) {
        try {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(
                            MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, String> parameters(String form) {
        Map<String, String> parameters = new TreeMap<>();
        for (String pair : form.split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                parameters.put(
                        URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8),
                        URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return parameters;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
