package org.chatarchiver.msexchange.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.identity.ClientCertificateCredentialBuilder;
import com.azure.identity.ClientSecretCredentialBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.chatarchiver.servers.AuthorityStub;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;

/** With azure-identity as it is, at an authority that refuses. */
class AccessTokensTest {
    private static final String SECRET = "app-Secret-4711";

    @TempDir
    static Path folder;

    private static AuthorityStub authority;

    @BeforeAll
    static void start() throws Exception {
        authority = AuthorityStub.start(folder);
    }

    @AfterAll
    static void stop() {
        authority.close();
    }

    private static AccessTokens bySecret() {
        return bySecret(authority.host());
    }

    private static AccessTokens bySecret(String host) {
        return tokens(new ClientSecretCredentialBuilder()
                .authorityHost(host)
                .disableInstanceDiscovery()
                .tenantId("11111111-2222-3333-4444-555555555555")
                .clientId("application")
                .clientSecret(SECRET)
                .httpClient(authority.client())
                .maxRetry(0)
                .build());
    }

    private static AccessTokens tokens(TokenCredential credential) {
        return new AccessTokens(credential, "https://graph.microsoft.com/.default");
    }

    private static TransportError refusal(AccessTokens tokens) {
        return catchThrowableOfType(TransportException.class, tokens::current).error();
    }

    @Test
    void aTokenIsGiven() throws TransportException {
        authority.answer(200, "{\"token_type\":\"Bearer\",\"expires_in\":3599,\"access_token\":\"token\"}");

        assertThat(bySecret().current()).isEqualTo("token");
    }

    @ParameterizedTest
    @CsvSource({
        "invalid_request, AADSTS90002, tenant",
        "unauthorized_client, AADSTS700016, client id",
        "invalid_client, AADSTS7000215, secret's value",
        "invalid_client, AADSTS7000222, expired",
        "invalid_resource, AADSTS500011, scope",
        "unauthorized_client, AADSTS7000112, enable",
        "invalid_grant, AADSTS53003, policy",
        "invalid_grant, AADSTS99999999, look the code up"
    })
    void whatIsToBeMendedIsSaid(String error, String code, String cure) {
        authority.refuse(error, code);

        TransportError refused = refusal(bySecret());

        assertThat(refused.fault()).isEqualTo(Fault.CREDENTIALS_REFUSED);
        assertThat(refused.passing()).isTrue();
        assertThat(refused.detail()).contains(code, cure).doesNotContain(SECRET).hasSizeLessThanOrEqualTo(200);
    }

    @Test
    void aCertificateThatIsNotTheApplicationsIsSaidToBe() throws IOException {
        Path certificate = folder.resolve("certificate.pem");
        Path key = folder.resolve("key.pem");
        authority.exportPem(certificate, key);
        Path both =
                Files.writeString(folder.resolve("both.pem"), Files.readString(certificate) + Files.readString(key));
        authority.refuse("invalid_client", "AADSTS700027");

        TransportError refused = refusal(tokens(new ClientCertificateCredentialBuilder()
                .authorityHost(authority.host())
                .disableInstanceDiscovery()
                .tenantId("11111111-2222-3333-4444-555555555555")
                .clientId("application")
                .pemCertificate(both.toString())
                .httpClient(authority.client())
                .maxRetry(0)
                .build()));

        assertThat(refused.fault()).isEqualTo(Fault.CREDENTIALS_REFUSED);
        assertThat(refused.detail()).contains("AADSTS700027", "certificate");
    }

    @Test
    void manyThreadsThatWaitForOneRefusalAreToldTogether() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        AccessTokens tokens = tokens(request -> Mono.defer(() -> {
            asked.incrementAndGet();
            return Mono.<AccessToken>error(new IllegalStateException("AADSTS90002"))
                    .delaySubscription(Duration.ofMillis(300));
        }));
        ExecutorService threads = Executors.newFixedThreadPool(8);
        List<Callable<TransportError>> calls = Collections.nCopies(8, () -> refusal(tokens));

        for (Future<TransportError> one : threads.invokeAll(calls)) {
            assertThat(one.get().fault()).isEqualTo(Fault.CREDENTIALS_REFUSED);
        }

        threads.shutdown();
        assertThat(asked.get()).isLessThan(8);
    }

    @Test
    void anAuthorityThatIsNotThereIsUnreachable() {
        assertThat(refusal(bySecret("https://localhost:1")).fault()).isEqualTo(Fault.UNREACHABLE);
    }

    @Test
    void anAuthorityInTroubleIsAnOutage() {
        authority.answer(503, "{}");

        assertThat(refusal(bySecret()).fault().outage()).isTrue();
    }

    @Test
    void whatItSaysIsShownWithoutControlCharactersAndInShort() {
        authority.refuse("invalid_client", "no code\\r\\n" + "x".repeat(500));

        assertThat(refusal(bySecret()).detail()).doesNotContain("\r", "\n").hasSizeLessThanOrEqualTo(200);
    }
}
