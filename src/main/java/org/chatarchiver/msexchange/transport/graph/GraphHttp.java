package org.chatarchiver.msexchange.transport.graph;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.EventListener;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSource;
import org.chatarchiver.msexchange.transport.Fault;
import org.chatarchiver.msexchange.transport.RetryAfter;
import org.chatarchiver.msexchange.transport.TransportError;
import org.chatarchiver.msexchange.transport.TransportException;

/**
 * Sends requests, each once: OkHttp's own retries and redirects are off. What may be sent again, and when, depends on what the answer
 * leaves in doubt. Safe for use by many threads.
 */
final class GraphHttp implements AutoCloseable {
    /** Twenty messages as the server gives them back, which is without attachments. */
    private static final int LONGEST_ANSWER = 16 * 1024 * 1024;

    private static final MediaType JSON_TYPE = MediaType.get("application/json");

    private final OkHttpClient client;

    GraphHttp(GraphSettings settings) {
        OkHttpClient.Builder builder = new OkHttpClient.Builder()
                .connectTimeout(settings.connections().connectTimeout())
                .readTimeout(settings.connections().readTimeout())
                .writeTimeout(settings.connections().readTimeout())
                .retryOnConnectionFailure(false)
                .followRedirects(false)
                .followSslRedirects(false)
                // One request at a time on a connection, so that the limits on requests are limits on connections too.
                .protocols(List.of(Protocol.HTTP_1_1))
                .connectionPool(new ConnectionPool(
                        settings.connections().inAll(),
                        settings.connections().idleTimeout().toMillis(),
                        TimeUnit.MILLISECONDS))
                .eventListenerFactory(call -> call.request().tag(Sending.class));
        if (settings.trustManager() != null) {
            builder.sslSocketFactory(context(settings).getSocketFactory(), settings.trustManager());
        }
        client = builder.build();
    }

    private static SSLContext context(GraphSettings settings) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {settings.trustManager()}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JVM has no TLS", e);
        }
    }

    /** Knows whether a request may have left as a whole: before that, nothing can have been carried out. */
    private static final class Sending extends EventListener {
        private final AtomicBoolean begun = new AtomicBoolean();

        @Override
        public void requestHeadersStart(Call call) {
            begun.set(call.request().body() == null);
        }

        @Override
        public void requestBodyEnd(Call call, long byteCount) {
            begun.set(true);
        }
    }

    /**
     * @param token null: none, for an upload session, whose URL is its own key
     * @param range {@code Content-Range} of the body; null: none
     * @param end when to give up, by {@link System#nanoTime()}
     * @throws TransportException where the request has not been sent
     * @throws IOException where it may have been carried out
     */
    GraphAnswer send(GraphRequest request, String token, String range, long end)
            throws IOException, TransportException {
        Sending sending = new Sending();
        Request.Builder builder =
                new Request.Builder().url(request.uri().toString()).tag(Sending.class, sending);
        builder.header(GraphRequest.ID, UUID.randomUUID().toString());
        if (token != null) {
            builder.header("Authorization", "Bearer " + token).header(GraphRequest.PREFER, GraphRequest.IMMUTABLE_IDS);
        }
        if (range != null) {
            builder.header("Content-Range", range);
        }
        boolean bodiless = request.method().equals("GET") || request.method().equals("DELETE");
        MediaType type = range == null ? JSON_TYPE : MediaType.get("application/octet-stream");
        builder.method(request.method(), bodiless ? null : RequestBody.create(request.body(), type));
        Call call = client.newCall(builder.build());
        call.timeout().timeout(Math.max(1, end - System.nanoTime()), TimeUnit.NANOSECONDS);
        try (Response response = call.execute()) {
            return new GraphAnswer(
                    response.code(),
                    RetryAfter.parse(response.header("Retry-After")),
                    json(response.body().source()));
        } catch (IOException e) {
            if (sending.begun.get()) {
                throw e;
            }
            throw TransportError.passing(
                            Fault.UNREACHABLE,
                            "no connection to " + request.uri().getAuthority() + ": "
                                    + e.getClass().getSimpleName() + " " + e.getMessage())
                    .thrown();
        }
    }

    private static JsonNode json(BufferedSource source) throws IOException {
        if (source.request(LONGEST_ANSWER + 1L)) {
            throw new IOException("an answer of more than " + LONGEST_ANSWER + " bytes");
        }
        return GraphJson.read(source.readByteArray());
    }

    /** Calls in progress end as lost. */
    @Override
    public void close() {
        client.dispatcher().cancelAll();
        client.connectionPool().evictAll();
    }
}
