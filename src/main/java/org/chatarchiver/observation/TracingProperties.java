package org.chatarchiver.observation;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;
import org.chatarchiver.message.Printable;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Traces of polls, pages and deliveries, by OTLP over HTTP.
 *
 * @param endpoint of the collector, such as {@code https://collector.example.com/v1/traces}: https, or http on this machine only; empty for no traces
 * @param authorization value of the header {@code Authorization} for the collector, such as {@code Bearer ...}; secret
 * @param sslBundle name of a bundle {@code spring.ssl.bundle.*} whose certificates are trusted; empty for the JVM's
 * @param sampling which part of the pages is traced, from 0 to 1; the same pages in all archivers
 * @param timeout how long the collector may take for an answer
 */
@Validated
@ConfigurationProperties("archiver.tracing")
public record TracingProperties(
        @DefaultValue("") String endpoint,
        @DefaultValue("") String authorization,
        @DefaultValue("") String sslBundle,

        @DefaultValue("1.0") @DecimalMin("0") @DecimalMax("1") double sampling,

        @DefaultValue("10s") @DurationMin(millis = 1) Duration timeout) {

    private static final String SETTING = "archiver.tracing.endpoint";
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[::1]");

    public TracingProperties {
        endpoint = endpoint.strip();
        authorization = authorization.strip();
        if (!endpoint.isEmpty()) {
            requireSafe(endpoint);
        }
        if (!authorization.chars().allMatch(c -> c >= ' ' && c <= '~')) {
            throw new IllegalArgumentException(
                    "archiver.tracing.authorization is no value of a header: it has other characters than printable ASCII");
        }
    }

    private static void requireSafe(String url) {
        URI uri;
        try {
            uri = URI.create(url);
        } catch (IllegalArgumentException e) {
            // Not shown where there may be a password in it.
            String shown = url.matches("[^@?#]*") ? " " + Printable.quoted(url) : "";
            throw new IllegalArgumentException(
                    SETTING + shown + " is no URL: give it as https://host[:port]/v1/traces");
        }
        // A password in it would be shown by whatever shows the setting.
        if (uri.getRawUserInfo() != null || uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw new IllegalArgumentException(
                    SETTING
                            + " holds a log-in, a query or a fragment: take it out; what the collector asks for goes into archiver.tracing.authorization");
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        boolean local = uri.getHost() != null
                && LOOPBACK.matcher(uri.getHost().toLowerCase(Locale.ROOT)).matches();
        if (uri.getHost() == null || !(scheme.equals("https") || scheme.equals("http") && local)) {
            throw new IllegalArgumentException(SETTING + " " + Printable.quoted(url)
                    + " must be https://host[:port]/v1/traces; http:// is for this machine only");
        }
    }

    /** Without what is secret. */
    @Override
    public String toString() {
        return "TracingProperties[endpoint=" + endpoint + ", sampling=" + sampling + "]";
    }
}
