package org.chatarchiver.msexchange.transport.graph;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.security.GeneralSecurityException;
import java.util.UUID;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.client5.http.ssl.ClientTlsStrategyBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.chatarchiver.msexchange.transport.ConnectionSettings;
import org.chatarchiver.msexchange.transport.Fault;
import org.chatarchiver.msexchange.transport.Fence;
import org.chatarchiver.msexchange.transport.RetryAfter;
import org.chatarchiver.msexchange.transport.ShutException;
import org.chatarchiver.msexchange.transport.TransportError;
import org.chatarchiver.msexchange.transport.TransportException;

/**
 * Sends requests, each once: the HTTP client's own retries and redirects are off. What may be sent again, and when, depends on what the
 * answer leaves in doubt. Safe for use by many threads.
 */
final class GraphHttp implements AutoCloseable {
    /** Twenty messages as the server gives them back, which is without attachments. */
    private static final int LONGEST_ANSWER = 16 * 1024 * 1024;

    /** Unused for longer, a connection is looked at before it is used: servers and firewalls drop connections silently. */
    private static final TimeValue LOOK_AFTER = TimeValue.ofMilliseconds(500);

    private static final ContentType JSON_TYPE = ContentType.create("application/json");
    private static final String SENDING = Sending.class.getName();

    private final CloseableHttpClient client;
    private final ScheduledThreadPoolExecutor ends;

    GraphHttp(GraphSettings settings) {
        ConnectionSettings connections = settings.connections();
        Timeout read = Timeout.of(connections.readTimeout());
        client = HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setTlsSocketStrategy(ClientTlsStrategyBuilder.create()
                                .setSslContext(context(settings))
                                .buildClassic())
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(Timeout.of(connections.connectTimeout()))
                                .setSocketTimeout(read)
                                .setValidateAfterInactivity(LOOK_AFTER)
                                .build())
                        .setMaxConnTotal(connections.inAll())
                        .setMaxConnPerRoute(connections.inAll())
                        .build())
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(Timeout.of(connections.leaseTimeout()))
                        .setResponseTimeout(read)
                        .setConnectionKeepAlive(TimeValue.of(connections.idleTimeout()))
                        .setRedirectsEnabled(false)
                        .build())
                // Behind what connects.
                .addExecInterceptorLast("sending", (request, scope, chain) -> {
                    ((Sending) scope.clientContext.getAttribute(SENDING)).connected = true;
                    return chain.proceed(request, scope);
                })
                .setUserAgent("microsoft-exchange")
                .evictIdleConnections(TimeValue.of(connections.idleTimeout()))
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .build();
        ends = new ScheduledThreadPoolExecutor(1, work -> {
            Thread thread = new Thread(work, "graph-ends");
            thread.setDaemon(true);
            return thread;
        });
        ends.setRemoveOnCancelPolicy(true);
        ends.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
    }

    private static SSLContext context(GraphSettings settings) {
        try {
            if (settings.trustManager() == null) {
                return SSLContext.getDefault();
            }
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {settings.trustManager()}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JVM has no TLS", e);
        }
    }

    /** Knows whether a request may have left as a whole: before that, nothing can have been carried out. */
    private static final class Sending {
        private final FencedBody body;
        private volatile boolean connected;

        /** @param body null: none */
        Sending(FencedBody body) {
            this.body = body;
        }

        boolean begun() {
            return body == null ? connected : body.complete();
        }
    }

    /**
     * @param token null: none, for an upload session, whose URL is its own key
     * @param range {@code Content-Range} of the body; null: none
     * @param end when to give up, by {@link System#nanoTime()}
     * @param fence of what it changes
     * @throws TransportException where the request has not been sent
     * @throws IOException where it may have been carried out
     */
    GraphAnswer send(GraphRequest request, String token, String range, long end, Fence fence)
            throws IOException, TransportException {
        HttpUriRequestBase sent = new HttpUriRequestBase(request.method(), request.uri());
        sent.setHeader(GraphRequest.ID, UUID.randomUUID().toString());
        if (token != null) {
            sent.setHeader("Authorization", "Bearer " + token);
            sent.setHeader(GraphRequest.PREFER, GraphRequest.IMMUTABLE_IDS);
        }
        if (range != null) {
            sent.setHeader("Content-Range", range);
        }
        boolean bodiless = request.method().equals("GET") || request.method().equals("DELETE");
        FencedBody body = bodiless
                ? null
                : new FencedBody(
                        request.body(), range == null ? JSON_TYPE : ContentType.APPLICATION_OCTET_STREAM, fence);
        sent.setEntity(body);
        Sending sending = new Sending(body);
        HttpClientContext context = HttpClientContext.create();
        context.setAttribute(SENDING, sending);
        Future<?> over = ends.schedule(sent::cancel, Math.max(1, end - System.nanoTime()), TimeUnit.NANOSECONDS);
        try {
            fence.check();
            return client.execute(sent, context, GraphHttp::answer);
        } catch (ShutException e) {
            throw e.error().thrown();
        } catch (IOException | IllegalStateException e) {
            // The latter where the client has been closed.
            if (sending.begun()) {
                throw lost(sent, e);
            }
            throw TransportError.passing(
                            Fault.UNREACHABLE,
                            "no connection to " + request.uri().getAuthority() + ": "
                                    + e.getClass().getSimpleName() + " " + e.getMessage())
                    .thrown();
        } finally {
            over.cancel(false);
        }
    }

    /** A call that was ended because its time was over fails as a socket's time-out does. */
    private static IOException lost(HttpUriRequestBase sent, Exception e) {
        if (sent.isCancelled()) {
            InterruptedIOException over = new InterruptedIOException("timeout");
            over.initCause(e);
            return over;
        }
        return e instanceof IOException lost ? lost : new IOException(e);
    }

    private static GraphAnswer answer(ClassicHttpResponse response) throws IOException {
        Header retryAfter = response.getFirstHeader("Retry-After");
        return new GraphAnswer(
                response.getCode(),
                RetryAfter.parse(retryAfter == null ? null : retryAfter.getValue()),
                json(response.getEntity()));
    }

    private static JsonNode json(HttpEntity entity) throws IOException {
        byte[] bytes = new byte[0];
        if (entity != null) {
            try (InputStream content = entity.getContent()) {
                bytes = content.readNBytes(LONGEST_ANSWER + 1);
            }
        }
        if (bytes.length > LONGEST_ANSWER) {
            throw new IOException("an answer of more than " + LONGEST_ANSWER + " bytes");
        }
        return GraphJson.read(bytes);
    }

    /** Calls in progress end as lost. */
    @Override
    public void close() {
        client.close(CloseMode.IMMEDIATE);
        ends.shutdownNow();
    }
}
