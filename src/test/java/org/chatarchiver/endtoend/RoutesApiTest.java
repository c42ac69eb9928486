package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.chatarchiver.alert.Alarms;
import org.chatarchiver.alert.AlertCause;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.actuate.health.HealthEndpoint;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Route files and connectors by the API: what is saved so is an edit like any other. */
@ExtendWith(OutputCaptureExtension.class)
class RoutesApiTest extends EditBed {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void eachFileIsTold() throws Exception {
        JsonNode good = get("/api/routes");
        assertThat(good.path("problems")).isEmpty();
        assertThat(file(good, "archive.camel.yaml").path("state").asText()).isEqualTo("IN_FORCE");
        assertThat(file(good, "archive.camel.yaml").path("routes").toString()).contains("archive-chunk", "make-email");
        assertThat(file(good, "archive.camel.yaml").path("digest").asText()).hasSize(64);

        edit("archive.camel.yaml", "- filter:", "- filtr:");
        untilBad();
        JsonNode bad = get("/api/routes");
        assertThat(bad.path("problems").toString()).contains("did you mean 'filter'?");
        assertThat(file(bad, "archive.camel.yaml").path("state").asText()).isEqualTo("FORMER_IN_FORCE");
    }

    @Test
    void aFileThatCannotBeReadIsOneProblemAndNoneOfTheGoodFilesThatCallItsRoutes() throws Exception {
        edit("errors.camel.yaml", "- route:", "- route: [");
        untilBad();
        JsonNode bad = get("/api/routes");
        assertThat(bad.path("problems")).singleElement().asString().contains("errors.camel.yaml", "is no YAML");
        assertThat(file(bad, "errors.camel.yaml").path("state").asText()).isEqualTo("FORMER_IN_FORCE");
        assertThat(file(bad, "channels.camel.yaml").path("state").asText()).isEqualTo("IN_FORCE");
    }

    @Test
    void aRouteThatIsStoppedIsToldEverywhereUntilItRuns() throws Exception {
        archiver.bean(CamelContext.class).getRouteController().suspendRoute("archive-pages");

        SmallDay.await().until(() -> get("/api/routes").path("stopped").size() == 1);
        assertThat(get("/api/routes").path("stopped").get(0).path("route").asText())
                .isEqualTo("archive-pages");
        assertThat(archiver.bean(Alarms.class).of(AlertCause.ROUTE_STOPPED))
                .singleElement()
                .satisfies(alarm -> assertThat(alarm.sentence()).contains("'archive-pages' is Suspended"));
        assertThat(routesHealth()).isEqualTo("DEGRADED");

        archiver.bean(CamelContext.class).getRouteController().resumeRoute("archive-pages");
        SmallDay.await().until(() -> get("/api/routes").path("stopped").isEmpty());
        assertThat(archiver.bean(Alarms.class).of(AlertCause.ROUTE_STOPPED)).isEmpty();
        assertThat(routesHealth()).isEqualTo("UP");
    }

    private String routesHealth() {
        return archiver.bean(HealthEndpoint.class)
                .healthForPath("routes")
                .getStatus()
                .getCode();
    }

    @Test
    void aSetOfFilesIsCheckedAndNothingComesOfIt() throws Exception {
        ObjectNode files = JSON.createObjectNode();
        try (Stream<Path> all = Files.walk(day.home.routes())) {
            for (Path file :
                    all.filter(one -> one.toString().endsWith(".camel.yaml")).toList()) {
                files.put(day.home.routes().relativize(file).toString(), Files.readString(file));
            }
        }
        JsonNode good = post(200, "/api/routes/check", JSON.createObjectNode().set("files", files));
        assertThat(good.path("problems")).isEmpty();
        assertThat(good.path("good").asBoolean()).isTrue();

        files.put("sweep.camel.yaml", files.path("sweep.camel.yaml").asText().replace("method: due", "method: dew"));
        JsonNode bad = post(200, "/api/routes/check", JSON.createObjectNode().set("files", files));
        assertThat(bad.path("good").asBoolean()).isFalse();
        assertThat(bad.path("problems").get(0).path("file").asText()).isEqualTo("sweep.camel.yaml");
        assertThat(bad.path("problems").get(0).path("line").asInt()).isEqualTo(21);
        assertThat(problems()).isEmpty();
    }

