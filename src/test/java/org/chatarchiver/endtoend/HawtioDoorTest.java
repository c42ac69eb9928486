package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.chatarchiver.endtoend.HawtioBed.ADMIN;
import static org.chatarchiver.endtoend.HawtioBed.GUESSED;
import static org.chatarchiver.endtoend.HawtioBed.PASSWORD;
import static org.chatarchiver.endtoend.HawtioBed.READER;
import static org.chatarchiver.endtoend.HawtioClient.HAWTIO;
import static org.chatarchiver.endtoend.HawtioClient.JOLOKIA;
import static org.chatarchiver.endtoend.HawtioClient.LOGIN;

import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is let in to Hawtio, and by what. */
class HawtioDoorTest {
    private static final String VERSION = "{\"type\":\"version\"}";

    @TempDir
    static Path folder;

    private static HawtioBed hawtio;

    @BeforeAll
    static void start() throws IOException {
        hawtio = new HawtioBed(folder);
    }

    @AfterAll
    static void stop() throws IOException {
        hawtio.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "/index.html", "/camel", "/hawtconfig.json", "/static/js/main.js", "/plugin"})
    void aBrowserIsSentToTheConsolesForm(String path) throws Exception {
        HttpResponse<String> answer = nobody().get(HAWTIO + path, "Accept", "text/html,*/*;q=0.8");
        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(answer.headers().firstValue("Location"))
                .hasValue(LOGIN + "?to=" + URLEncoder.encode(HAWTIO + path, StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/jolokia", "/jolokia/version", "/user", "/proxy/enabled", "/auth/config/login", "/refresh"})
    void aScriptIsToldToLogInAndABrowserAsksForNoPassword(String path) throws Exception {
        HttpResponse<String> answer = nobody().get(HAWTIO + path);
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).contains(LOGIN);
        assertThat(answer.headers().firstValue("WWW-Authenticate")).isEmpty();
    }

    @Test
    void nobodyIsGivenASession() throws Exception {
        HawtioClient nobody = nobody();
        nobody.get(LOGIN);
        nobody.get(HAWTIO, "Accept", "text/html");
        nobody.logIn(ADMIN, "wrong");
        assertThat(nobody.cookie("JSESSIONID")).isEmpty();
    }

    @Test
    void hawtiosPagesHaveHawtiosPolicyAndNoOther() throws Exception {
        HttpResponse<String> page = hawtio.as(READER).get(HAWTIO + "/");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("<base href=\"" + HAWTIO + "/\"");
        assertThat(page.headers().allValues("Content-Security-Policy"))
                .singleElement()
                .asString()
                .startsWith("default-src 'self'; script-src 'self';")
                .contains("frame-ancestors 'none'");
        assertThat(page.headers().firstValue("X-Frame-Options")).hasValue("DENY");
    }

    @ParameterizedTest
    @ValueSource(strings = {ADMIN, READER})
    void usersOfTheArchiverLogIn(String user) throws Exception {
        HawtioClient client = new HawtioClient(hawtio.port());
        HttpResponse<String> answer = client.logIn(user, PASSWORD);
        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(answer.headers().allValues("Set-Cookie"))
                .filteredOn(cookie -> cookie.startsWith("JSESSIONID"))
                .singleElement()
                .asString()
                .contains("HttpOnly", "SameSite=Strict", "Path=/");
        assertThat(client.get(HAWTIO + "/user").body()).isEqualTo("\"" + user + "\"");
    }

    @Test
    void aWrongPasswordIsRefusedInTheForm() throws Exception {
        HttpResponse<String> answer = nobody().logIn(ADMIN, "wrong");
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).contains("password is wrong", "<form");
        assertThat(nobody().logIn("<b>x", "wrong").body()).doesNotContain("<b>x");
    }

    @Test
    void guessingIsCountedTogetherWithThatOfTheApi() throws Exception {
        HawtioClient guesser = nobody();
        for (int i = 0; i < 5; i++) {
            assertThat(guesser.logIn(GUESSED, "wrong").statusCode()).isEqualTo(401);
            assertThat(guesser.get("/api/channels", "Authorization", basic(GUESSED, "wrong"))
                            .statusCode())
                    .isEqualTo(401);
        }
        HttpResponse<String> answer = guesser.logIn(GUESSED, PASSWORD);
        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        assertThat(answer.body()).contains("Too many failed log-ins", "<form");
    }

    @Test
    void aFormThatIsNotOursLogsNobodyIn() throws Exception {
        HttpResponse<String> answer = nobody().logIn(ADMIN, PASSWORD, "made up");
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("too old", "<form");
    }

    @Test
    void theSessionOpensNothingElseAndBasicDoesNotOpenHawtio() throws Exception {
        HawtioClient ada = hawtio.as(ADMIN);
        for (String path : List.of("/api/channels", "/actuator/prometheus", "/actuator/jolokia")) {
            assertThat(ada.get(path).statusCode()).isEqualTo(401);
        }
        assertThat(nobody().get(JOLOKIA, "Authorization", basic(ADMIN, PASSWORD))
                        .statusCode())
                .isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/actuator/jolokia",
                "/actuator/jolokia/version",
                "/actuator/jolokia/list",
                "/jolokia",
                "/hawtio",
                "/actuator/hawtiox"
            })
    void jolokiaHasNoOtherDoor(String path) throws Exception {
        HawtioClient ada = hawtio.as(ADMIN);
        assertThat(ada.get(path, "Authorization", basic(ADMIN, PASSWORD)).statusCode())
                .isEqualTo(404);
        assertThat(ada.get(path, "Authorization", basic(READER, PASSWORD)).statusCode())
                .isEqualTo(403);
        assertThat(ada.send(ada.request(path)
                                .header("Authorization", basic(ADMIN, PASSWORD))
                                .POST(BodyPublishers.ofString(VERSION)))
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void whoLogsOutIsOut() throws Exception {
        HawtioClient rita = hawtio.as(READER);
        String session = rita.cookie("JSESSIONID").orElseThrow().getValue();
        assertThat(rita.get(HAWTIO + "/auth/logout").headers().firstValue("Location"))
                .hasValueSatisfying(to -> assertThat(to).endsWith(LOGIN));
        assertThat(nobody().get(JOLOKIA, "Cookie", "JSESSIONID=" + session).statusCode())
                .isEqualTo(401);
    }

    @Test
    void aRequestWithoutTheTokenDoesNothing() throws Exception {
        HawtioClient ada = hawtio.as(ADMIN);
        assertThat(ada.post(VERSION).statusCode()).isEqualTo(200);
        HttpResponse<String> answer = ada.send(
                ada.request(JOLOKIA).header("Content-Type", "application/json").POST(BodyPublishers.ofString(VERSION)));
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("X-XSRF-TOKEN");
    }

    @Test
    void anotherSitesPageNeitherReadsNorDoes() throws Exception {
        HawtioClient ada = hawtio.as(ADMIN);
        String[][] foreign = {
            {"Origin", "https://evil.example"},
            {"Origin", "null"},
            {"Sec-Fetch-Site", "cross-site"},
            {"Sec-Fetch-Site", "same-site"}
        };
        for (String[] header : foreign) {
            for (HttpResponse<String> answer :
                    List.of(ada.get(JOLOKIA + "/version", header), ada.post(VERSION, header))) {
                assertThat(answer.statusCode()).as("%s", header[1]).isEqualTo(403);
                assertThat(answer.headers().map()).doesNotContainKey("access-control-allow-origin");
            }
        }
        HttpResponse<String> preflight = ada.send(ada.request(JOLOKIA)
                .header("Origin", "https://evil.example")
                .header("Access-Control-Request-Method", "POST")
                .method("OPTIONS", BodyPublishers.noBody()));
        assertThat(preflight.statusCode()).isBetween(400, 404);
        assertThat(preflight.headers().map()).doesNotContainKey("access-control-allow-origin");
    }

    @Test
    void ourOwnPageReadsAndNoOtherIsInvited() throws Exception {
        HawtioClient rita = hawtio.as(READER);
        HttpResponse<String> answer = rita.post(VERSION, "Origin", "http://127.0.0.1:" + hawtio.port());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().map()).doesNotContainKey("access-control-allow-origin");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/proxy/http/127.0.0.1/1/jolokia",
                "/proxy/http://127.0.0.1:1/jolokia",
                "/proxy/127.0.0.1:1/jolokia",
                "/proxy",
                "/auth/login"
            })
    void nothingIsAskedOfOtherHostsAndHawtiosOwnLogInIsClosed(String path) throws Exception {
        HawtioClient ada = hawtio.as(ADMIN);
        assertThat(ada.get(HAWTIO + path).statusCode()).isBetween(400, 404);
        assertThat(ada.send(ada.request(HAWTIO + path)
                                .header(
                                        "X-XSRF-TOKEN",
                                        ada.cookie("XSRF-TOKEN").orElseThrow().getValue())
                                .POST(BodyPublishers.ofString(VERSION)))
                        .statusCode())
                .isBetween(400, 404);
        assertThat(ada.get(HAWTIO + "/proxy/enabled").body()).contains("false");
    }

    private static HawtioClient nobody() {
        return new HawtioClient(hawtio.port());
    }

    private static String basic(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }
}
