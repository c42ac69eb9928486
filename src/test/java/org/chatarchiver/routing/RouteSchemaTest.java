package org.chatarchiver.routing;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Editors (Kaoto, an IDE with YAML support) hold a route file against the schema that Camel ships with its YAML DSL. */
class RouteSchemaTest {
    private static final Schema CAMEL = camel();

    static Stream<Path> files() throws IOException {
        try (Stream<Path> walk = Files.walk(Path.of("routes"))) {
            return walk.filter(file -> file.toString().endsWith(".camel.yaml")).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void everyShippedFileIsValidForCamelsOwnSchema(Path file) throws IOException {
        assertThat(errors(Files.readString(file, StandardCharsets.UTF_8))).isEmpty();
    }

    @Test
    void aNumberInQuotesIsNot() {
        String route = """
                - onException:
                    exception:
                      - java.io.IOException
                    redeliveryPolicy:
                      maximumRedeliveries: %s
                """;
        assertThat(errors(route.replace("%s", "0"))).isEmpty();
        assertThat(errors(route.replace("%s", "[zero]"))).isNotEmpty();
    }

    private static List<String> errors(String yaml) {
        return CAMEL.validate(yaml, InputFormat.YAML).stream()
                .map(Error::toString)
                .toList();
    }

    private static Schema camel() {
        try (InputStream in = RouteSchemaTest.class.getResourceAsStream("/schema/camelYamlDsl.json")) {
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_4)
                    .getSchema(in, InputFormat.JSON);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
