package org.chatarchiver.audit;

import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.chatarchiver.message.Sha256;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationContext;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/** Tells the audit log when the archiver starts and stops, in which version and with which settings. */
@Component
class Lifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(Lifecycle.class);
    private static final String[] OURS = {"archiver.", "spring.", "server.", "management.", "logging.", "camel."};

    /** A digest over a secret would let it be guessed at. */
    private static final String SECRETS = ".*(password|secret|token|key|credential|connection-string).*";

    private final AuditNotes notes;
    private final AuditChain chain;
    private final ConfigurableEnvironment settings;
    private final ApplicationContext context;
    private volatile boolean started;

    Lifecycle(AuditNotes notes, AuditChain chain, ConfigurableEnvironment settings, ApplicationContext context) {
        this.notes = notes;
        this.chain = chain;
        this.settings = settings;
        this.context = context;
    }

    @EventListener(ApplicationReadyEvent.class)
    void ready() {
        started = true;
        notes.note(
                AuditAction.ARCHIVER_STARTED,
                AuditNotes.ARCHIVER,
                process(),
                Map.of("version", version(), "settings", digest()));
    }

    /** The database is closed behind this. */
    @EventListener
    void closed(ContextClosedEvent event) {
        if (started && event.getApplicationContext() == context) {
            try {
                notes.note(AuditAction.ARCHIVER_STOPPED, AuditNotes.ARCHIVER, process(), Map.of("version", version()));
                chain.append();
            } catch (DataAccessException unreachable) {
                LOG.warn("This stop is missing in the audit log, for the ledger cannot be reached");
            }
        }
    }

    /** As {@code 4711@host}. */
    private static String process() {
        return ManagementFactory.getRuntimeMXBean().getName();
    }

    private static String version() {
        String version = Lifecycle.class.getPackage().getImplementationVersion();
        return version == null ? "" : version;
    }

    /** Of the settings in force, {@code name=value} in the order of their names, a line each, without those that are secrets. */
    private String digest() {
        Map<String, String> all = new TreeMap<>();
        settings.getPropertySources().stream()
                .filter(EnumerablePropertySource.class::isInstance)
                .flatMap(source -> Stream.of(((EnumerablePropertySource<?>) source).getPropertyNames()))
                .filter(Lifecycle::isOurs)
                .forEach(name -> all.computeIfAbsent(name, settings::getProperty));
        StringBuilder lines = new StringBuilder();
        all.forEach(
                (name, value) -> lines.append(name).append('=').append(value).append('\n'));
        return Sha256.of(lines.toString());
    }

    private static boolean isOurs(String name) {
        String plain = name.toLowerCase(Locale.ROOT);
        return Stream.of(OURS).anyMatch(plain::startsWith) && !plain.matches(SECRETS);
    }
}
