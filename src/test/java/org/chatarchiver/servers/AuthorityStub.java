package org.chatarchiver.servers;

import com.azure.core.http.HttpClient;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.X509TrustManager;

/** The token endpoint of Microsoft Entra ID on 127.0.0.1, over TLS, since azure-identity takes no other. */
public final class AuthorityStub implements AutoCloseable {
    private static final String PASSWORD = "changeit";

    private final Path store;
    private final HttpsServer server;
    private volatile int status = 503;
    private volatile String body = "{}";

    private AuthorityStub(Path store, HttpsServer server) {
        this.store = store;
        this.server = server;
    }

    /** @param folder for its certificate */
    public static AuthorityStub start(Path folder) throws IOException, GeneralSecurityException {
        Path store = folder.resolve("authority.p12");
        Certificates.make(store, PASSWORD);
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(Certificates.load(store, PASSWORD), PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        AuthorityStub stub = new AuthorityStub(store, server);
        server.createContext("/", stub::answer);
        server.start();
        return stub;
    }

    public String host() {
        return "https://localhost:" + server.getAddress().getPort();
    }

    /** A client that trusts it. */
    public HttpClient client() {
        return new JdkHttpClientBuilder(
                        java.net.http.HttpClient.newBuilder().sslContext(Certificates.trusting(store, PASSWORD)))
                .build();
    }

    public X509TrustManager trustManager() {
        return Certificates.trustManager(store, PASSWORD);
    }

    /** Certificate and key of some application, as PEM. */
    public void exportPem(Path certificate, Path key) throws IOException {
        Certificates.exportPem(store, PASSWORD, certificate, key);
    }

    /** @param code such as {@code AADSTS7000222} */
    public void refuse(String error, String code) {
        status = 401;
        body = "{\"error\":\"" + error + "\",\"error_description\":\"" + code
                + ": As the test wants it. Trace ID: 1\"}";
    }

    /** Anything else. */
    public void answer(int otherStatus, String otherBody) {
        status = otherStatus;
        body = otherBody;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
