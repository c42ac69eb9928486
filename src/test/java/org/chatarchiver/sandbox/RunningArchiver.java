package org.chatarchiver.sandbox;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.chatarchiver.ChatArchiver;
import org.chatarchiver.collect.RunStarts;
import org.chatarchiver.collect.Started;
import org.chatarchiver.ledger.RunReport;
import org.chatarchiver.ledger.RunReports;
import org.chatarchiver.security.AdminPassword;
import org.springframework.boot.Banner;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import reactor.core.publisher.Mono;

/** The archiver itself, started in this JVM with settings of its own. */
public final class RunningArchiver implements AutoCloseable {
    private final ConfigurableApplicationContext context;

    private RunningArchiver(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /** Settings under which an archiver is started. */
    public static final class Settings {
        private final Map<String, String> values = new LinkedHashMap<>();
        private String token;
        private Clock clock;

        public Settings(ArchiverHome home, FeedSimulator feed) {
            set("archiver.routes", home.routes());
            set("archiver.data", home.data());
            set("archiver.telemessage.base-url", feed.baseUrl());
            set("server.port", 0);
            set("archiver.sweep", 2000);
            set("archiver.sweep-runs", 1000);
            // The mapping files are whole before the archiver starts.
            set("archiver.mapping.settle", "1ms");
        }

        /** With its ledger there, in place of H2. */
        public Settings on(EmbeddedPostgres postgres) {
            return set("spring.datasource.url", postgres.getJdbcUrl("postgres", "postgres"))
                    .set("spring.datasource.username", "postgres")
                    .set("spring.datasource.password", "postgres");
        }

        public Settings set(String name, Object value) {
            values.put(name, value.toString());
            return this;
        }

        /** Whose time it is for the archiver, in place of this machine's. */
        public Settings clock(Clock other) {
            clock = other;
            return this;
        }

        /** IMAP over TLS with XOAUTH2, at a server whose certificate stands in a PKCS#12 trust store. */
        public Settings oauth(String host, int port, Path trustStore, String password, String accessToken) {
            token = accessToken;
            return imap(host, port, trustStore, password).set("archiver.exchange.imap.auth", "xoauth2");
        }

        /** As {@link #oauth(String, int, Path, String, String)}, at a server in this JVM. */
        public Settings oauth(EmbeddedMailServer mail) {
            return oauth(
                    "localhost",
                    mail.securePort(),
                    mail.certificate().trustStore(),
                    mail.certificate().password(),
                    mail.token());
        }

        /** IMAP over TLS with SASL PLAIN. */
        public Settings plain(String host, int port, Path trustStore, String password, String user, String secret) {
            return imap(host, port, trustStore, password)
                    .set("archiver.exchange.imap.auth", "plain")
                    .set("archiver.exchange.imap.username", user)
                    .set("archiver.exchange.imap.password", secret);
        }

        /** Microsoft Graph. */
        public Settings graph(URI baseUrl, String accessToken) {
            token = accessToken;
            return set("archiver.exchange.transport", "graph").set("archiver.exchange.graph.base-url", baseUrl);
        }

        /** Exchange Web Services, at a server whose certificate stands in a PKCS#12 trust store. */
        public Settings ews(Object url, String user, String secret, Path trustStore, String password) {
            return trusting(trustStore, password)
                    .set("archiver.exchange.transport", "ews")
                    .set("archiver.exchange.ews.url", url)
                    .set("archiver.exchange.ews.username", user)
                    .set("archiver.exchange.ews.password", secret);
        }

        private Settings imap(String host, int port, Path trustStore, String password) {
            return trusting(trustStore, password)
                    .set("archiver.exchange.imap.host", host)
                    .set("archiver.exchange.imap.port", port);
        }

        private Settings trusting(Path trustStore, String password) {
            return set("archiver.exchange.ssl-bundle", "mail")
                    .set("spring.ssl.bundle.jks.mail.truststore.location", "file:" + trustStore)
                    .set("spring.ssl.bundle.jks.mail.truststore.type", "PKCS12")
                    .set("spring.ssl.bundle.jks.mail.truststore.password", password);
        }

        /** For a command, of the archiver's settings alone. */
        public List<String> arguments() {
            return values.entrySet().stream()
                    .map(value -> "--" + value.getKey() + "=" + value.getValue())
                    .toList();
        }

        public RunningArchiver start() {
            SpringApplicationBuilder builder =
                    new SpringApplicationBuilder(ChatArchiver.class).bannerMode(Banner.Mode.OFF);
            if (token != null) {
                TokenCredential fixed = request -> Mono.just(new AccessToken(
                        token, OffsetDateTime.now(ZoneOffset.UTC).plusHours(1)));
                builder.initializers(context -> context.getBeanFactory().registerSingleton("tokenCredential", fixed));
            }
            if (clock != null) {
                builder.initializers(context -> context.getBeanFactory().registerSingleton("clock", clock));
            }
            Map<String, String> all = new LinkedHashMap<>(values);
            try {
                all.putAll(AdminOfTests.beside(values));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return new RunningArchiver(builder.run(all.entrySet().stream()
                    .map(setting -> "--" + setting.getKey() + "=" + setting.getValue())
                    .toArray(String[]::new)));
        }
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    public boolean has(Class<?> type) {
        return context.getBeanNamesForType(type).length > 0;
    }

    /** The port of the REST API on 127.0.0.1. */
    public int port() {
        return ((ServletWebServerApplicationContext) context).getWebServer().getPort();
    }

    public AdminPassword admin() {
        return bean(AdminPassword.class);
    }

    /** @throws IllegalStateException if it cannot be started */
    public String start(String connector, boolean dry, Instant from, Instant to) {
        Started started = bean(RunStarts.class).start(connector, dry, from, to, "ada");
        if (started instanceof Started.Running running) {
            return running.run().id();
        }
        throw new IllegalStateException("No run of " + connector + ": " + started);
    }

    public RunReport report(String run) {
        return bean(RunReports.class).of(run).orElseThrow();
    }

    @Override
    public void close() {
        context.close();
    }
}
