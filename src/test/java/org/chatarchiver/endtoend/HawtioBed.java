package org.chatarchiver.endtoend;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.chatarchiver.sandbox.ArchiverHome;
import org.chatarchiver.sandbox.EmbeddedMailServer;
import org.chatarchiver.sandbox.RunningArchiver;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

/** An archiver with an administrator, two readers and something archived, to be looked at in Hawtio. */
final class HawtioBed implements AutoCloseable {
    static final String ADMIN = "ada";
    static final String READER = "rita";
    static final String GUESSED = "gus";
    static final String PASSWORD = "canary-of-a-user's-password";
    static final String CLIENT_SECRET = "canary-of-a-client-secret";
    static final String WEBHOOK = "http://127.0.0.1:9/canary-of-a-webhook";
    static final String TEXT = "canary-of-a-message";

    private final EmbeddedMailServer mail;
    private final TestBed bed;

    HawtioBed(Path folder) throws IOException {
        this(folder, settings -> settings);
    }

    HawtioBed(Path folder, UnaryOperator<RunningArchiver.Settings> more) throws IOException {
        forgetOthers();
        String hash = "{bcrypt}" + new BCryptPasswordEncoder().encode(PASSWORD);
        mail = new EmbeddedMailServer(0, folder.resolve("mail"));
        UnaryOperator<RunningArchiver.Settings> server = settings -> {
            user(TestBed.with(mail).apply(settings), 0, ADMIN, hash, "DATA_CONNECTOR_ADMIN");
            user(settings, 1, READER, hash, "COMPLIANCE_READER");
            return more.apply(user(settings, 2, GUESSED, hash, "COMPLIANCE_READER"))
                    .set("archiver.azure-ad.tenant-id", "contoso")
                    .set("archiver.azure-ad.client-id", "archiver")
                    .set("archiver.azure-ad.client-secret", CLIENT_SECRET)
                    .set("webhook", WEBHOOK);
        };
        bed = TestBed.start(folder, server, HawtioBed::webhook);
        TestBed.Window window = bed.window();
        bed.add(window, TestBed.text("shown-1", TEXT));
        bed.add(window, TestBed.text("shown-2", TEXT + " again").put("msisdn", "+447700900999"));
        bed.run(window);
    }

    /** Camel contexts of earlier tests in this JVM, which Hawtio would show beside the archiver's. */
    private static void forgetOthers() {
        MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
        try {
            for (ObjectName name : beans.queryNames(new ObjectName("org.apache.camel:*"), null)) {
                beans.unregisterMBean(name);
            }
        } catch (JMException e) {
            throw new IllegalStateException("The contexts of earlier tests cannot be forgotten", e);
        }
    }

    /** A route that nothing calls, with the ways to send to an address that a setting holds. */
    private static void webhook(ArchiverHome home) throws IOException {
        Files.writeString(home.routes().resolve("webhook.camel.yaml"), """
                - route:
                    id: webhook
                    description: Tells another system.
                    from:
                      uri: direct:webhook
                      steps:
                        - to: "{{webhook}}"
                        - to:
                            uri: "{{webhook}}"
                            parameters:
                              httpMethod: POST
                        - toD:
                            uri: "{{webhook}}"
                        - toD:
                            uri: "{{webhook}}/${header.entry}"
                        - wireTap:
                            uri: "{{webhook}}/tap"
                        - enrich:
                            expression:
                              constant:
                                expression: "{{webhook}}/more"
                """);
    }

    static RunningArchiver.Settings user(
            RunningArchiver.Settings settings, int index, String name, String hash, String role) {
        String prefix = "archiver.security.users[" + index + "].";
        return settings.set(prefix + "username", name)
                .set(prefix + "password", hash)
                .set(prefix + "roles", role);
    }

    TestBed bed() {
        return bed;
    }

    EmbeddedMailServer mail() {
        return mail;
    }

    int port() {
        return bed.archiver().port();
    }

    HawtioClient as(String user) throws IOException, InterruptedException {
        return HawtioClient.of(port(), user, PASSWORD);
    }

    @Override
    public void close() throws IOException {
        bed.close();
        mail.close();
    }
}
