package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.chatarchiver.endtoend.ConsoleClient.CONNECTORS;
import static org.chatarchiver.endtoend.ConsoleClient.LOGIN;
import static org.chatarchiver.endtoend.HawtioBed.ADMIN;
import static org.chatarchiver.endtoend.HawtioBed.PASSWORD;

import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.chatarchiver.servers.IssuerStub;
import org.chatarchiver.servers.IssuerStub.Fault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Issuers of OpenID Connect that are down, or not who they are set to be, and sessions that came of one. */
class OidcTroubleTest {
    @TempDir
    Path folder;

    @Test
    void theArchiverStartsWithoutItsIssuerTellsPeopleAndLetsThemInOnceTheIssuerIsThere() throws Exception {
        try (IssuerStub issuer = IssuerStub.start()) {
            issuer.fail(Fault.CALLS_ITSELF_ANOTHER);
            issuer.vouchFor(Map.of("preferred_username", "ann", "roles", List.of("COMPLIANCE_READER")));
            try (HawtioBed bed = new HawtioBed(
                    folder, settings -> OidcBed.with(issuer, settings).set("server.servlet.session.timeout", "3s"))) {
                ConsoleClient ann = new ConsoleClient(bed.port());
                assertThat(ann.get(LOGIN).body()).contains("Log in with Contoso");
                HttpResponse<String> answer = ann.get(OidcBed.START);
                assertThat(answer.statusCode()).isEqualTo(502);
                assertThat(answer.body()).contains("At present nobody can log in with", "name=\"password\"");
                assertThat(ConsoleClient.of(bed.port(), ADMIN, PASSWORD)
                                .get(CONNECTORS)
                                .statusCode())
                        .isEqualTo(200);

                issuer.fail(Fault.NONE);
                await().atMost(Duration.ofMinutes(1))
                        .until(() -> ann.get(OidcBed.START).statusCode() == 302);
                URI back = OidcBed.begin(ann, "");
                assertThat(ann.get(back.getRawPath() + "?" + back.getRawQuery()).statusCode())
                        .isEqualTo(302);
                assertThat(ann.get(CONNECTORS).statusCode()).isEqualTo(200);
                endsWhenNothingIsDone(ann);
            }
        }
    }

    @Test
    void anIssuerWhoseCertificateOnlyTheBundleKnowsIsAsked() throws Exception {
        Path certificate = folder.resolve("issuer.crt");
        try (IssuerStub issuer = IssuerStub.startWithTls(folder, certificate);
                HawtioBed bed = new HawtioBed(folder, settings -> OidcBed.with(issuer, settings)
                        .set("archiver.security.oidc.ssl-bundle", "contoso")
                        .set("spring.ssl.bundle.pem.contoso.truststore.certificate", "file:" + certificate))) {
            assertThat(new ConsoleClient(bed.port())
                            .get(OidcBed.START)
                            .headers()
                            .firstValue("Location")
                            .orElseThrow())
                    .startsWith("https://localhost:");
        }
    }

    private static void endsWhenNothingIsDone(ConsoleClient ann) {
        await().atMost(Duration.ofMinutes(1))
                .pollInterval(Duration.ofMillis(300))
                .until(() ->
                        ann.get(CONNECTORS + "/wechat/live", "X-Poll", "yes").statusCode() == 401);
    }
}
