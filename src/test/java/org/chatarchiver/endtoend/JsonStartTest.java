package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The program in a JVM of its own with its log in JSON: from the first line of a start to the last one of a stop, and where a start is refused. */
class JsonStartTest extends OwnJvm {
    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest
    @ValueSource(strings = {"ecs", "logstash"})
    void eachLineOfAStartAndAStopIsAnObject(String format) throws Exception {
        int port = freePort();
        Process archiver = start(port, FEED, "--logging.structured.format.console=" + format);
        try {
            health(archiver, port);
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> log().contains("is ready"));
        } finally {
            stop(archiver);
        }
        assertThat(objects())
                .hasSizeGreaterThan(3)
                .allSatisfy(line -> assertThat(line.path("message").asText()).isNotEmpty());
    }

    @Test
    void aStartThatIsRefusedSaysWhyInOneObject() throws Exception {
        assertThat(refused("--logging.structured.format.console=ecs")).isEqualTo(1);
        assertThat(objects())
                .filteredOn(line -> line.path("message").asText().contains("archiver.telemessage.base-url is not set"))
                .hasSize(1);
    }

    private List<JsonNode> objects() throws IOException {
        List<JsonNode> objects = new ArrayList<>();
        for (String line : log().lines().toList()) {
            objects.add(JSON.readTree(line));
        }
        return objects;
    }
}
