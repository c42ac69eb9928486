package org.chatarchiver;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** {@code src/main/settings.md} is what the records of the configuration say of themselves. */
class SettingsTableTest {
    private static final String INTRO = """
            # Settings

            Properties of Spring Boot: in `config/application.properties` in the working directory, as `--name=value`, or as environment \
            variables (`ARCHIVER_DATA` for `archiver.data`). Times are written as `30s`, `5m`, `1h` or `7d`, sizes as `64KB`, `10MB` or `4GB`.

            | setting | default | |
            | --- | --- | --- |
            """;

    @Test
    void theTableIsUpToDate() throws IOException {
        String table = table();
        Path made = Files.writeString(Path.of("target", "settings.md"), table);
        assertThat(Files.readString(Path.of("src", "main", "settings.md")))
                .as("put %s in its place", made)
                .isEqualTo(table);
    }

    @Test
    void everySettingSaysWhatItIs() throws IOException {
        assertThat(described().values())
                .allSatisfy(setting -> assertThat(setting.path("description").asText(""))
                        .as(setting.path("name").asText())
                        .isNotBlank());
    }

    private static String table() throws IOException {
        Properties shipped = new Properties();
        try (InputStream in = SettingsTableTest.class.getResourceAsStream("/application.properties")) {
            shipped.load(in);
        }
        StringBuilder table = new StringBuilder(INTRO);
        described().forEach((name, setting) -> table.append("| `")
                .append(name)
                .append("` | ")
                .append(code(shipped.getProperty(name, defaultOf(setting))))
                .append(" | ")
                .append(text(setting.path("description").asText()))
                .append(" |\n"));
        return table.toString();
    }

    private static Map<String, JsonNode> described() throws IOException {
        Map<String, JsonNode> settings = new TreeMap<>();
        try (InputStream in =
                SettingsTableTest.class.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
            for (JsonNode setting : new ObjectMapper().readTree(in).path("properties")) {
                String name = setting.path("name").asText();
                if (name.startsWith("archiver.")) {
                    settings.put(name, setting);
                }
            }
        }
        return settings;
    }

    private static String defaultOf(JsonNode setting) {
        JsonNode value = setting.path("defaultValue");
        if (value.isArray()) {
            List<String> values = new ArrayList<>();
            value.forEach(one -> values.add(one.asText()));
            return String.join(",", values);
        }
        // A list of text with several values stands in brackets.
        return value.asText("").replaceAll("^\\[|]$", "").replace(", ", ",");
    }

    private static String code(String value) {
        return value.isEmpty() ? "" : "`" + value + "`";
    }

    private static String text(String description) {
        return description
                .replaceAll("\\{@code ((?:[^{}]|\\{[^{}]*})*)}", "`$1`")
                .replaceAll("\\s+", " ")
                // Written twice in Java, where one before a u would begin a Unicode escape.
                .replace("\\\\", "\\")
                .replace("|", "\\|");
    }
}
