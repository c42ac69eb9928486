package org.chatarchiver.api;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.method.HandlerMethod;

/** The description of the API (OpenAPI 3), served by springdoc at {@code /api/openapi}: what is common to all operations. */
@Configuration(proxyBeanMethods = false)
class ApiDescription {
    private static final String BASIC = "basic";
    private static final String PROBLEM = "ProblemDetail";
    private static final String PROBLEM_JSON = "application/problem+json";

    @Bean
    @Lazy
    OpenAPI archiverApi() {
        String version = ApiDescription.class.getPackage().getImplementationVersion();
        return new OpenAPI()
                .info(new Info()
                        .title("Chat Archiver")
                        .version(version == null ? "not from its jar" : version)
                        .description(
                                "Reads the ledger, and starts what an administrator asks for. COMPLIANCE_READER may send GET,"
                                        + " DATA_CONNECTOR_ADMIN everything. A list has its next part behind after=<next>."
                                        + " Times are ISO 8601 with a zone. Refusals are problem details (RFC 9457)."))
                .servers(List.of(new Server().url("/")))
                .security(List.of(new SecurityRequirement().addList(BASIC)))
                .components(new Components()
                        .addSecuritySchemes(
                                BASIC,
                                new SecurityScheme()
                                        .type(SecurityScheme.Type.HTTP)
                                        .scheme("basic"))
                        .addSchemas(PROBLEM, problem()));
    }

    private static Schema<?> problem() {
        return new ObjectSchema()
                .description("RFC 9457; further members name what is wrong piece by piece")
                .addProperty("type", new StringSchema().format("uri-reference"))
                .addProperty("title", new StringSchema().description("of the status"))
                .addProperty("status", new IntegerSchema())
                .addProperty("detail", new StringSchema().description("the reason in a sentence, and the cure"))
                .addProperty(
                        "instance", new StringSchema().format("uri-reference").description("the path asked for"))
                .additionalProperties(true);
    }

    @Bean
    @Lazy
    OperationCustomizer refusals() {
        return (operation, method) -> {
            refusals(operation, method).forEach((status, when) -> operation
                    .getResponses()
                    .addApiResponse(
                            Integer.toString(status.value()),
                            new ApiResponse().description("Refused: " + when).content(problems())));
            return operation;
        };
    }

    private static Content problems() {
        return new Content()
                .addMediaType(
                        PROBLEM_JSON, new MediaType().schema(new Schema<>().$ref("#/components/schemas/" + PROBLEM)));
    }

    private static Map<HttpStatus, String> refusals(Operation operation, HandlerMethod method) {
        boolean reads = AnnotatedElementUtils.hasAnnotation(method.getMethod(), GetMapping.class);
        Map<HttpStatus, String> found = new TreeMap<>();
        found.put(HttpStatus.BAD_REQUEST, "a parameter, or something in the body, is unknown or makes no sense");
        found.put(HttpStatus.UNAUTHORIZED, "nobody, or nobody known, is logged in");
        found.put(
                HttpStatus.FORBIDDEN,
                reads ? "the user has no role" : "the user is no DATA_CONNECTOR_ADMIN, or another site has asked");
        found.put(HttpStatus.NOT_ACCEPTABLE, "JSON is not taken for an answer");
        found.put(HttpStatus.TOO_MANY_REQUESTS, "too many log-ins have failed; Retry-After says when to try again");
        found.put(HttpStatus.INTERNAL_SERVER_ERROR, "of a failure that stands in the archiver's log");
        if (takesPath(method)) {
            found.put(HttpStatus.NOT_FOUND, "what the path names is not there");
        }
        if (operation.getRequestBody() != null) {
            found.put(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "the body is of another type");
            found.put(HttpStatus.PAYLOAD_TOO_LARGE, "the body is larger than 1 MB");
        }
        AnnotatedElementUtils.findMergedRepeatableAnnotations(method.getMethod(), Refuses.class)
                .forEach(own -> found.put(own.status(), own.when()));
        return found;
    }

    private static boolean takesPath(HandlerMethod method) {
        return Arrays.stream(method.getMethodParameters())
                .anyMatch(parameter -> parameter.hasParameterAnnotation(PathVariable.class));
    }
}
