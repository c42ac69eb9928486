package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;

/** What the jar says that it is made of (CycloneDX 1.6). Runs behind {@code mvn package}. */
class BillOfMaterialsIT {
    private static final Path JAR = Path.of(System.getProperty("archiver.jar"));
    private static final String PLACE = "META-INF/sbom/application.cdx.json";
    private static final String LIBRARIES = "BOOT-INF/lib/";

    /** Spring Boot's own tools, which its plugin adds, and Hawtio, which is shipped without its sources. */
    private static final List<String> NOT_AS_PUBLISHED = List.of("spring-boot-jarmode-tools", "hawtio-springboot");

    private static final long MOST_BYTES = 80_000_000;

    @Test
    void everyLibraryOfTheJarIsNamedByItsDigest() throws Exception {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            Map<String, String> named = digests(components(jar));
            Map<String, String> shipped = new HashMap<>();
            for (JarEntry entry : jar.stream().toList()) {
                String name = entry.getName();
                if (name.startsWith(LIBRARIES)
                        && name.endsWith(".jar")
                        && NOT_AS_PUBLISHED.stream().noneMatch(other -> name.startsWith(LIBRARIES + other))) {
                    shipped.put(sha256(jar, entry), name);
                }
            }
            assertThat(shipped).hasSizeGreaterThan(150);
            assertThat(named.keySet()).containsAll(shipped.keySet());
            assertThat(named.values()).contains("camel-core-model 4.17.0", "hawtio-springboot 5.2.0");
            assertThat(named.values()).anyMatch(name -> name.matches("h2 \\d+\\.\\d+\\.\\d+"));
            assertThat(named.values()).noneMatch(name -> name.startsWith("junit-") || name.startsWith("selenium-"));
        }
    }

    @Test
    void itTellsNothingOfWhereAndWhenItWasBuiltAndLiesBesideTheJarToo() throws Exception {
        try (JarFile jar = new JarFile(JAR.toFile());
                InputStream in = jar.getInputStream(jar.getEntry(PLACE))) {
            byte[] bill = in.readAllBytes();
            JsonNode parsed = new ObjectMapper().readTree(bill);
            assertThat(parsed.path("metadata").has("timestamp")).isFalse();
            assertThat(parsed.has("serialNumber")).isFalse();
            assertThat(new String(bill, StandardCharsets.UTF_8))
                    .doesNotContain(System.getProperty("user.home"), System.getProperty("user.dir"), "file:/");
            assertThat(JAR.resolveSibling("application.cdx.json")).hasBinaryContent(bill);
            assertThat(jar.getManifest().getMainAttributes().getValue("Sbom-Location"))
                    .isEqualTo(PLACE);
        }
    }

    @Test
    void theJarStaysWithinItsSize() throws IOException {
        assertThat(Files.size(JAR)).isLessThan(MOST_BYTES);
    }

    private static JsonNode components(JarFile jar) throws IOException {
        try (InputStream in = jar.getInputStream(jar.getEntry(PLACE))) {
            return new ObjectMapper().readTree(in).path("components");
        }
    }

    /** Name and version by digest. */
    private static Map<String, String> digests(JsonNode components) {
        Map<String, String> digests = new HashMap<>();
        for (JsonNode component : components) {
            for (JsonNode hash : component.path("hashes")) {
                if (hash.path("alg").asText().equals("SHA-256")) {
                    digests.put(
                            hash.path("content").asText(),
                            component.path("name").asText() + " "
                                    + component.path("version").asText());
                }
            }
        }
        return digests;
    }

    private static String sha256(JarFile jar, JarEntry entry) throws Exception {
        try (InputStream in = jar.getInputStream(entry)) {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(in.readAllBytes()));
        }
    }
}
