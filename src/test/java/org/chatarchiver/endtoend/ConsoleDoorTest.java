package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.chatarchiver.endtoend.ConsoleClient.CONNECTORS;
import static org.chatarchiver.endtoend.ConsoleClient.LOGIN;
import static org.chatarchiver.endtoend.HawtioBed.ADMIN;
import static org.chatarchiver.endtoend.HawtioBed.GUESSED;
import static org.chatarchiver.endtoend.HawtioBed.PASSWORD;
import static org.chatarchiver.endtoend.HawtioBed.READER;
import static org.chatarchiver.endtoend.HawtioClient.HAWTIO;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.chatarchiver.ledger.ConnectorPauses;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is let in to the console, and by what. */
class ConsoleDoorTest {
    private static final String HTML = "text/html,application/xhtml+xml,*/*;q=0.8";
    private static final String PAUSE = CONNECTORS + "/wechat/pause";

    @TempDir
    static Path folder;

    private static HawtioBed bed;

    @BeforeAll
    static void start() throws IOException {
        bed = new HawtioBed(folder);
    }

    @AfterAll
    static void stop() throws IOException {
        bed.close();
    }

    @ParameterizedTest
    @CsvSource({
        "/, /console/login?to=%2F",
        "/console/health, /console/login?to=%2Fconsole%2Fhealth",
        "/console/none?a=1&b=2, /console/login?to=%2Fconsole%2Fnone%3Fa%3D1%26b%3D2"
    })
    void aBrowserIsSentToTheForm(String path, String form) throws Exception {
        HttpResponse<String> answer = nobody().get(path, "Accept", HTML);
        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(answer.headers().firstValue("Location")).hasValue(form);
    }

    @Test
    void aLogInByOpenIdConnectIsNeitherOfferedNorAnsweredWhileNoneIsSet() throws Exception {
        assertThat(nobody().get(LOGIN).body()).doesNotContain("Log in with", "/oidc/");
        for (String path : List.of("/console/oidc/start/contoso", "/console/oidc/return/contoso?code=1&state=1")) {
            HttpResponse<String> answer = nobody().get(path);
            assertThat(answer.statusCode()).isEqualTo(401);
            assertThat(answer.headers().allValues("Set-Cookie")).isEmpty();
            assertThat(as(ADMIN).get(path, "Accept", HTML).statusCode()).isEqualTo(404);
        }
    }

    @Test
    void aLinkOfAnotherSiteLeadsOverAPageOfOursSoThatTheSessionsCookieIsSent() throws Exception {
        HttpResponse<String> answer = nobody().get(
                        "/console/health?a=1",
                        "Accept",
                        HTML,
                        "Sec-Fetch-Site",
                        "cross-site",
                        "Sec-Fetch-Mode",
                        "navigate");
        String onward = answer.headers().firstValue("Location").orElseThrow();
        assertThat(onward).isEqualTo("/console/onward?to=%2Fconsole%2Fhealth%3Fa%3D1");
        assertThat(nobody().get(onward).body()).contains("content=\"0;url=/console/health?a=1\"");
        assertThat(nobody().get(
                                "/console/health?a=1",
                                "Accept",
                                HTML,
                                "Sec-Fetch-Site",
                                "same-origin",
                                "Sec-Fetch-Mode",
                                "navigate")
                        .headers()
                        .firstValue("Location")
                        .orElseThrow())
                .startsWith(LOGIN);
    }

    @Test
    void aScriptIsToldToLogInAndHtmxToLoadThePageAgain() throws Exception {
        HttpResponse<String> script = nobody().get(CONNECTORS);
        assertThat(script.statusCode()).isEqualTo(401);
        assertThat(script.headers().firstValue("WWW-Authenticate")).isEmpty();
        HttpResponse<String> htmx = nobody().get(CONNECTORS + "/wechat/live", "HX-Request", "true");
        assertThat(htmx.statusCode()).isEqualTo(401);
        assertThat(htmx.headers().firstValue("HX-Refresh")).hasValue("true");
    }

