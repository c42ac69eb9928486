package org.chatarchiver.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.chatarchiver.security.StartRefusedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.security.oauth2.client.OAuth2ClientProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Settings of a log-in by OpenID Connect are looked at before anybody logs in. */
class ClientTest {
    private static final String PREFIX = "spring.security.oauth2.client.";
    private static final String OURS = PREFIX + "registration.entra.";
    private static final String ISSUER = PREFIX + "provider.entra.issuer-uri";

    private final Map<String, String> settings = new HashMap<>(Map.of(
            OURS + "client-id",
            "archiver",
            OURS + "client-secret",
            "secret",
            ISSUER,
            "https://login.microsoftonline.com/contoso/v2.0"));

    @Test
    void threeSettingsAreEnough() {
        Client client = client();
        assertThat(client.title()).isEqualTo("entra");
        assertThat(client.scopes()).containsExactlyInAnyOrder("openid", "profile");
        assertThat(client.redirectUri()).isEqualTo("{baseUrl}/console/oidc/return/{registrationId}");
    }

    @ParameterizedTest
    @CsvSource({
        "provider.entra.issuer-uri, http://login.example",
        "provider.entra.issuer-uri, login.example",
        "provider.entra.issuer-uri, https://user@login.example",
        "provider.entra.issuer-uri, ''",
        "registration.entra.client-id, ''",
        "registration.entra.scope, profile",
        "registration.entra.authorization-grant-type, client_credentials",
        "registration.entra.redirect-uri, https://archiver.example/login/oauth2/code/entra",
        "registration.entra.client-name, a\u202Eb",
        "registration.entra.provider, other"
    })
    void whatCannotWorkRefusesTheStartByNameValueAndCure(String setting, String value) {
        settings.put(PREFIX + setting, value);
        assertThatThrownBy(this::client)
                .isInstanceOf(StartRefusedException.class)
                .message()
                .startsWith(PREFIX + setting.replace("registration.entra.provider", "provider.other.issuer-uri"))
                .doesNotContain("secret\"");
    }

    @Test
    void anIssuerOfThisMachineNeedsNoTls() {
        settings.put(ISSUER, "http://localhost:8081/realms/contoso");
        assertThat(client().provider().getIssuerUri()).isEqualTo("http://localhost:8081/realms/contoso");
    }

    @Test
    void aSecondIssuerRefusesTheStartAsItsGroupsAndNamesWouldCountAsThoseOfTheFirst() {
        settings.put(PREFIX + "registration.okta.client-id", "archiver");
        settings.put(PREFIX + "provider.okta.issuer-uri", "https://contoso.okta.example");
        assertThatThrownBy(this::client)
                .isInstanceOf(StartRefusedException.class)
                .hasMessageStartingWith(PREFIX + "registration.* names 2 log-ins by OpenID Connect, ")
                .hasMessageContainingAll("entra", "okta");
    }

    @Test
    void claimsAndGroupsWithoutANameAreRefused() {
        assertThatThrownBy(() -> new OidcProperties(" ", "roles", "groups", Set.of(), Set.of(), ""))
                .hasMessageContaining("archiver.security.oidc.name-claim");
        assertThatThrownBy(() -> new OidcProperties("sub", "roles", "groups", Set.of(), Set.of("a", " b"), ""))
                .hasMessageContaining("archiver.security.oidc.reader-groups names ' b'");
    }

    private Client client() {
        return Client.all(new Binder(new MapConfigurationPropertySource(settings))
                        .bindOrCreate(PREFIX.replaceFirst("\\.$", ""), OAuth2ClientProperties.class))
                .get(0);
    }
}