    @Test
    void aConnectorIsAddedChangedAndRemoved() throws Exception {
        ObjectNode signal = JSON.valueToTree(Map.of(
                "id", "signal",
                "name", "Signal \"Archiver\"",
                "network", "SIGNAL",
                "folder", "Signal Archiver",
                "schedule", SmallDay.NEVER,
                "username", "ops",
                "automaticMapping", true,
                "password", SmallDay.PASSWORD));
        assertThat(post(200, "/api/connectors/validate", signal).path("good").asBoolean())
                .isTrue();
        assertThat(route("signal")).isNull();

        JsonNode added = post(201, "/api/connectors", signal);
        assertThat(added.path("secretWritten").asBoolean()).isTrue();
        SmallDay.await().atMost(SOON).until(() -> route("signal") != null);
        Path secret = day.home.data().resolve("secrets/signal/password");
        assertThat(secret).hasContent(SmallDay.PASSWORD);
        assertThat(Files.getPosixFilePermissions(secret)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(read("connectors/signal.camel.yaml")).doesNotContain(SmallDay.PASSWORD);
        assertThat(post(409, "/api/connectors", signal).path("detail").asText()).contains("already");

        signal.remove("password");
        assertThat(put(422, "/api/connectors/signal", signal.deepCopy().put("network", "ICQ"))
                        .toString())
                .contains("unknown network 'ICQ'");
        put(200, "/api/connectors/signal", signal.deepCopy().put("folder", "Signal"));
        SmallDay.await().atMost(SOON).until(() -> connector("signal").folder().equals("Signal"));

        answered(200, api().delete("/api/connectors/signal"));
        SmallDay.await().atMost(SOON).until(() -> route("signal") == null);
        answered(404, api().delete("/api/connectors/signal"));
    }

    @Test
    void ofParallelRequestsForOneIdOneAddsItAndTheLogNamesWhoDid(CapturedOutput log) throws Exception {
        ObjectNode signal = JSON.valueToTree(Map.of(
                "id", "signal",
                "name", "Signal Archiver",
                "network", "SIGNAL",
                "folder", "Signal Archiver",
                "schedule", SmallDay.NEVER,
                "username", "ops",
                "automaticMapping", true,
                "password", SmallDay.PASSWORD));
        Files.writeString(day.home.data().resolve("secrets/signal"), "in the way");
        ExecutorService both = Executors.newFixedThreadPool(2);
        try {
            Callable<HttpResponse<String>> add =
                    () -> api().post("/api/connectors", "application/json", signal.toString());
            List<HttpResponse<String>> answers = new ArrayList<>();
            for (Future<HttpResponse<String>> answer : both.invokeAll(List.of(add, add))) {
                answers.add(answer.get());
            }

            assertThat(answers).extracting(HttpResponse::statusCode).containsExactlyInAnyOrder(201, 409);
            assertThat(answers.stream().map(HttpResponse::body).toList().toString())
                    .contains("\"secretWritten\":false", "secrets/signal/password under archiver.data");
            SmallDay.await().atMost(SOON).until(() -> route("signal") != null);
            put(
                    200,
                    "/api/connectors/signal",
                    signal.deepCopy().put("folder", "Signal").put("name", "Signal"));
            assertThat(log).contains("signal is added by admin", "signal is changed by admin: name, folder");
        } finally {
            both.shutdownNow();
        }
    }

    private static JsonNode file(JsonNode answer, String name) {
        for (JsonNode file : answer.path("files")) {
            if (file.path("file").asText().equals(name)) {
                return file;
            }
        }
        throw new AssertionError("No file " + name);
    }

    private JsonNode get(String path) throws Exception {
        return answered(200, api().get(path));
    }

    private JsonNode post(int status, String path, JsonNode body) throws Exception {
        return answered(status, api().post(path, "application/json", body.toString()));
    }

    private JsonNode put(int status, String path, JsonNode body) throws Exception {
        return answered(status, api().put(path, "application/json", body.toString()));
    }

    private static JsonNode answered(int status, HttpResponse<String> answer) throws IOException {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return JSON.readTree(answer.body());
    }

    private ApiClient api() {
        return new ApiClient(archiver);
    }
}
