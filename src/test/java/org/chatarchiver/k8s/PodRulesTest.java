package org.chatarchiver.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import org.chatarchiver.k8s.Manifests.Kind;
import org.chatarchiver.servers.RequiresProgram;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.util.unit.DataSize;

/** What every rendered pod keeps to. */
@RequiresProgram(Manifests.KUBECTL)
class PodRulesTest {
    @ParameterizedTest
    @MethodSource("org.chatarchiver.k8s.Manifests#each")
    void noContainerIsRootOrMayBecomeIt(Manifests manifests) {
        JsonNode pod = manifests.pod();
        assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
        assertThat(pod.at("/securityContext/runAsUser").asInt()).isEqualTo(10_001);
        assertThat(pod.at("/securityContext/fsGroup").asInt()).isEqualTo(10_001);
        assertThat(pod.at("/securityContext/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
        assertThat(pod.path("automountServiceAccountToken").asBoolean(true)).isFalse();
        assertThat(manifests.containers()).isNotEmpty().allSatisfy(container -> {
            JsonNode security = container.path("securityContext");
            assertThat(security.path("allowPrivilegeEscalation").asBoolean(true))
                    .isFalse();
            assertThat(security.at("/capabilities/drop"))
                    .extracting(JsonNode::asText)
                    .containsExactly("ALL");
            assertThat(security.path("capabilities").has("add")).isFalse();
            assertThat(security.has("runAsUser")).isFalse();
        });
    }

    @ParameterizedTest
    @MethodSource("org.chatarchiver.k8s.Manifests#each")
    void noContainerWritesBesideItsVolumes(Manifests manifests) {
        assertThat(manifests.containers()).allSatisfy(container -> {
            assertThat(container.at("/securityContext/readOnlyRootFilesystem").asBoolean())
                    .isTrue();
            assertThat(container.path("volumeMounts"))
                    .filteredOn(mount -> !mount.path("readOnly").asBoolean())
                    .extracting(mount -> mount.path("mountPath").asText())
                    .containsExactlyInAnyOrder("/srv/archiver/data", "/tmp");
        });
    }

    @ParameterizedTest
    @MethodSource("org.chatarchiver.k8s.Manifests#each")
    void everyContainerHasRequestsAndLimitsAndTheHeapIsLessThanHalfOfThem(Manifests manifests) {
        assertThat(manifests.containers()).allSatisfy(container -> {
            for (String kind : List.of("requests", "limits")) {
                for (String resource : List.of("cpu", "memory", "ephemeral-storage")) {
                    assertThat(container
                                    .path("resources")
                                    .path(kind)
                                    .path(resource)
                                    .asText())
                            .as("%s of %s", kind, resource)
                            .isNotEmpty();
                }
            }
            String limit = container.at("/resources/limits/memory").asText().replaceAll("(\\d+)Mi", "$1MB");
            assertThat(container.path("env"))
                    .filteredOn(one -> one.path("name").asText().equals("JDK_JAVA_OPTIONS"))
                    .singleElement()
                    .satisfies(flags -> {
                        String heap = flags.path("value").asText().replaceAll(".*-Xmx(\\d+)m.*", "$1MB");
                        assertThat(DataSize.parse(heap).toBytes() * 2)
                                .isLessThan(DataSize.parse(limit).toBytes());
                    });
        });
    }

    @ParameterizedTest
    @MethodSource("org.chatarchiver.k8s.Manifests#each")
    void theGracePeriodIsLongerThanAStop(Manifests manifests) throws IOException {
        Properties shipped = new Properties();
        try (InputStream in = PodRulesTest.class.getResourceAsStream("/application.properties")) {
            shipped.load(in);
        }
        int camel = Integer.parseInt(shipped.getProperty("camel.main.shutdown-timeout"));
        long web = DurationStyle.detectAndParse(
                        shipped.getProperty("spring.lifecycle.timeout-per-shutdown-phase", "30s"))
                .toSeconds();
        assertThat(manifests.pod().path("terminationGracePeriodSeconds").asLong())
                .isGreaterThan(camel + web + 15);
    }

    @ParameterizedTest
    @MethodSource("org.chatarchiver.k8s.Manifests#each")
    void noManifestHoldsASecretAndTheReadmeTellsToMakeEachThatIsMounted(Manifests manifests) throws IOException {
        assertThat(manifests.of(Kind.Secret)).isEmpty();
        manifests.configMap("chat-archiver-settings").fieldNames().forEachRemaining(key -> assertThat(key)
                .doesNotContainPattern("password|secret$|connection-string|users|datasource"));
        assertThat(manifests.containers())
                .allSatisfy(container -> container.path("env").forEach(one -> assertThat(
                                one.path("name").asText())
                        .doesNotContainPattern("PASSWORD|SECRET|CONNECTIONSTRING|USERS|DATASOURCE")));
        String readme = Files.readString(Path.of("k8s/README.md"));
        assertThat(manifests.pod().findValuesAsText("secretName"))
                .isNotEmpty()
                .allMatch(name -> readme.contains("create secret generic " + name + " "));
    }

    /** A {@code subPath} would stay as it was when the pod began. */
    @ParameterizedTest
    @MethodSource("org.chatarchiver.k8s.Manifests#each")
    void everyMountHasItsVolumeAndEveryConfigMapIsThere(Manifests manifests) {
        Set<String> mounted = new HashSet<>();
        manifests.container().path("volumeMounts").forEach(mount -> {
            mounted.add(mount.path("name").asText());
            assertThat(mount.has("subPath")).isFalse();
        });
        assertThat(manifests.pod().path("volumes"))
                .extracting(volume -> volume.path("name").asText())
                .containsExactlyInAnyOrderElementsOf(mounted);
        List<String> there = manifests.of(Kind.ConfigMap).stream()
                .map(map -> map.at("/metadata/name").asText())
                .toList();
        assertThat(manifests.pod().findValues("configMap"))
                .extracting(map -> map.path("name").asText())
                .isNotEmpty()
                .isSubsetOf(there);
    }
}
