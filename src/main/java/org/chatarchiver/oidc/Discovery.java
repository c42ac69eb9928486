package org.chatarchiver.oidc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import org.chatarchiver.message.Printable;
import org.springframework.boot.autoconfigure.security.oauth2.client.OAuth2ClientProperties;
import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenDecoderFactory;
import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenValidator;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.converter.ClaimTypeConverter;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.web.client.RestOperations;

/** Asks an issuer for its addresses (OpenID Connect Discovery 1.0, section 4). Those that settings name are taken as they are. */
final class Discovery {
    private static final String DOCUMENT = "/.well-known/openid-configuration";

    private final Client client;
    private final RestOperations http;
    private final ObjectMapper json = new ObjectMapper();

    Discovery(Client client, RestOperations http) {
        this.client = client;
        this.http = http;
    }

    /** What an issuer says of itself that cannot be used. */
    static final class UnusableException extends Exception {
        UnusableException(String what) {
            super(what);
        }
    }

    Issuer.Registered ask() throws UnusableException {
        OAuth2ClientProperties.Provider set = client.provider();
        boolean whole = set.getAuthorizationUri() != null && set.getTokenUri() != null && set.getJwkSetUri() != null;
        JsonNode said = whole ? json.createObjectNode() : document();
        OAuth2ClientProperties.Registration ours = client.registration();
        ClientRegistration registration = ClientRegistration.withRegistrationId(client.id())
                .clientName(client.title())
                .clientId(ours.getClientId())
                .clientSecret(ours.getClientSecret())
                .clientAuthenticationMethod(
                        ours.getClientAuthenticationMethod() == null
                                ? ClientAuthenticationMethod.CLIENT_SECRET_BASIC
                                : new ClientAuthenticationMethod(ours.getClientAuthenticationMethod()))
                .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
                .redirectUri(client.redirectUri())
                .scope(client.scopes())
                .issuerUri(set.getIssuerUri())
                .authorizationUri(address(set.getAuthorizationUri(), said, "authorization_endpoint"))
                .tokenUri(address(set.getTokenUri(), said, "token_endpoint"))
                .jwkSetUri(address(set.getJwkSetUri(), said, "jwks_uri"))
                .build();
        return new Issuer.Registered(registration, decoder(registration));
    }

    private JsonNode document() throws UnusableException {
        String issuer = client.provider().getIssuerUri();
        String body = http.getForObject(URI.create(issuer.replaceFirst("/$", "") + DOCUMENT), String.class);
        JsonNode said;
        try {
            said = json.readTree(body == null ? "" : body);
        } catch (JsonProcessingException e) {
            throw new UnusableException("what it says of itself is no JSON");
        }
        String name = said.path("issuer").asText("");
        if (!name.equals(issuer)) {
            throw new UnusableException(
                    "it calls itself " + Printable.quoted(name) + ", and issuer-uri is " + Printable.quoted(issuer));
        }
        return said;
    }

    private static String address(String set, JsonNode said, String member) throws UnusableException {
        String address = set == null ? said.path(member).asText("") : set;
        if (!Client.isSafe(address)) {
            throw new UnusableException(
                    "its " + member + " is " + Printable.quoted(address) + ", and no address of https");
        }
        return address;
    }

    /** Signature by the issuer's keys, then issuer, audience and times (OpenID Connect Core 1.0, section 3.1.3.7). */
    private JwtDecoder decoder(ClientRegistration registration) {
        NimbusJwtDecoder decoder = NimbusJwtDecoder.withJwkSetUri(
                        registration.getProviderDetails().getJwkSetUri())
                .jwsAlgorithm(SignatureAlgorithm.RS256)
                .restOperations(http)
                .build();
        decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(
                new JwtTimestampValidator(), new OidcIdTokenValidator(registration)));
        decoder.setClaimSetConverter(
                new ClaimTypeConverter(OidcIdTokenDecoderFactory.createDefaultClaimTypeConverters()));
        return decoder;
    }
}
