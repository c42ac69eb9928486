package org.chatarchiver.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.swagger.v3.parser.OpenAPIV3Parser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springdoc.core.configuration.SpringDocConfiguration;
import org.springdoc.core.configuration.SpringDocSpecPropertiesConfiguration;
import org.springdoc.core.properties.SpringDocConfigProperties;
import org.springdoc.webmvc.api.OpenApiResource;
import org.springdoc.webmvc.core.configuration.SpringDocWebMvcConfiguration;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** The description says of every operation what it does, what it takes and how it refuses, and README how it is called. */
@ImportAutoConfiguration({
    SpringDocConfiguration.class,
    SpringDocConfigProperties.class,
    SpringDocSpecPropertiesConfiguration.class,
    SpringDocWebMvcConfiguration.class
})
class ApiDescriptionTest extends ApiTest {
    private static final Path README = Path.of("src/main/java/org/chatarchiver/api/README.md");
    private static final Pattern CURL =
            Pattern.compile("curl (?:.*?-X (?<method>[A-Z]+) )?.*?\\$API(?<path>/[^\\s?'\"]*)");
    private static final Set<String> METHODS = Set.of("get", "post", "put", "delete", "patch");

    @Autowired
    private RequestMappingHandlerMapping requestMappingHandlerMapping;

    private String json;
    private JsonNode description;

    @BeforeEach
    void describe() throws IOException {
        MvcTestResult answer = get("/api/openapi");
        assertThat(answer).hasStatusOk().hasContentTypeCompatibleWith("application/json");
        json = new String(answer.getResponse().getContentAsByteArray(), StandardCharsets.UTF_8);
        description = new ObjectMapper().readTree(json);
    }

    @Test
    void itIsValid() {
        assertThat(new OpenAPIV3Parser().readContents(json).getMessages()).isEmpty();
        assertThat(description.path("openapi").asText()).startsWith("3.");
        assertThat(description.findValuesAsText("$ref")).isNotEmpty().allSatisfy(ref -> assertThat(
                        description.at(ref.substring(1)).isMissingNode())
                .as(ref)
                .isFalse());
        assertThat(get("/api/openapi.yaml")).hasStatusOk().bodyText().contains("openapi: 3.");
    }

    @Test
    void itNamesNoHostAndHasThePasswordAskedForByHttpBasic() {
        assertThat(description.at("/servers/0/url").asText()).isEqualTo("/");
        assertThat(description.at("/components/securitySchemes/basic/scheme").asText())
                .isEqualTo("basic");
        assertThat(description.at("/security/0").has("basic")).isTrue();
        assertThat(json).doesNotContain("http://", "https://");
    }

    @Test
    void everyOperationThatIsServedIsThereOnceWithASummaryOfItsOwn() {
        Map<String, JsonNode> operations = operations();
        assertThat(operations.keySet()).isEqualTo(served());
        assertThat(operations.values())
                .extracting(operation -> operation.path("summary").asText())
                .doesNotHaveDuplicates()
                .allSatisfy(summary -> assertThat(summary).hasSizeGreaterThan(10));
        assertThat(operations.values())
                .extracting(operation -> operation.path("operationId").asText())
                .doesNotHaveDuplicates();
    }

    @Test
    void everyOperationSaysWhatItAnswersAndEachRefusalIsAProblemDetailWithItsReason() {
        operations().forEach((name, operation) -> {
            List<String> well = new ArrayList<>();
            operation.path("responses").fields().forEachRemaining(response -> {
                if (response.getKey().startsWith("2")) {
                    well.add(response.getKey());
                    return;
                }
                assertThat(response.getValue()
                                .at("/content/application~1problem+json/schema/$ref")
                                .asText())
                        .as("%s %s", name, response)
                        .isEqualTo("#/components/schemas/ProblemDetail");
                assertThat(response.getValue().path("description").asText())
                        .as(name)
                        .startsWith("Refused: ");
            });
            assertThat(well).as(name).hasSize(1);
            assertThat(operation.path("responses").has("401")).as(name).isTrue();
            assertThat(operation.path("responses").has("404")).as(name).isEqualTo(name.contains("{"));
        });
        assertThat(operations()
                        .get("POST /api/connectors/{id}/runs")
                        .path("responses")
                        .has("202"))
                .isTrue();
        assertThat(operations()
                        .get("POST /api/connectors/{id}/runs")
                        .at("/responses/409/description")
                        .asText())
                .contains("paused");
    }

    @Test
    void bodiesAndAnswersAreDescribedByTheirFields() {
        assertThat(properties("PauseWish")).containsExactly("reason");
        assertThat(properties("RunWish")).containsExactlyInAnyOrder("from", "to", "dryRun");
        assertThat(properties("RequeueWish")).containsExactly("ids");
        assertThat(properties("ConnectorView")).contains("watermark", "paused");
        assertThat(operations()
                        .get("PUT /api/connectors/{id}/mapping")
                        .at("/requestBody/content")
                        .has("text/csv"))
                .isTrue();
        assertThat(json).doesNotContain("Principal", "HttpServletRequest");
    }

    @Test
    void everyOperationHasItsCurlLineAndNoLineIsOfAnother() throws IOException {
        List<MatchResult> lines = Files.readAllLines(README).stream()
                .flatMap(line -> CURL.matcher(line).results())
                .toList();
        Set<String> called = lines.stream()
                .map(line -> called(line.group(1) == null ? "GET" : line.group(1), line.group(2)))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> expected = new TreeSet<>(operations().keySet());
        expected.add("GET /api/openapi");
        assertThat(called).isEqualTo(expected);
    }

    /** The operation that a line calls; the line itself where there is none. */
    private String called(String method, String path) {
        if (path.equals("/api/openapi")) {
            return method + " " + path;
        }
        String asked = method + " " + path;
        return operations().keySet().stream()
                .filter(operation -> asked.matches(operation.replaceAll("\\{[^}]*}", "[^/]+")))
                .min((one, other) -> Long.compare(variables(one), variables(other)))
                .orElse(asked);
    }

    private static long variables(String operation) {
        return operation.chars().filter(character -> character == '{').count();
    }

    private List<String> properties(String schema) {
        List<String> names = new ArrayList<>();
        description
                .at("/components/schemas/" + schema + "/properties")
                .fieldNames()
                .forEachRemaining(names::add);
        return names;
    }

    private Map<String, JsonNode> operations() {
        Map<String, JsonNode> found = new TreeMap<>();
        description.path("paths").fields().forEachRemaining(path -> path.getValue()
                .fields()
                .forEachRemaining(method -> {
                    if (METHODS.contains(method.getKey())) {
                        found.put(
                                method.getKey().toUpperCase(java.util.Locale.ROOT) + " " + path.getKey(),
                                method.getValue());
                    }
                }));
        return found;
    }

    private Set<String> served() {
        Set<String> found = new TreeSet<>();
        requestMappingHandlerMapping.getHandlerMethods().forEach((info, handler) -> {
            if (!isOfTheDescription(handler)) {
                info.getPatternValues().stream()
                        .filter(path -> path.startsWith("/api/"))
                        .forEach(path -> info.getMethodsCondition()
                                .getMethods()
                                .forEach(method -> found.add(method + " " + path)));
            }
        });
        return found;
    }

    private static boolean isOfTheDescription(HandlerMethod handler) {
        return OpenApiResource.class.isAssignableFrom(handler.getBeanType());
    }
}
