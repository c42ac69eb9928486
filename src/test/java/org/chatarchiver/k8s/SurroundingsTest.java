package org.chatarchiver.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.chatarchiver.k8s.Manifests.Kind;
import org.chatarchiver.servers.RequiresProgram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What stands around the pods fits them. */
@RequiresProgram(Manifests.KUBECTL)
class SurroundingsTest {
    private static final String SETTINGS = "chat-archiver-settings";
    private static final String LINK_LOCAL = "169.254.0.0/16";

    @ParameterizedTest
    @MethodSource("org.chatarchiver.k8s.Manifests#each")
    void everyPolicyAndServiceSelectsThePods(Manifests manifests) {
        JsonNode labels = manifests.deployment().at("/spec/template/metadata/labels");
        assertThat(manifests.of(Kind.NetworkPolicy))
                .isNotEmpty()
                .allSatisfy(policy -> selects(policy.at("/spec/podSelector/matchLabels"), labels));
        List<JsonNode> others = manifests.all().stream()
                .filter(one -> Set.of("Service", "PodDisruptionBudget", "Deployment", "ServiceMonitor")
                        .contains(one.path("kind").asText()))
                .toList();
        assertThat(others).hasSizeGreaterThan(2).allSatisfy(one -> {
            JsonNode selector = one.at("/spec/selector");
            JsonNode wanted = selector.has("matchLabels") ? selector.path("matchLabels") : selector;
            assertThat(wanted).isNotEmpty();
            selects(wanted, labels);
        });
        manifests
                .pod()
                .path("topologySpreadConstraints")
                .forEach(one -> selects(one.at("/labelSelector/matchLabels"), labels));
    }

    private static void selects(JsonNode wanted, JsonNode labels) {
        wanted.fields().forEachRemaining(label -> assertThat(labels.path(label.getKey()))
                .isEqualTo(label.getValue()));
    }

    @ParameterizedTest
    @MethodSource("org.chatarchiver.k8s.Manifests#each")
    void whateverIsNotNamedIsDenied(Manifests manifests) {
        List<JsonNode> policies = manifests.of(Kind.NetworkPolicy);
        assertThat(policies).anySatisfy(policy -> {
            assertThat(policy.at("/spec/podSelector")).isEmpty();
            assertThat(policy.at("/spec/policyTypes"))
                    .extracting(JsonNode::asText)
                    .containsExactly("Ingress", "Egress");
            assertThat(policy.path("spec").has("ingress")).isFalse();
            assertThat(policy.path("spec").has("egress")).isFalse();
        });
        Set<Integer> ports = new HashSet<>();
        policies.forEach(policy -> policy.at("/spec/egress").forEach(rule -> {
            assertThat(rule.path("to")).isNotEmpty();
            rule.path("ports").forEach(port -> ports.add(port.path("port").asInt()));
        }));
        boolean postgres = manifests.of(Kind.PersistentVolumeClaim).isEmpty();
        Set<Integer> wanted = new HashSet<>(Set.of(53, 443, 587, postgres ? 5432 : 993));
        if (manifests.configMap(SETTINGS).has("archiver.broker.url")) {
            wanted.add(5671);
        }
        assertThat(ports).isEqualTo(wanted);
        policies.forEach(policy -> policy.at("/spec/ingress")
                .forEach(rule -> assertThat(rule.path("from")).isNotEmpty()));
    }

    /** The cloud's metadata service is there too, at another port. */
    @ParameterizedTest
    @MethodSource("org.chatarchiver.k8s.Manifests#each")
    void linkLocalAddressesAreAskedForNamesAlone(Manifests manifests) {
        List<JsonNode> reaching = new ArrayList<>();
        manifests.of(Kind.NetworkPolicy).forEach(policy -> policy.at("/spec/egress")
                .forEach(rule -> {
                    for (JsonNode block : rule.path("to").findValues("ipBlock")) {
                        if (!block.path("except").toString().contains(LINK_LOCAL)) {
                            reaching.add(rule);
                        }
                    }
                }));
        assertThat(reaching).singleElement().satisfies(rule -> {
            assertThat(rule.path("to").findValuesAsText("cidr")).containsExactly(LINK_LOCAL);
            assertThat(rule.path("ports"))
                    .extracting(port -> port.path("protocol").asText() + port.path("port"))
                    .containsExactlyInAnyOrder("UDP53", "TCP53");
        });
    }

