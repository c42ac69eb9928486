package org.chatarchiver.alert;

import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.util.List;
import org.chatarchiver.msexchange.transport.Security;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Alerts by e-mail.
 *
 * @param to addresses that are told; empty for no mails at all
 * @param from address of the sender; required with to
 * @param host of the SMTP server; required with to
 * @param port of the SMTP server
 * @param security tls from the first byte, starttls, or none; a password is never sent in the clear to another machine
 * @param username for the SMTP server; empty for a server that asks for none
 * @param password for the SMTP server; secret
 * @param sslBundle name of a bundle {@code spring.ssl.bundle.*} whose certificates are trusted; empty for the JVM's
 * @param delay time after the start before the first look
 * @param period how often it is looked whether there is anything to tell
 * @param interval the least time between two mails of one cause
 */
@Validated
@ConfigurationProperties("archiver.alerts")
public record AlertProperties(
        @NotNull @DefaultValue List<@Email String> to,
        @NotNull @Email @DefaultValue("") String from,
        @NotNull @DefaultValue("") String host,
        @Min(1) @Max(65535) @DefaultValue("587") int port,
        @NotNull @DefaultValue("starttls") Security security,
        @NotNull @DefaultValue("") String username,
        @NotNull @DefaultValue("") String password,
        @NotNull @DefaultValue("") String sslBundle,
        @NotNull @DurationMin @DefaultValue("10s") Duration delay,

        @NotNull @DurationMin(millis = 100) @DefaultValue("1m")
        Duration period,

        @NotNull @DefaultValue("1h") Duration interval) {

    public AlertProperties {
        to = to.stream().filter(address -> !address.isBlank()).toList();
        if (!to.isEmpty() && (host.isBlank() || from.isBlank())) {
            throw new IllegalArgumentException(
                    "archiver.alerts.to is " + to + ", so archiver.alerts.host and archiver.alerts.from are needed");
        }
        if (!password.isEmpty() && security == Security.none && !host.matches("localhost|127\\..*|\\[?::1]?")) {
            throw new IllegalArgumentException("archiver.alerts.security=none would send archiver.alerts.password to "
                    + host + " in the clear; use tls or starttls");
        }
        if (interval.isNegative() || interval.isZero()) {
            throw new IllegalArgumentException("archiver.alerts.interval is " + interval + "; it must be above zero");
        }
    }

    boolean on() {
        return !to.isEmpty();
    }

    @Override
    public String toString() {
        return host + ":" + port + " to " + to;
    }
}
