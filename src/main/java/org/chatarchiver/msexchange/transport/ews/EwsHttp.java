package org.chatarchiver.msexchange.transport.ews;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.xml.stream.XMLStreamException;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.ClientTlsStrategyBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.chatarchiver.msexchange.transport.RetryAfter;

/** The HTTP client, and what its answers are. */
final class EwsHttp {
    /** Some hundred times what the largest answer that is asked for takes. */
    private static final int LARGEST_ANSWER = 8 << 20;

    /** Unused for longer, a connection is looked at before it is used: servers and firewalls drop connections silently. */
    private static final TimeValue LOOK_AFTER = TimeValue.ofMilliseconds(500);

    private EwsHttp() {}

    static CloseableHttpClient client(EwsSettings settings, EwsLogin login) {
        Timeout connect = Timeout.of(settings.connections().connectTimeout());
        Timeout read = Timeout.of(settings.connections().readTimeout());
        RequestConfig.Builder request = RequestConfig.custom()
                .setConnectionRequestTimeout(Timeout.of(settings.connections().leaseTimeout()))
                .setResponseTimeout(read)
                .setConnectionKeepAlive(TimeValue.of(settings.connections().idleTimeout()))
                .setRedirectsEnabled(false);
        HttpClientBuilder client = HttpClients.custom();
        login.configure(client, request);
        return client.setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setTlsSocketStrategy(ClientTlsStrategyBuilder.create()
                                .setSslContext(sslContext(settings))
                                .buildClassic())
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(connect)
                                .setSocketTimeout(read)
                                .setValidateAfterInactivity(LOOK_AFTER)
                                .build())
                        .setMaxConnTotal(settings.connections().inAll())
                        .setMaxConnPerRoute(settings.connections().inAll())
                        .build())
                .setDefaultRequestConfig(request.build())
                .setUserAgent("microsoft-exchange")
                .evictIdleConnections(TimeValue.of(settings.connections().idleTimeout()))
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableContentCompression()
                // Exchange's cookies tie the client to one mailbox's server.
                .disableCookieManagement()
                .build();
    }

    private static SSLContext sslContext(EwsSettings settings) {
        try {
            return settings.sslContext() == null ? SSLContext.getDefault() : settings.sslContext();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("the JVM has no TLS that can be used", e);
        }
    }

    /** @throws IOException where the answer was cut off or is none of EWS although its status says so */
    static EwsAnswer answer(ClassicHttpResponse response) throws IOException {
        int status = response.getCode();
        if (status != HttpStatus.SC_OK && status != HttpStatus.SC_INTERNAL_SERVER_ERROR) {
            return EwsAnswer.refused(EwsMessage.http(status, words(response), retryAfter(response)));
        }
        HttpEntity entity = response.getEntity();
        if (entity == null) {
            return unreadable(response, "without content");
        }
        try (InputStream content = new Bounded(entity.getContent())) {
            return EwsReader.read(content);
        } catch (XMLStreamException e) {
            if (e.getNestedException() instanceof IOException lost) {
                throw lost;
            }
            return unreadable(response, "that cannot be read");
        }
    }

    /** A fault comes with status 500; there may be more than one reason for a 500 without. */
    private static EwsAnswer unreadable(ClassicHttpResponse response, String how) throws IOException {
        if (response.getCode() == HttpStatus.SC_OK) {
            throw new IOException("an answer " + how);
        }
        return EwsAnswer.refused(EwsMessage.http(response.getCode(), words(response), retryAfter(response)));
    }

    /** Exchange says in a header of its own why it does not accept a token. */
    private static String words(ClassicHttpResponse response) {
        Header diagnostics = response.getFirstHeader("x-ms-diagnostics");
        String reason = response.getReasonPhrase() == null ? "" : response.getReasonPhrase();
        return diagnostics == null ? reason : reason + " " + diagnostics.getValue();
    }

    private static Duration retryAfter(ClassicHttpResponse response) {
        Header header = response.getFirstHeader("Retry-After");
        return header == null ? null : RetryAfter.parse(header.getValue());
    }

    private static final class Bounded extends FilterInputStream {
        private int left = LARGEST_ANSWER;

        Bounded(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            return counted(super.read(), 1);
        }

        @Override
        public int read(byte[] bytes, int from, int most) throws IOException {
            int count = super.read(bytes, from, most);
            return counted(count, count);
        }

        private int counted(int result, int count) throws IOException {
            left -= Math.max(result < 0 ? 0 : count, 0);
            if (left < 0) {
                throw new IOException("an answer of more than " + LARGEST_ANSWER + " bytes");
            }
            return result;
        }
    }
}
