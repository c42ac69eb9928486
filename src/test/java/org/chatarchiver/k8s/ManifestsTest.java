package org.chatarchiver.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.chatarchiver.servers.RequiresProgram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each overlay is rendered, and nothing in it is unknown to its kind. */
@RequiresProgram(Manifests.KUBECTL)
class ManifestsTest {
    /** Whoever writes a manifest chooses the keys. */
    private static final Set<String> FREE = Set.of(
            "annotations",
            "labels",
            "matchLabels",
            "nodeSelector",
            "selector",
            "data",
            "requests",
            "limits",
            "podSelector",
            "namespaceSelector",
            "metadata");

    @ParameterizedTest
    @MethodSource("org.chatarchiver.k8s.Manifests#each")
    void nothingIsUnknownToItsKind(Manifests manifests) {
        assertThat(manifests.all()).isNotEmpty().allSatisfy(manifest -> assertThat(KindCheck.complaints(manifest))
                .as("%s %s", manifest.path("kind"), manifest.at("/metadata/name"))
                .isEmpty());
    }

    @Test
    void whatIsMisspeltAnywhereIsComplainedOf() {
        List<String> passed = new ArrayList<>();
        int tried = 0;
        for (String overlay : List.of("sandbox", "everything")) {
            for (JsonNode manifest : Manifests.of(overlay).all()) {
                List<ObjectNode> places = new ArrayList<>();
                collect("", manifest, places);
                for (ObjectNode place : places) {
                    place.put("misspelt", "value");
                    if (KindCheck.complaints(manifest).isEmpty()) {
                        passed.add(manifest.path("kind").asText() + ": " + place);
                    }
                    place.remove("misspelt");
                    tried++;
                }
            }
        }
        assertThat(tried).isGreaterThan(200);
        assertThat(passed).isEmpty();
    }

    private static void collect(String name, JsonNode node, List<ObjectNode> places) {
        if (node instanceof ObjectNode object) {
            if (!FREE.contains(name)) {
                places.add(object);
            }
            object.fields().forEachRemaining(field -> collect(field.getKey(), field.getValue(), places));
        } else {
            node.forEach(element -> collect(name, element, places));
        }
    }
}