    /** An edit of what is read while the archiver runs must not restart it, one of what is read at the start must. */
    @ParameterizedTest
    @MethodSource("org.chatarchiver.k8s.Manifests#each")
    void onlyTheSettingsHaveANameThatChangesWithThem(Manifests manifests) {
        assertThat(manifests.of(Kind.ConfigMap))
                .extracting(map -> map.at("/metadata/name").asText())
                .contains("chat-archiver-routes", "chat-archiver-landing", "chat-archiver-connectors")
                .filteredOn(name -> name.matches(".*-[bcdfghkmt2456789]{10}"))
                .singleElement()
                .asString()
                .startsWith(SETTINGS);
    }

    @Test
    void theEmbeddedLedgerHasOneArchiverAndAVolumeThatStays() {
        Manifests sandbox = Manifests.of("sandbox");
        assertThat(sandbox.deployment().at("/spec/replicas").asInt()).isEqualTo(1);
        assertThat(sandbox.deployment().at("/spec/strategy/type").asText()).isEqualTo("Recreate");
        assertThat(sandbox.of(Kind.HorizontalPodAutoscaler)).isEmpty();
        String claim = sandbox.of(Kind.PersistentVolumeClaim)
                .get(0)
                .at("/metadata/name")
                .asText();
        assertThat(sandbox.pod().findValuesAsText("claimName")).containsExactly(claim);
    }

    @Test
    void severalArchiversDoNotStartWithoutALedgerAndALandingZoneThatTheyShare() {
        for (String overlay : List.of("azure", "gcc-high", "everything", "broker")) {
            Manifests manifests = Manifests.of(overlay);
            assertThat(manifests.configMap(SETTINGS).path("archiver.landing").asText())
                    .isEqualTo("azure");
            assertThat(manifests.pod().findValues("secret")).anySatisfy(secret -> {
                assertThat(secret.path("secretName").asText()).isEqualTo("chat-archiver-ledger");
                assertThat(secret.path("optional").asBoolean()).isFalse();
            });
        }
    }

    @Test
    void kedaAsksAsUsersOfItsOwnAndTheLedgerWithItsCertificateChecked() {
        for (String name : List.of("everything", "broker")) {
            Manifests manifests = Manifests.of(name);
            List<String> archivers = manifests.pod().findValuesAsText("secretName");
            assertThat(manifests.of(Kind.TriggerAuthentication)).isNotEmpty().allSatisfy(authentication -> assertThat(
                            authentication.at("/spec/secretTargetRef").findValuesAsText("name"))
                    .isNotEmpty()
                    .doesNotContainAnyElementsOf(archivers));
        }
        assertThat(Manifests.of("everything")
                        .of(Kind.ScaledObject)
                        .get(0)
                        .at("/spec/triggers/0/metadata/sslmode")
                        .asText())
                .isEqualTo("verify-full");
    }

    /** KEDA takes no workload that has an autoscaler of another. */
    @Test
    void oneAutoscalerAtATimeAndWithinWhatGraphLetsAMailboxHave() {
        Manifests azure = Manifests.of("azure");
        int most = azure.of(Kind.HorizontalPodAutoscaler)
                .get(0)
                .at("/spec/maxReplicas")
                .asInt();
        for (String name : List.of("everything", "broker")) {
            Manifests keda = Manifests.of(name);
            assertThat(keda.of(Kind.HorizontalPodAutoscaler)).isEmpty();
            assertThat(keda.of(Kind.ScaledObject)).hasSize(1);
            assertThat(keda.of(Kind.ScaledObject)
                            .get(0)
                            .at("/spec/maxReplicaCount")
                            .asInt())
                    .isEqualTo(most);
        }
        int perMailbox = azure.configMap(SETTINGS)
                .path("archiver.exchange.connections-per-mailbox")
                .asInt();
        assertThat(perMailbox).isBetween(1, 4);
    }

    @Test
    void theRoutesAreThoseOfTheRepositoryAndEachConnectorHasItsPassword() throws IOException {
        Manifests manifests = Manifests.of("azure");
        assertThat(manifests.configMap("chat-archiver-routes").fieldNames())
                .toIterable()
                .containsExactlyInAnyOrderElementsOf(routeFiles(""));
        assertThat(manifests.configMap("chat-archiver-landing").fieldNames())
                .toIterable()
                .containsExactlyInAnyOrderElementsOf(routeFiles("landing"));
        List<String> mounts = manifests.container().path("volumeMounts").findValuesAsText("mountPath");
        manifests.configMap("chat-archiver-connectors").fieldNames().forEachRemaining(file -> assertThat(mounts)
                .contains("/srv/archiver/data/secrets/" + file.replace(".camel.yaml", "")));
    }

    private static List<String> routeFiles(String folder) throws IOException {
        try (Stream<Path> files = Files.list(Path.of("routes", folder))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".camel.yaml"))
                    .toList();
        }
    }
}