    @Test
    void nobodyIsGivenASession() throws Exception {
        ConsoleClient nobody = nobody();
        nobody.get(LOGIN);
        nobody.get("/", "Accept", HTML);
        nobody.logIn(ADMIN, "wrong", "");
        assertThat(nobody.cookie("JSESSIONID")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {LOGIN, "/console/onward", CONNECTORS, "/console/health", "/console/none"})
    void everyPageHasOneStrictPolicy(String path) throws Exception {
        HttpResponse<String> page = path.equals(LOGIN) || path.endsWith("onward")
                ? nobody().get(path)
                : as(READER).get(path, "Accept", HTML);
        assertThat(page.headers().allValues("Content-Security-Policy"))
                .singleElement()
                .asString()
                .startsWith("default-src 'none'; script-src 'self'; style-src 'self';")
                .contains("frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(page.headers().allValues("X-Frame-Options")).containsExactly("DENY");
        assertThat(page.headers().firstValue("Cache-Control"))
                .hasValueSatisfying(cache -> assertThat(cache).contains("no-store"));
        assertThat(page.body())
                .doesNotContainPattern("<script(?![^>]* src=)")
                .doesNotContain("<style", " style=", " onclick=", "http://", "https://")
                .containsOnlyOnce("<h1");
    }

    @ParameterizedTest
    @ValueSource(strings = {ADMIN, READER})
    void usersOfTheArchiverLogIn(String user) throws Exception {
        ConsoleClient client = nobody();
        HttpResponse<String> answer = client.logIn(user, PASSWORD, "/console/health?x=1");
        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(answer.headers().firstValue("Location")).hasValue("/console/health?x=1");
        assertThat(answer.headers().allValues("Set-Cookie"))
                .filteredOn(cookie -> cookie.startsWith("JSESSIONID"))
                .singleElement()
                .asString()
                .contains("HttpOnly", "SameSite=Strict", "Path=/;")
                .doesNotContain("Secure");
        HttpResponse<String> page = client.get(CONNECTORS);
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains(user, "Log out", "WeChat", "href=\"/actuator/hawtio/\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example/",
                "//evil.example",
                "/\\\\evil.example",
                "/consoleevil",
                "/api/connectors",
                "/console/login",
                "/console/x\r\nSet-Cookie: a=b"
            })
    void whoWantsAnotherPlaceComesToTheFirstPage(String wanted) throws Exception {
        assertThat(nobody().logIn(ADMIN, PASSWORD, wanted).headers().firstValue("Location"))
                .hasValue(CONNECTORS);
    }

    @Test
    void aWrongPasswordIsRefusedInTheForm() throws Exception {
        HttpResponse<String> answer = nobody().logIn("\"><b>x", "wrong", "/console/health");
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body())
                .contains("password is wrong", "<form", "value=\"/console/health\"")
                .doesNotContain("<b>x");
    }

    @Test
    void guessingIsCountedTogetherWithThatOfTheApi() throws Exception {
        ConsoleClient guesser = nobody();
        for (int i = 0; i < 5; i++) {
            assertThat(guesser.logIn(GUESSED, "wrong", "").statusCode()).isEqualTo(401);
            assertThat(guesser.get("/api/channels", "Authorization", basic(GUESSED, "wrong"))
                            .statusCode())
                    .isEqualTo(401);
        }
        HttpResponse<String> answer = guesser.logIn(GUESSED, PASSWORD, "");
        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        assertThat(answer.body()).contains("Too many failed log-ins", "<form");
    }

    @Test
    void aSessionThatWasThereBeforeTheLogInIsNotTheOneBehindIt() throws Exception {
        ConsoleClient made = nobody();
        made.get(LOGIN, "Cookie", "JSESSIONID=00000000000000000000000000000000");
        made.logIn(ADMIN, PASSWORD, "");
        String first = made.session();
        assertThat(first).isNotEqualTo("00000000000000000000000000000000");
        made.post(LOGIN, made.token(CONNECTORS), "username", READER, "password", PASSWORD);
        assertThat(made.session()).isNotEqualTo(first);
        assertThat(nobody().get(CONNECTORS, "Cookie", "JSESSIONID=" + first).statusCode())
                .isEqualTo(401);
    }

    @Test
    void aFormWithoutTheTokenOrWithAnotherDoesNothing() throws Exception {
        ConsoleClient ada = as(ADMIN);
        for (String token : List.of("", "made up", as(ADMIN).token(CONNECTORS))) {
            HttpResponse<String> answer = ada.post(PAUSE, token, "reason", "unwanted");
            assertThat(answer.statusCode()).isEqualTo(403);
            assertThat(answer.body()).contains("too old", "<h1");
        }
        assertThat(pauses().of("wechat")).isEmpty();
        HttpResponse<String> form = nobody().post(LOGIN, "made up", "username", ADMIN, "password", PASSWORD);
        assertThat(form.statusCode()).isEqualTo(403);
        assertThat(form.body()).contains("too old", "<form");
    }

    @Test
    void aScriptOfOursSendsTheTokenInAHeader() throws Exception {
        ConsoleClient ada = as(ADMIN);
        String token = ada.token(CONNECTORS);
        HttpResponse<String> answer = ada.send(ada.request(CONNECTORS + "/wechat/resume")
                .header("X-CSRF-TOKEN", token)
                .POST(BodyPublishers.noBody()));
        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(ada.get(CONNECTORS).body()).contains("hx-headers=\"{&quot;X-CSRF-TOKEN&quot;:&quot;");
    }

    @Test
    void anotherSitesPageChangesNothing() throws Exception {
        ConsoleClient ada = as(ADMIN);
        String token = ada.token(CONNECTORS);
        for (String[] header : new String[][] {{"Origin", "https://evil.example"}, {"Sec-Fetch-Site", "cross-site"}}) {
            HttpResponse<String> answer = ada.send(ada.request(PAUSE)
                    .header(header[0], header[1])
                    .header("X-CSRF-TOKEN", token)
                    .POST(BodyPublishers.noBody()));
            assertThat(answer.statusCode()).isEqualTo(403);
        }
    }

    @Test
    void aReaderSeesNoButtonThatWouldBeRefusedAndIsRefused() throws Exception {
        ConsoleClient rita = as(READER);
        HttpResponse<String> page = rita.get(CONNECTORS);
        assertThat(page.body().split("<button", -1)).as("the one to log out").hasSize(2);
        for (String act : List.of("run", "dry-run", "back-fill", "pause", "resume", "none")) {
            HttpResponse<String> answer =
                    rita.post(CONNECTORS + "/wechat/" + act, rita.token(CONNECTORS), "reason", "unwanted");
            assertThat(answer.statusCode()).as(act).isEqualTo(403);
            assertThat(answer.body()).contains("DATA_CONNECTOR_ADMIN", "<h1");
        }
        assertThat(pauses().of("wechat")).isEmpty();
    }

    @Test
    void whoLogsOutIsOutOfHawtioToo() throws Exception {
        ConsoleClient ada = as(ADMIN);
        String session = ada.session();
        assertThat(ada.get(HAWTIO + "/user").body()).isEqualTo("\"" + ADMIN + "\"");
        HttpResponse<String> answer = ada.post("/console/logout", ada.token(CONNECTORS));
        assertThat(answer.headers().firstValue("Location")).hasValue(LOGIN + "?left");
        assertThat(nobody().get(HAWTIO + "/user", "Cookie", "JSESSIONID=" + session)
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void whoLogsOutOfHawtioIsOutOfTheConsoleToo() throws Exception {
        ConsoleClient ada = as(ADMIN);
        String session = ada.session();
        ada.get(HAWTIO + "/auth/logout");
        assertThat(nobody().get(CONNECTORS, "Cookie", "JSESSIONID=" + session).statusCode())
                .isEqualTo(401);
    }

    @Test
    void aSessionThatIsOverIsSaidToBe() throws Exception {
        HttpResponse<String> answer = nobody().get(CONNECTORS, "Accept", HTML, "Cookie", "JSESSIONID=0123456789ABCDEF");
        assertThat(answer.headers().firstValue("Location")).hasValue(LOGIN + "?to=%2Fconsole%2Fconnectors&ended");
        assertThat(nobody().get(LOGIN + "?ended").body()).contains("Your session has ended");
    }

    @Test
    void theSessionDoesNotOpenTheApiAndBasicDoesNotOpenTheConsole() throws Exception {
        ConsoleClient ada = as(ADMIN);
        for (String path : List.of("/api/channels", "/actuator/prometheus")) {
            assertThat(ada.get(path).statusCode()).isEqualTo(401);
        }
        HttpResponse<String> answer = nobody().get("/api/channels", "Authorization", basic(ADMIN, PASSWORD));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().allValues("Set-Cookie")).isEmpty();
        assertThat(nobody().get(CONNECTORS, "Authorization", basic(ADMIN, PASSWORD))
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void whatIsNotThereIsSaidInAPage() throws Exception {
        for (String path : List.of("/console/none", CONNECTORS + "/none/live", "/console/connectors/wechat/none")) {
            HttpResponse<String> answer = as(READER).get(path, "Accept", HTML);
            assertThat(answer.statusCode()).as(path).isEqualTo(404);
            assertThat(answer.body()).contains("<h1", "There is no such page", "Log out");
        }
        assertThat(nobody().get("/console/static/none").statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({
        "console.css, text/css",
        "console.js, text/javascript",
        "htmx.min.js, text/javascript",
        "icon.svg, image/svg+xml"
    })
    void aBrowserAsksWhetherItHasTheFilesAsTheyAre(String file, String type) throws Exception {
        HttpResponse<String> answer = nobody().get("/console/static/" + file);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValueSatisfying(sent -> assertThat(sent).startsWith(type));
        assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-cache");
        String tag = answer.headers().firstValue("ETag").orElseThrow();
        assertThat(nobody().get("/console/static/" + file, "If-None-Match", tag).statusCode())
                .isEqualTo(304);
    }

    private static ConnectorPauses pauses() {
        return bed.bed().archiver().bean(ConnectorPauses.class);
    }

    private static ConsoleClient nobody() {
        return new ConsoleClient(bed.port());
    }

    private static ConsoleClient as(String user) throws IOException, InterruptedException {
        return ConsoleClient.of(bed.port(), user, PASSWORD);
    }

    private static String basic(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }
}
