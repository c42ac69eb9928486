package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.chatarchiver.endtoend.ConsoleClient.CONNECTORS;
import static org.chatarchiver.endtoend.HawtioBed.ADMIN;
import static org.chatarchiver.endtoend.HawtioBed.PASSWORD;
import static org.chatarchiver.endtoend.OidcBed.NAME;
import static org.chatarchiver.endtoend.OidcBed.begin;
import static org.chatarchiver.endtoend.OidcBed.comeBack;

import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.chatarchiver.servers.IssuerStub.Fault;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is not let in to the console, whatever an issuer of OpenID Connect says, and what people are told then. */
class OidcRefusedTest {
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
    void whoHasNoRoleIsToldWhichClaimLacksWhat() throws Exception {
        oidc.issuer()
                .vouchFor(
                        Map.of("preferred_username", "<b>eve", "roles", List.of("Owner"), "groups", List.of("others")));
        refused(
                403,
                "&#39;&lt;b&gt;eve&#39; is known to Contoso, but nothing is permitted to it here",
                "Its claim roles does not hold DATA_CONNECTOR_ADMIN or COMPLIANCE_READER",
                "Its claim groups names none of archiver.security.oidc.admin-groups and reader-groups");
        oidc.issuer().vouchFor(Map.of("preferred_username", NAME));
        refused(403, "Its claim roles is missing", "Its claim groups is missing");
        oidc.issuer().vouchFor(Map.of("preferred_username", NAME, "_claim_names", Map.of("groups", "src1")));
        refused(403, "too many for it");
        oidc.issuer().vouchFor(Map.of("roles", List.of("DATA_CONNECTOR_ADMIN")));
        refused(403, "its claim preferred_username is missing");
        oidc.issuer().vouchFor(Map.of("preferred_username", "a\u202Eb", "roles", List.of("DATA_CONNECTOR_ADMIN")));
        refused(403, "its claim preferred_username is &#39;a\\u202Eb&#39;");
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {
                "WRONG_NONCE",
                "WRONG_SIGNATURE",
                "WRONG_AUDIENCE",
                "WRONG_ISSUER",
                "EXPIRED",
                "UNSIGNED",
                "NO_ID_TOKEN"
            })
    void anAnswerThatCannotBeTrustedLogsNobodyIn(Fault fault) throws Exception {
        oidc.letIn();
        oidc.issuer().fail(fault);
        refused(502, "cannot be trusted", "nobody is logged in");
    }

    @ParameterizedTest
    @ValueSource(strings = {ADMIN, "ADA", "\uFF21da", "admin", "Admin"})
    void aNameThatAUserOfTheArchiverHasIsNobodyElses(String name) throws Exception {
        oidc.issuer().vouchFor(Map.of("preferred_username", name, "roles", List.of("DATA_CONNECTOR_ADMIN")));
        refused(
                403,
                "Contoso calls you &#39;" + name + "&#39; in its claim preferred_username",
                "the name of a user of the archiver itself");
    }

    @Test
    void aNameWithBlanksAroundItIsNone() throws Exception {
        oidc.issuer().vouchFor(Map.of("preferred_username", ADMIN + " ", "roles", List.of("DATA_CONNECTOR_ADMIN")));
        refused(403, "its claim preferred_username is &#39;ada &#39;");
    }

    @Test
    void whomTheIssuerRefusesIsToldSo() throws Exception {
        oidc.issuer().fail(Fault.REFUSES_PERSON);
        refused(403, "Contoso did not let you in, and gives &#39;access_denied&#39;");
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"HANGS", "ENORMOUS"})
    void anIssuerThatDoesNotAnswerRightIsGivenUpSoon(Fault fault) throws Exception {
        ConsoleClient ann = oidc.nobody();
        URI back = begin(ann, "");
        oidc.issuer().fail(fault);
        long began = System.nanoTime();
        HttpResponse<String> answer = ann.get(back.getRawPath() + "?" + back.getRawQuery());
        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(answer.body()).contains("cannot be reached, or its answer cannot be used", "name=\"password\"");
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(20));
        assertThat(ConsoleClient.of(oidc.port(), ADMIN, PASSWORD)
                        .get(CONNECTORS)
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void anAnswerCountsOnlyInTheBrowserThatAskedForItAndOnce() throws Exception {
        ConsoleClient ann = oidc.nobody();
        URI back = begin(ann, "");
        String path = back.getRawPath() + "?" + back.getRawQuery();
        ConsoleClient eve = oidc.nobody();
        begin(eve, "");
        for (ConsoleClient other : List.of(oidc.nobody(), eve)) {
            HttpResponse<String> answer = other.get(path);
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body()).contains("in another window, or not here");
            assertThat(other.cookie("JSESSIONID")).isEmpty();
        }
        assertThat(ann.get(path).statusCode()).isEqualTo(302);
        assertThat(ann.get(path).statusCode()).isEqualTo(400);
    }

    @Test
    void thereIsNoOtherIssuer() throws Exception {
        HttpResponse<String> answer = oidc.nobody().get("/console/oidc/start/fabrikam");
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("There is no log-in of this name");
    }

    private static void refused(int status, String... sentences) throws Exception {
        ConsoleClient eve = oidc.nobody();
        HttpResponse<String> answer = comeBack(eve, "");
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body())
                .contains("role=\"alert\"", "name=\"password\"")
                .contains(sentences);
        assertThat(eve.cookie("JSESSIONID")).isEmpty();
    }
}
