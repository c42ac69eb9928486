package org.chatarchiver.oidc;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpRequest;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.BufferingClientHttpRequestFactory;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.converter.FormHttpMessageConverter;
import org.springframework.http.converter.StringHttpMessageConverter;
import org.springframework.security.oauth2.client.http.OAuth2ErrorResponseErrorHandler;
import org.springframework.security.oauth2.core.http.converter.OAuth2AccessTokenResponseHttpMessageConverter;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;

/**
 * Asks issuers. An answer has 10 seconds and one megabyte, and a few are asked for at a time: whoever has us ask a slow one cannot take
 * the console away from the others. Redirects are not followed.
 */
final class IssuerHttp implements ClientHttpRequestInterceptor {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final int MOST_BYTES = 1024 * 1024;
    private static final int AT_A_TIME = 8;

    private final Semaphore free = new Semaphore(AT_A_TIME);
    private final ClientHttpRequestFactory requests;

    IssuerHttp(SSLContext tls) {
        JdkClientHttpRequestFactory jdk = new JdkClientHttpRequestFactory(HttpClient.newBuilder()
                .connectTimeout(CONNECT)
                .sslContext(tls)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build());
        jdk.setReadTimeout(ANSWER);
        requests = new BufferingClientHttpRequestFactory(jdk);
    }

    /** For documents. */
    RestTemplate documents() {
        RestTemplate rest = new RestTemplate(List.of(new StringHttpMessageConverter()));
        rest.setRequestFactory(requests);
        rest.setInterceptors(List.of(this));
        return rest;
    }

    /** For tokens. */
    RestClient tokens() {
        return RestClient.builder()
                .requestFactory(requests)
                .requestInterceptor(this)
                .messageConverters(converters -> {
                    converters.clear();
                    converters.add(new FormHttpMessageConverter());
                    converters.add(new OAuth2AccessTokenResponseHttpMessageConverter());
                })
                .defaultStatusHandler(new OAuth2ErrorResponseErrorHandler())
                .build();
    }

    @Override
    public ClientHttpResponse intercept(HttpRequest request, byte[] body, ClientHttpRequestExecution execution)
            throws IOException {
        if (!entered()) {
            throw new IOException("Too many log-ins wait for the issuer");
        }
        try (ClientHttpResponse response = execution.execute(request, body)) {
            byte[] bytes = response.getBody().readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw new IOException("The issuer's answer has more than " + MOST_BYTES + " bytes");
            }
            return new Whole(response.getStatusCode(), response.getStatusText(), response.getHeaders(), bytes);
        } finally {
            free.release();
        }
    }

    private boolean entered() {
        try {
            return free.tryAcquire(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private record Whole(HttpStatusCode status, String text, HttpHeaders headers, byte[] bytes)
            implements ClientHttpResponse {
        @Override
        public HttpStatusCode getStatusCode() {
            return status;
        }

        @Override
        public String getStatusText() {
            return text;
        }

        @Override
        public HttpHeaders getHeaders() {
            return headers;
        }

        @Override
        public InputStream getBody() {
            return new ByteArrayInputStream(bytes);
        }

        @Override
        public void close() {
            // All of it has been read.
        }
    }
}
