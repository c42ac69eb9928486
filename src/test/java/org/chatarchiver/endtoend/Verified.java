package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import org.chatarchiver.sandbox.RunningArchiver;

/** Runs as their verifications by the API see them. */
final class Verified {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Verified() {}

    /** To its end. */
    static JsonNode of(RunningArchiver archiver, String run) throws Exception {
        ApiClient api = new ApiClient(archiver);
        String path = "/api/runs/" + run + "/verify";
        assertThat(api.post(path, "application/json", "").statusCode()).isEqualTo(202);
        SmallDay.await().atMost(Duration.ofMinutes(2)).until(() -> !JSON.readTree(
                        api.get(path).body())
                .get("state")
                .asText()
                .equals("RUNNING"));
        JsonNode verified = JSON.readTree(api.get(path).body());
        assertThat(verified.get("state").asText())
                .as(verified.get("problem").asText())
                .isEqualTo("ENDED");
        return verified;
    }

    /** How many differences there are, by kind. */
    static JsonNode counts(String json) throws Exception {
        return JSON.readTree(json);
    }

    static JsonNode first(JsonNode verified, String kind) {
        for (JsonNode difference : verified.get("differences")) {
            if (difference.get("kind").asText().equals(kind)) {
                return difference;
            }
        }
        throw new AssertionError("no " + kind + " in " + verified);
    }
}
