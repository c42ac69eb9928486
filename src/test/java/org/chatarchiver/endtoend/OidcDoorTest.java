package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.chatarchiver.endtoend.ConsoleClient.CONNECTORS;
import static org.chatarchiver.endtoend.ConsoleClient.LOGIN;
import static org.chatarchiver.endtoend.HawtioBed.ADMIN;
import static org.chatarchiver.endtoend.HawtioBed.PASSWORD;
import static org.chatarchiver.endtoend.OidcBed.ADMINS;
import static org.chatarchiver.endtoend.OidcBed.NAME;
import static org.chatarchiver.endtoend.OidcBed.RETURN;
import static org.chatarchiver.endtoend.OidcBed.START;
import static org.chatarchiver.endtoend.OidcBed.begin;
import static org.chatarchiver.endtoend.OidcBed.comeBack;

import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.chatarchiver.ledger.ConnectorPauses;
import org.chatarchiver.servers.IssuerStub;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is let in to the console at the word of an issuer of OpenID Connect. */
class OidcDoorTest {
    @TempDir
    static Path folder;

    private static OidcBed oidc;

    @BeforeAll
    static void start() throws Exception {
        oidc = new OidcBed(folder);
    }

    @AfterAll
    static void stop() throws Exception {
        oidc.close();
    }

    @BeforeEach
    void vouch() {
        oidc.reset();
    }

    @Test
    void theFormOffersItAndKeepsWhatWasWanted() throws Exception {
        assertThat(oidc.nobody().get(LOGIN + "?to=/console/health").body())
                .contains("Log in with Contoso", "href=\"" + START + "?to=/console/health\"", "name=\"password\"");
    }

    @Test
    void theIssuerIsAskedForACodeWithStateNonceAndProofOfPossession() throws Exception {
        HttpResponse<String> answer = oidc.nobody().get(START + "?to=/console/health");
        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(answer.headers().firstValue("Location").orElseThrow())
                .startsWith(oidc.issuer().issuer() + "/authorize?")
                .contains(
                        "response_type=code",
                        "client_id=" + IssuerStub.CLIENT,
                        "state=",
                        "nonce=",
                        "code_challenge=",
                        "code_challenge_method=S256",
                        "redirect_uri=http://127.0.0.1:" + oidc.port() + RETURN)
                .doesNotContain(IssuerStub.SECRET);
        assertThat(answer.headers().allValues("Set-Cookie"))
                .singleElement()
                .asString()
                .startsWith("console-oidc=")
                .contains("HttpOnly", "SameSite=Lax", "Path=/;", "Max-Age=600");
    }

    @Test
    void whoIsVouchedForIsLetInAndComesToWhatWasWanted() throws Exception {
        ConsoleClient ann = oidc.nobody();
        HttpResponse<String> answer = comeBack(ann, "/console/health?x=1");
        assertThat(answer.statusCode()).isEqualTo(302);
        String onward = answer.headers().firstValue("Location").orElseThrow();
        assertThat(onward).isEqualTo("/console/onward?to=%2Fconsole%2Fhealth%3Fx%3D1");
        assertThat(answer.headers().allValues("Set-Cookie"))
                .filteredOn(cookie -> cookie.startsWith("JSESSIONID"))
                .singleElement()
                .asString()
                .contains("HttpOnly", "SameSite=Strict", "Path=/;");
        assertThat(ann.cookie("console-oidc")).isEmpty();
        assertThat(ann.get(onward).body()).contains("content=\"0;url=/console/health?x=1\"");
        assertThat(ann.get(CONNECTORS).body()).contains(NAME, "Run now");
        assertThat(ann.get("/actuator/hawtio/user").body()).isEqualTo("\"" + NAME + "\"");
        assertThat(ann.get("/api/channels").statusCode()).isEqualTo(401);
    }

    @Test
    void whatIsDoneIsRecordedUnderTheirName() throws Exception {
        ConsoleClient ann = oidc.letIn();
        String pause = CONNECTORS + "/wechat/pause";
        ann.post(pause, ann.token(CONNECTORS), "reason", "trying it");
        assertThat(oidc.bed().archiver().bean(ConnectorPauses.class).of("wechat"))
                .hasValueSatisfying(paused -> assertThat(paused.toString()).contains(NAME));
        ann.post(CONNECTORS + "/wechat/resume", ann.token(CONNECTORS));
        assertThat(oidc.bed().archiver().bean(ConnectorPauses.class).of("wechat"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "roles, COMPLIANCE_READER, false",
        "groups, readers, false",
        "groups, auditors, false",
        "groups, " + ADMINS + ", true",
        "roles, DATA_CONNECTOR_ADMIN, true"
    })
    void rolesAndGroupsAreOurRoles(String claim, String value, boolean administrator) throws Exception {
        oidc.issuer().vouchFor(Map.of("preferred_username", NAME, claim, List.of("other", value)));
        ConsoleClient ann = oidc.letIn();
        String page = ann.get(CONNECTORS).body();
        assertThat(page.contains("Run now")).isEqualTo(administrator);
        assertThat(ann.post(CONNECTORS + "/none/pause", ann.token(CONNECTORS), "reason", "x")
                        .statusCode())
                .isEqualTo(administrator ? 404 : 403);
    }

    @Test
    void aSessionThatSomebodyElseHasPlantedIsNotTheOneThatIsLoggedIn() throws Exception {
        ConsoleClient ann = oidc.nobody();
        URI back = begin(ann, "");
        String planted = ConsoleClient.of(oidc.port(), ADMIN, PASSWORD).session();
        HttpResponse<String> answer = ann.get(back.getRawPath() + "?" + back.getRawQuery());
        assertThat(answer.headers().allValues("Set-Cookie")).noneMatch(cookie -> cookie.contains(planted));
        assertThat(ann.session()).isNotEqualTo(planted);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.example/", "//evil.example", "/console/login", "/api/channels"})
    void nobodyIsSentElsewhereBehindIt(String wanted) throws Exception {
        assertThat(comeBack(oidc.nobody(), wanted).headers().firstValue("Location"))
                .hasValue("/console/onward?to=%2Fconsole%2Fconnectors");
        assertThat(oidc.nobody().get("/console/onward?to=" + wanted).body()).contains("0;url=/console/connectors\"");
    }

    @Test
    void whoLogsOutIsOut() throws Exception {
        ConsoleClient ann = oidc.letIn();
        String session = ann.session();
        HttpResponse<String> answer = ann.post("/console/logout", ann.token(CONNECTORS));
        assertThat(oidc.nobody()
                        .get(answer.headers().firstValue("Location").orElseThrow())
                        .body())
                .contains("You have logged out", "elsewhere");
        assertThat(oidc.nobody()
                        .get("/actuator/hawtio/user", "Cookie", "JSESSIONID=" + session)
                        .statusCode())
                .isEqualTo(401);
    }
}
