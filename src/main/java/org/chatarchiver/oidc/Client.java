package org.chatarchiver.oidc;

import java.net.URI;
import java.util.List;
import java.util.Set;
import org.chatarchiver.message.Printable;
import org.chatarchiver.security.StartRefusedException;
import org.springframework.boot.autoconfigure.security.oauth2.client.OAuth2ClientProperties;

/**
 * The archiver as a client of one issuer, as {@code spring.security.oauth2.client.registration.<id>.*} describes it; checked at the start.
 *
 * @param id also a part of the redirect URI
 * @param title shown to people
 */
record Client(
        String id,
        String title,
        OAuth2ClientProperties.Registration registration,
        OAuth2ClientProperties.Provider provider) {
    static final String START = "/console/oidc/start";
    static final String RETURN = "/console/oidc/return";

    private static final String PREFIX = "spring.security.oauth2.client.";
    private static final String OPENID = "openid";
    private static final Set<String> USUAL_SCOPES = Set.of(OPENID, "profile");
    private static final Set<String> LOCAL = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final int LONGEST_TITLE = 60;

    /** At most one: what a role or a group of an issuer permits is set once, and names of two issuers could be the same. */
    static List<Client> all(OAuth2ClientProperties properties) {
        Set<String> ids = properties.getRegistration().keySet();
        if (ids.size() > 1) {
            throw new StartRefusedException(
                    PREFIX + "registration.* names " + ids.size() + " log-ins by OpenID Connect, "
                            + Printable.of(String.join(", ", ids)),
                    "Leave one of them: the claims, roles and groups of archiver.security.oidc are those of one issuer, and"
                            + " people of two could have the same name.");
        }
        return properties.getRegistration().entrySet().stream()
                .map(one -> of(one.getKey(), one.getValue(), properties))
                .toList();
    }

    private static Client of(
            String id, OAuth2ClientProperties.Registration registration, OAuth2ClientProperties properties) {
        String our = PREFIX + "registration." + id + ".";
        check(id.matches("[a-z0-9-]{1,40}"), our + "*", id, "use small letters, digits and hyphens for its name");
        String providerId = registration.getProvider() == null ? id : registration.getProvider();
        String their = PREFIX + "provider." + providerId + ".";
        OAuth2ClientProperties.Provider provider = properties.getProvider().get(providerId);
        check(provider != null, their + "issuer-uri", "", "set it to the issuer's address, as its ID tokens name it");
        String issuer = provider.getIssuerUri();
        check(
                issuer != null && isSafe(issuer) && issuer.indexOf('?') < 0,
                their + "issuer-uri",
                issuer,
                "use an address of https, as the issuer's ID tokens name it, such as"
                        + " https://login.microsoftonline.com/<tenant id>/v2.0");
        check(
                registration.getClientId() != null
                        && !registration.getClientId().isBlank(),
                our + "client-id",
                registration.getClientId(),
                "set it to the id of the application at the issuer");
        String grant = registration.getAuthorizationGrantType();
        check(
                grant == null || grant.equals("authorization_code"),
                our + "authorization-grant-type",
                grant,
                "use authorization_code, or leave it out");
        Client client = new Client(id, title(id, registration), registration, provider);
        check(
                client.scopes().contains(OPENID),
                our + "scope",
                String.join(",", client.scopes()),
                "add openid, or leave it out");
        check(
                client.redirectUri().replace("{registrationId}", id).endsWith(RETURN + "/" + id),
                our + "redirect-uri",
                client.redirectUri(),
                "let it end with " + RETURN + "/" + id + ", or leave it out");
        String title = client.title();
        check(
                title.length() <= LONGEST_TITLE && Printable.of(title).equals(title),
                our + "client-name",
                title,
                "use at most " + LONGEST_TITLE + " printable characters");
        return client;
    }

    private static String title(String id, OAuth2ClientProperties.Registration registration) {
        return registration.getClientName() == null
                        || registration.getClientName().isBlank()
                ? id
                : registration.getClientName();
    }

    Set<String> scopes() {
        Set<String> set = registration.getScope();
        return set == null || set.isEmpty() ? USUAL_SCOPES : set;
    }

    String redirectUri() {
        return registration.getRedirectUri() == null
                ? "{baseUrl}" + RETURN + "/{registrationId}"
                : registration.getRedirectUri();
    }

    /** Whether it is an address over TLS, or of this machine. */
    static boolean isSafe(String address) {
        try {
            URI uri = URI.create(address);
            return uri.getHost() != null
                    && uri.getUserInfo() == null
                    && uri.getFragment() == null
                    && ("https".equals(uri.getScheme())
                            || "http".equals(uri.getScheme()) && LOCAL.contains(uri.getHost()));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static void check(boolean right, String setting, String value, String cure) {
        if (!right) {
            throw new StartRefusedException(
                    setting + " is " + (value == null || value.isEmpty() ? "not set" : Printable.quoted(value)),
                    "For the log-in by OpenID Connect " + cure + ".");
        }
    }
}
