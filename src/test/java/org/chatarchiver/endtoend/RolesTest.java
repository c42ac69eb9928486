package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.chatarchiver.ledger.RunReport;
import org.chatarchiver.sandbox.EmbeddedMailServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpMethod;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;

/** Who may do what, asked of the real archiver: an administrator changes, a reader looks, and anybody else is asked to log in. */
class RolesTest {
    private static final String ADMIN = "ada";
    private static final String READER = "rita";
    private static final String NOBODY = "";
    private static final String REMARKS = "/api/audit/remarks";
    private static final String WHOLE_MAPPING = "/api/connectors/{id}/mapping/versions/{number}";
    private static final String PASSWORD = "long enough for anybody";

    @TempDir
    static Path folder;

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static EmbeddedMailServer mail;
    private static TestBed bed;
    private static RunReport run;

    private record Served(HttpMethod method, String path) {}

    @BeforeAll
    static void start() throws IOException {
        String hash = "{bcrypt}" + new BCryptPasswordEncoder().encode(PASSWORD);
        mail = new EmbeddedMailServer(0, folder.resolve("mail"));
        bed = TestBed.start(folder, settings -> TestBed.with(mail)
                .apply(settings)
                .set("archiver.security.users[0].username", ADMIN)
                .set("archiver.security.users[0].password", hash)
                .set("archiver.security.users[0].roles", "DATA_CONNECTOR_ADMIN")
                .set("archiver.security.users[1].username", READER)
                .set("archiver.security.users[1].password", hash)
                .set("archiver.security.users[1].roles", "COMPLIANCE_READER"));
        run = bed.run(bed.window());
    }

    @AfterAll
    static void stop() throws IOException {
        bed.close();
        mail.close();
    }

    @ParameterizedTest
    @CsvSource({
        "/api/connectors",
        "/api/connectors/wechat/runs",
        "/api/connectors/wechat/mapping/versions",
        "/api/runs/{run}",
        "/api/runs/{run}/failures",
        "/api/channels",
        "/api/channels/unmapped"
    })
    void bothRolesLookAndNobodyElse(String path) throws Exception {
        String real = path.replace("{run}", run.run().id());
        assertThat(send(HttpMethod.GET, real, READER).statusCode()).isEqualTo(200);
        assertThat(send(HttpMethod.GET, real, ADMIN).statusCode()).isEqualTo(200);
        assertThat(send(HttpMethod.GET, real, NOBODY).statusCode()).isEqualTo(401);
    }

    @Test
    void onlyAnAdministratorStartsARun() throws Exception {
        TestBed.Window window = bed.window();
        String body = String.format(
                Locale.ROOT, "{\"dryRun\":true,\"from\":\"%s\",\"to\":\"%s\"}", window.from(), window.to());
        int before = polls();

        assertThat(send(HttpMethod.POST, "/api/connectors/wechat/runs", NOBODY, "application/json", body)
                        .statusCode())
                .isEqualTo(401);
        assertThat(send(HttpMethod.POST, "/api/connectors/wechat/runs", READER, "application/json", body)
                        .statusCode())
                .isEqualTo(403);
        assertThat(polls()).isEqualTo(before);
        HttpResponse<String> started =
                send(HttpMethod.POST, "/api/connectors/wechat/runs", ADMIN, "application/json", body);
        assertThat(started.statusCode()).isEqualTo(202);
        bed.ended(Path.of(started.headers().firstValue("Location").orElseThrow())
                .getFileName()
                .toString());
    }

    @Test
    void onlyAnAdministratorReplacesAMapping() throws Exception {
        String path = "/api/connectors/wechat/mapping";
        String before = Files.readString(bed.home().mapping("wechat"));
        String csv = TestBed.MAPPING + "+447700900124,ben@example.com\n";

        assertThat(send(HttpMethod.PUT, path, NOBODY, "text/csv", csv).statusCode())
                .isEqualTo(401);
        assertThat(send(HttpMethod.PUT, path, READER, "text/csv", csv).statusCode())
                .isEqualTo(403);
        assertThat(Files.readString(bed.home().mapping("wechat"))).isEqualTo(before);
        assertThat(send(HttpMethod.PUT, path, ADMIN, "text/csv", csv).statusCode())
                .isEqualTo(200);
        assertThat(Files.readString(bed.home().mapping("wechat"))).isEqualTo(csv);
    }

    @Test
    void onlyAnAdministratorReadsAMappingAsAWhole() throws Exception {
        String path = "/api/connectors/wechat/mapping/versions/1";

        for (HttpMethod method : List.of(HttpMethod.GET, HttpMethod.HEAD)) {
            assertThat(send(method, path, NOBODY).statusCode()).isEqualTo(401);
            assertThat(send(method, path, READER).statusCode()).isEqualTo(403);
            assertThat(send(method, path + "/", READER).statusCode()).isIn(403, 404);
            assertThat(send(method, path, ADMIN).statusCode()).isEqualTo(200);
        }
        assertThat(send(HttpMethod.GET, path, ADMIN).body()).isEqualTo(TestBed.MAPPING);
    }

