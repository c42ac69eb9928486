package org.chatarchiver.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.chatarchiver.servers.Certificates;
import org.chatarchiver.servers.RequiresProgram;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

/**
 * A pod, of the image that the Dockerfile makes of the jar, starts with what its overlay has for it, beside the Secrets that the README
 * tells to make, and writes only where it may. Runs behind {@code mvn package}.
 */
@RequiresProgram(Manifests.KUBECTL)
class PodOfJarIT {
    private static final String CONNECTORS = "/srv/archiver/routes/connectors";
    private static final String NEVER = "0 0 0 1 1 ? 2099";
    private static final String MAPPING = """
            External User ID,Microsoft 365 User Mailbox
            +447700900123,ann@contoso.example
            """;

    @TempDir
    static Path build;

    private static Image image;

    @TempDir
    Path folder;

    @BeforeAll
    static void build() throws Exception {
        image = new Image(build.resolve("image"), Path.of(System.getProperty("archiver.jar")));
        assertThat(image.user()).isEqualTo(10_001);
        if (ImageStart.isRoot()) {
            // What JUnit makes is its own user's alone.
            ImageStart.run("chmod", "-R", "a+rX", build.toString());
        }
    }

    private List<String> program(PodFiles files) throws IOException {
        return new ImageStart(image).program(files, folder);
    }

    private static void isImageUsers(PodFiles files) throws IOException {
        if (ImageStart.isRoot()) {
            assertThat(Files.getAttribute(files.at("/srv/archiver/data/routes"), "unix:uid"))
                    .isEqualTo(image.user());
        }
    }

    @Test
    void theSandboxStartsAndTakesAnEditOfAConfigMapWithoutARestart() throws Exception {
        Manifests manifests = Manifests.of("sandbox");
        PodFiles files = new PodFiles(folder.resolve("pod"), manifests, secrets());
        List<String> before = files.rest();
        try (PodProcess pod = PodProcess.start(files, program(files), folder.resolve("pod.log"))) {
            pod.ready();
            isImageUsers(files);
            JsonNode connectors = pod.get("/api/connectors");
            assertThat(connectors.findValuesAsText("id")).contains("wechat", "whatsapp");
            assertThat(pod.get("/api/routes").path("problems")).isEmpty();
            assertThat(connectors.findValuesAsText("schedule")).containsOnly("0 15 2 * * ?");
            assertThat(pod.log()).doesNotContain("Not in force", "Connector left out", "The secret", "ERROR");
            assertThat(files.rest()).isEqualTo(before);
            assertThat(files.at("/srv/archiver/data/ledger")).isNotEmptyDirectory();

            files.exchange(CONNECTORS, withSchedule(manifests));
            await("the edit of the ConfigMap")
                    .atMost(Duration.ofSeconds(90))
                    .until(() -> pod.get("/api/connectors").findValuesAsText("schedule").stream()
                            .allMatch(NEVER::equals));
            assertThat(pod.get("/api/routes").path("problems")).isEmpty();

            assertThat(pod.stop(Duration.ofSeconds(60))).isEqualTo(143);
            assertThat(pod.log()).doesNotContain("ERROR");
        }
    }

    private static Map<String, String> withSchedule(Manifests manifests) {
        Map<String, String> edited = new TreeMap<>();
        manifests
                .configMap("chat-archiver-connectors")
                .fields()
                .forEachRemaining(file ->
                        edited.put(file.getKey(), file.getValue().asText().replace("0 15 2 * * ?", NEVER)));
        return edited;
    }

    /** Both at once, as behind an upgrade. */
    @ParameterizedTest
    @ValueSource(strings = {"azure", "gcc-high", "broker"})
    void twoStartTogetherOnAnEmptyLedger(String overlay) throws Exception {
        Manifests manifests = Manifests.of(overlay);
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
            Map<String, Map<String, String>> secrets = secrets();
            secrets.put(
                    "chat-archiver-ledger",
                    Map.of(
                            "spring.datasource.url", postgres.getJdbcUrl("postgres", "postgres"),
                            "spring.datasource.username", "postgres",
                            "spring.datasource.password", "postgres"));
            PodFiles files = new PodFiles(folder.resolve("one"), manifests, secrets);
            PodFiles others = new PodFiles(folder.resolve("other"), manifests, secrets);
            List<String> before = files.rest();
            try (PodProcess pod = PodProcess.start(files, program(files), folder.resolve("one.log"));
                    PodProcess other = PodProcess.start(others, program(others), folder.resolve("other.log"))) {
                for (PodProcess one : List.of(pod, other)) {
                    one.ready();
                    assertThat(one.get("/actuator/health")
                                    .at("/components/db/details/database")
                                    .asText())
                            .contains("PostgreSQL");
                    assertThat(one.get("/api/connectors").findValuesAsText("id"))
                            .contains("wechat", "whatsapp");
                    assertThat(one.log()).doesNotContain("ManagedIdentity", "DefaultAzureCredential");
                    assertThat(one.get("/actuator/health")
                                    .at("/components/broker/status")
                                    .asText())
                            .as("there is none here")
                            .isEqualTo(overlay.equals("broker") ? "DEGRADED" : "");
                }
                assertThat(files.rest()).isEqualTo(before);
                assertThat(files.at("/srv/archiver/data/ledger")).isEmptyDirectory();
            }
        }
    }

    /** Those that the README tells to make, but for the ledger's. */
    private Map<String, Map<String, String>> secrets() throws IOException {
        Path store = folder.resolve("api.p12");
        Certificates.make(store, "changeit");
        Path certificate = folder.resolve("api.crt");
        Path key = folder.resolve("api.key");
        Certificates.exportPem(store, "changeit", certificate, key);
        Map<String, Map<String, String>> secrets = new HashMap<>();
        secrets.put(
                "chat-archiver-tls",
                Map.of("tls.crt", Files.readString(certificate), "tls.key", Files.readString(key)));
        secrets.put("chat-archiver-users", Map.of("users.properties", """
                archiver.security.users[0].username=%s
                archiver.security.users[0].password={bcrypt}%s
                archiver.security.users[0].roles=DATA_CONNECTOR_ADMIN
                """.replaceFirst("%s", PodProcess.USER)
                .replace("%s", new BCryptPasswordEncoder().encode(PodProcess.PASSWORD))));
        secrets.put("chat-archiver-mapping", Map.of("wechat.csv", MAPPING, "whatsapp.csv", MAPPING));
        // Without it the identity of the machine would be asked for, at its metadata service.
        secrets.put("chat-archiver-secrets", Map.of("archiver.azure-ad.client-secret", "secret"));
        secrets.put(
                "chat-archiver-broker", Map.of("password", "broker-secret", "ca.crt", Files.readString(certificate)));
        for (String connector : List.of("wechat", "whatsapp")) {
            secrets.put("chat-archiver-" + connector, Map.of("password", "feed-secret"));
        }
        return secrets;
    }
}
