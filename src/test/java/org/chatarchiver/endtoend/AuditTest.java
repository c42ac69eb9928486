package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.camel.Route;
import org.chatarchiver.message.Sha256;
import org.junit.jupiter.api.Test;

/** The audit log of an archiver that people work with, read over the API and checked by who has nothing but its answers. */
class AuditTest extends EditBed {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();
    private static final String JSON_TYPE = "application/json";
    private static final String TEXT = "meet me at the old bridge";

    @Test
    void whoDidWhatStandsInAChainThatAStrangerCanCheck() throws Exception {
        day.message("WECHAT", "one", TEXT);
        ApiClient api = new ApiClient(archiver);
        String run = JSON.readTree(api.post(
                                "/api/connectors/wechat/runs",
                                JSON_TYPE,
                                JSON.writeValueAsString(
                                        Map.of("from", start.minus(HOUR).toString(), "to", start.toString())))
                        .body())
                .get("id")
                .asText();
        ended();
        api.post("/api/connectors/wechat/pause", JSON_TYPE, "{\"reason\":\"The feed moves\"}");
        api.post("/api/connectors/wechat/resume", JSON_TYPE, "");
        api.get("/api/runs/" + run, "eve", "a-wrong-Password");
        Route before = route("wechat");
        edit("connectors/wechat.camel.yaml", SmallDay.NEVER, "0 0 0 2 2 ? 2099");
        untilReplaced("wechat", before);
        // Noted once all files of the edit are in force.
        await("the edit's entry")
                .until(() -> !entries(api, "&action=ROUTES_EDITED").isEmpty());

        List<JsonNode> entries = entries(api, "");

        assertThat(entries)
                .extracting(entry -> entry.get("action").asText() + " by "
                        + entry.get("actor").asText())
                .contains(
                        "ARCHIVER_STARTED by archiver",
                        "LOGGED_IN by admin",
                        "RUN_OPENED by admin",
                        "PAGE_LANDED by archiver",
                        "PAGE_DELIVERED by archiver",
                        "RUN_ENDED by archiver",
                        "CONNECTOR_PAUSED by admin",
                        "CONNECTOR_RESUMED by admin",
                        "LOGIN_REFUSED by nobody",
                        "ROUTES_EDITED by archiver");
        assertThat(of(entries, "PAGE_DELIVERED").get("detail").get("imported").asInt())
                .isEqualTo(1);
        assertThat(of(entries, "RUN_ENDED").get("subject").asText()).isEqualTo(run);
        assertThat(of(entries, "RUN_ENDED").get("detail").get("state").asText()).isEqualTo("COMPLETE");
        assertThat(of(entries, "CONNECTOR_PAUSED").get("detail").get("reason").asText())
                .isEqualTo("The feed moves");
        assertThat(of(entries, "ROUTES_EDITED").get("detail").get("diff").toString())
                .contains("0 0 0 2 2 ? 2099", "connectors/wechat.camel.yaml");
        assertThat(entries.toString()).doesNotContain(TEXT, "a-wrong-Password", SmallDay.PASSWORD);

        assertChain(entries);
        assertThat(heads()).as("of the run's manifest").isNotEmpty().allSatisfy((place, head) -> {
            JsonNode entry = entries.get(head.get("seq").asInt() - 1);
            assertThat(entry.get("hash")).isEqualTo(head.get("hash"));
        });

        assertThat(entries(api, "&action=CONNECTOR_PAUSED")).hasSize(1);
        assertThat(entries(api, "&connector=wechat&actor=admin")).hasSize(3);
        assertThat(entries(api, "&subject=" + run)).hasSize(2);
        assertThat(entries(api, "&to=2020-01-01T00:00:00Z")).isEmpty();
        assertThat(api.get("/api/audit?action=NONE").statusCode()).isEqualTo(400);
        assertThat(api.get("/api/audit?from=yesterday").statusCode()).isEqualTo(400);
        assertThat(api.get("/api/audit.csv?action=CONNECTOR_PAUSED").body().lines())
                .hasSize(2)
                .last()
                .asString()
                .contains("admin,CONNECTOR_PAUSED,wechat,wechat,\"{\"\"reason\"\":\"\"The feed moves\"\"}\"");
    }

    @Test
    void stopsAndStartsStandInItAndWhatWasEditedMeanwhile() throws Exception {
        archiver.close();
        edit("connectors/wechat.camel.yaml", SmallDay.NEVER, "0 0 0 2 2 ? 2099");
        archiver = settings().set("archiver.sweep", "7s").start();

        ApiClient api = new ApiClient(archiver);
        await("the entry of the second start")
                .until(() -> entries(api, "&action=ARCHIVER_STARTED").size() == 2);

        List<JsonNode> entries = entries(api, "");

        List<JsonNode> starts = entries.stream()
                .filter(entry -> entry.get("action").asText().equals("ARCHIVER_STARTED"))
                .toList();
        assertThat(starts).hasSize(2);
        assertThat(starts.get(0).get("detail").get("settings"))
                .as("another setting")
                .isNotEqualTo(starts.get(1).get("detail").get("settings"));
        assertThat(entries.stream().map(entry -> entry.get("action").asText()))
                .containsSubsequence("ARCHIVER_STARTED", "ARCHIVER_STOPPED", "ROUTES_EDITED", "ARCHIVER_STARTED");
        assertChain(entries);
    }

    private static JsonNode of(List<JsonNode> entries, String action) {
        return entries.stream()
                .filter(entry -> entry.get("action").asText().equals(action))
                .findFirst()
                .orElseThrow();
    }

    /** By the recipe: the entry without its hash, members in order, no blanks. */
    private static void assertChain(List<JsonNode> entries) throws IOException {
        String previous = "0".repeat(64);
        long seq = 1;
        for (JsonNode entry : entries) {
            ObjectNode rest = entry.deepCopy();
            String hash = rest.remove("hash").asText();
            Object ordered = JSON.treeToValue(rest, TreeMap.class);
            assertThat(Sha256.of(JSON.writeValueAsString(ordered))).isEqualTo(hash);
            assertThat(entry.get("previous").asText()).isEqualTo(previous);
            assertThat(entry.get("seq").asLong()).isEqualTo(seq++);
            previous = hash;
        }
    }

    /** Oldest first, in small parts. */
    private static List<JsonNode> entries(ApiClient api, String filter) throws Exception {
        List<JsonNode> entries = new ArrayList<>();
        String after = "";
        do {
            JsonNode part =
                    JSON.readTree(api.get("/api/audit?limit=3" + filter + after).body());
            part.get("items").forEach(entries::add);
            after = part.path("next").isTextual() ? "&after=" + part.get("next").asText() : "";
        } while (!after.isEmpty());
        Collections.reverse(entries);
        return entries;
    }

    /** As the manifests in the landing zone have them. */
    private Map<String, JsonNode> heads() throws IOException {
        Map<String, JsonNode> heads = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(path -> path.getFileName().toString().startsWith("manifest"))
                    .toList()) {
                heads.put(file.toString(), JSON.readTree(file.toFile()).get("audit"));
            }
        }
        return heads;
    }
}
