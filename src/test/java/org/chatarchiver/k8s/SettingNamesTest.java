package org.chatarchiver.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each setting that anything in {@code k8s/} names is one of the archiver's, or of what it is made of. */
class SettingNamesTest {
    private static final Pattern NAME = Pattern.compile(
            "(?<![A-Za-z0-9./_-])(?:archiver|spring|server|management|camel|logging)\\.[a-z0-9-]++(?:\\.[a-z0-9-]++|\\[\\d+])*+(?!\\.\\*)");

    @Test
    void everySettingThatIsNamedIsKnown() throws IOException {
        Map<String, String> known = known();
        Set<String> named = named();
        assertThat(named)
                .contains("archiver.azure.endpoint", "server.ssl.bundle", "spring.datasource.url")
                .allSatisfy(name -> assertThat(isKnown(name, known)).as(name).isTrue());
    }

    private static boolean isKnown(String name, Map<String, String> known) {
        if (known.containsKey(name)) {
            return true;
        }
        String parent = name;
        while (parent.indexOf('.') > 0) {
            parent = parent.substring(0, Math.max(parent.lastIndexOf('.'), parent.lastIndexOf('[')));
            String type = known.getOrDefault(parent, "");
            if (type.startsWith("java.util.Map<") || type.startsWith("java.util.List<")) {
                return true;
            }
        }
        return false;
    }

    private static Set<String> named() throws IOException {
        Set<String> names = new TreeSet<>();
        try (Stream<Path> files = Files.walk(Path.of("k8s"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Matcher name = NAME.matcher(Files.readString(file));
                while (name.find()) {
                    names.add(name.group());
                }
            }
        }
        return names;
    }

    /** With the types. */
    private static Map<String, String> known() throws IOException {
        Map<String, String> known = new HashMap<>();
        ClassLoader classes = SettingNamesTest.class.getClassLoader();
        for (URL metadata : Collections.list(classes.getResources("META-INF/spring-configuration-metadata.json"))) {
            try (InputStream in = metadata.openStream()) {
                for (JsonNode setting : new ObjectMapper().readTree(in).path("properties")) {
                    known.put(
                            setting.path("name").asText(), setting.path("type").asText());
                }
            }
        }
        return known;
    }
}
