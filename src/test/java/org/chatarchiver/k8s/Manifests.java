package org.chatarchiver.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.chatarchiver.servers.Program;

/**
 * What {@code kubectl apply -k} would send.
 *
 * @param all in the order of the rendering
 */
record Manifests(List<JsonNode> all) {
    static final String KUBECTL = "kubectl";

    /** Whatever can be applied. */
    static final List<String> OVERLAYS = List.of("sandbox", "azure", "gcc-high", "everything", "broker");

    private static final ObjectReader YAML = new YAMLMapper().readerFor(JsonNode.class);

    /** @param name of an overlay; {@code everything} is azure with its components, {@code broker} with the page queue on a broker */
    static Manifests of(String name) {
        return rendered(
                name.equals("everything") || name.equals("broker")
                        ? Path.of("src/test/resources/k8s", name)
                        : Path.of("k8s/overlays", name));
    }

    /** For tests that hold each to the same. */
    static Stream<Manifests> each() {
        return OVERLAYS.stream().map(Manifests::of);
    }

    private static Manifests rendered(Path folder) {
        try {
            Process kubectl = new ProcessBuilder(
                            Program.find(KUBECTL).orElseThrow().toString(), "kustomize", folder.toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            String text = new String(kubectl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (kubectl.waitFor() != 0) {
                throw new IllegalStateException("kubectl cannot render " + folder);
            }
            return new Manifests(stream(text).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static Stream<JsonNode> stream(String text) throws IOException {
        return StreamSupport.stream(
                Spliterators.spliteratorUnknownSize(YAML.<JsonNode>readValues(text), Spliterator.ORDERED), false);
    }

    List<JsonNode> of(Kind kind) {
        return all.stream()
                .filter(one -> one.path("kind").asText().equals(kind.name()))
                .toList();
    }

    /** Those that the tests look for. */
    enum Kind {
        ConfigMap,
        Deployment,
        HorizontalPodAutoscaler,
        NetworkPolicy,
        PersistentVolumeClaim,
        PrometheusRule,
        ScaledObject,
        Secret,
        TriggerAuthentication
    }

    JsonNode deployment() {
        return of(Kind.Deployment).get(0);
    }

    JsonNode pod() {
        return deployment().at("/spec/template/spec");
    }

    JsonNode container() {
        return pod().at("/containers/0");
    }

    List<JsonNode> containers() {
        List<JsonNode> all = new ArrayList<>();
        pod().path("initContainers").forEach(all::add);
        pod().path("containers").forEach(all::add);
        return all;
    }

    /** The entries of a ConfigMap, whose name may have a digest behind it. */
    JsonNode configMap(String name) {
        return of(Kind.ConfigMap).stream()
                .filter(one -> one.at("/metadata/name").asText().matches(name + "(-[bcdfghkmt2456789]{10})?"))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("There is no ConfigMap " + name))
                .path("data");
    }
}