    @Test
    void onlyAnAdministratorRequeues() throws Exception {
        for (String channel : List.of("source", "malformed", "unmapped", "oversize", "undeliverable")) {
            String path = "/api/channels/" + channel + "/requeue";
            assertThat(send(HttpMethod.POST, path, NOBODY, "application/json", "{}")
                            .statusCode())
                    .isEqualTo(401);
            assertThat(send(HttpMethod.POST, path, READER, "application/json", "{}")
                            .statusCode())
                    .isEqualTo(403);
            assertThat(send(HttpMethod.POST, path, ADMIN, "application/json", "{}")
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    /** Whatever is added later is held to the rule by being there. */
    @Test
    void everyPathThatIsServedIsGuarded() throws Exception {
        List<Served> api = served();
        assertThat(api)
                .contains(
                        new Served(HttpMethod.POST, "/api/connectors/{id}/runs"),
                        new Served(HttpMethod.PUT, "/api/connectors/{id}/mapping"),
                        new Served(HttpMethod.POST, "/api/channels/{channel}/requeue"),
                        new Served(HttpMethod.GET, "/api/runs/{run}"));
        for (Served one : api) {
            String path = one.path().replaceAll("\\{[^}]*}", "none");
            assertThat(send(one.method(), path, NOBODY).statusCode())
                    .as("%s", one)
                    .isEqualTo(401);
            int reader = send(one.method(), path, READER).statusCode();
            if (one.method() == HttpMethod.GET && !one.path().equals(WHOLE_MAPPING)
                    || one.path().equals(REMARKS)) {
                assertThat(reader).as("%s", one).isIn(200, 400, 404);
            } else {
                assertThat(reader).as("%s", one).isEqualTo(403);
            }
            assertThat(send(one.method(), path, ADMIN).statusCode())
                    .as("%s", one)
                    .isNotIn(401, 403, 500);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/actuator/heapdump",
                "/actuator/threaddump",
                "/actuator/env",
                "/actuator/env/archiver.exchange.imap.password",
                "/actuator/configprops",
                "/actuator/beans",
                "/actuator/loggers",
                "/actuator/jolokia",
                "/actuator/shutdown",
                "/jolokia",
                "/jolokia/exec/com.sun.management:type=HotSpotDiagnostic/dumpHeap",
                "/hawtio",
                "/h2-console"
            })
    void whatWouldTellEverythingIsThereForNobody(String path) throws Exception {
        for (HttpMethod method : List.of(HttpMethod.GET, HttpMethod.POST)) {
            assertThat(send(method, path, NOBODY).statusCode()).isEqualTo(401);
            assertThat(send(method, path, READER).statusCode()).isEqualTo(403);
            assertThat(send(method, path, ADMIN).statusCode()).isEqualTo(404);
        }
    }

    @Test
    void aWrongPasswordIsNobody() throws Exception {
        String login = basic(ADMIN, "wrong");
        HttpRequest request = HttpRequest.newBuilder(uri("/api/channels"))
                .header("Authorization", login)
                .build();
        assertThat(HTTP.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(401);
    }

    private static List<Served> served() throws Exception {
        // Spring makes the servlet's mappings with the first request.
        send(HttpMethod.GET, "/api/channels", READER);
        List<Served> served = new ArrayList<>();
        bed.archiver().bean(DispatcherServlet.class).getHandlerMappings().stream()
                .filter(RequestMappingInfoHandlerMapping.class::isInstance)
                .map(RequestMappingInfoHandlerMapping.class::cast)
                .flatMap(mapping -> mapping.getHandlerMethods().keySet().stream())
                .forEach(info -> info.getPatternValues().stream()
                        .filter(path -> path.startsWith("/api/"))
                        .forEach(path -> info.getMethodsCondition().getMethods().stream()
                                .map(method -> new Served(method.asHttpMethod(), path))
                                .forEach(served::add)));
        return served;
    }

    private static int polls() {
        return bed.feed().requests().size();
    }

    private static HttpResponse<String> send(HttpMethod method, String path, String user) throws Exception {
        return send(method, path, user, null, "");
    }

    private static HttpResponse<String> send(HttpMethod method, String path, String user, String type, String body)
            throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri(path)).method(method.name(), HttpRequest.BodyPublishers.ofString(body));
        Map<String, String> headers = user.isEmpty() ? Map.of() : Map.of("Authorization", basic(user, PASSWORD));
        headers.forEach(request::header);
        if (type != null) {
            request.header("Content-Type", type);
        }
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static URI uri(String path) {
        return URI.create("http://127.0.0.1:" + bed.archiver().port() + path);
    }

    private static String basic(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }
}
