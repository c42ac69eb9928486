package org.chatarchiver.oidc;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import javax.crypto.spec.SecretKeySpec;
import org.chatarchiver.security.SessionCookies;
import org.chatarchiver.security.SessionDoor;
import org.springframework.http.HttpHeaders;
import org.springframework.security.crypto.encrypt.AesBytesEncryptor;
import org.springframework.security.crypto.keygen.KeyGenerators;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.web.AuthorizationRequestRepository;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.oauth2.core.endpoint.PkceParameterNames;
import org.springframework.security.oauth2.core.oidc.endpoint.OidcParameterNames;

/**
 * Log-ins that are under way at an issuer, each in a cookie of its browser, encrypted under a key that all archivers with one ledger
 * have: the answer may come to another one than the one that sent the browser away. Nobody who has not logged in takes memory here, and an answer of the issuer counts only in the browser that asked for it. The session's cookie would not
 * do: it does not come along from the issuer's page.
 */
final class PendingLogIns implements AuthorizationRequestRepository<OAuth2AuthorizationRequest> {
    static final String COOKIE = "console-oidc";
    static final Duration LONGEST = Duration.ofMinutes(10);

    private static final int LONGEST_WANTED = 1_000;

    private final ClientRegistrationRepository clients;
    private final SessionCookies cookies;
    private final Clock clock;
    private final Supplier<byte[]> key;
    private final ObjectMapper json = new ObjectMapper();

    /** @param key of 256 bits, asked for where it is used */
    PendingLogIns(ClientRegistrationRepository clients, SessionCookies cookies, Supplier<byte[]> key, Clock clock) {
        this.clients = clients;
        this.cookies = cookies;
        this.clock = clock;
        this.key = key;
    }

    private AesBytesEncryptor cipher() {
        return new AesBytesEncryptor(
                new SecretKeySpec(key.get(), "AES"),
                KeyGenerators.secureRandom(16),
                AesBytesEncryptor.CipherAlgorithm.GCM);
    }

    private record Pending(
            String client,
            String state,
            String nonce,
            String verifier,
            String redirectUri,
            String wanted,
            long untilMillis) {}

    @Override
    public void saveAuthorizationRequest(
            OAuth2AuthorizationRequest begun, HttpServletRequest request, HttpServletResponse response) {
        String wanted = Objects.toString(request.getParameter(SessionDoor.WANTED), "");
        Pending pending = new Pending(
                begun.getAttribute(OAuth2ParameterNames.REGISTRATION_ID),
                begun.getState(),
                begun.getAttribute(OidcParameterNames.NONCE),
                begun.getAttribute(PkceParameterNames.CODE_VERIFIER),
                begun.getRedirectUri(),
                wanted.length() > LONGEST_WANTED ? "" : wanted,
                clock.millis() + LONGEST.toMillis());
        try {
            byte[] sealed = cipher().encrypt(json.writeValueAsBytes(pending));
            set(response, Base64.getUrlEncoder().withoutPadding().encodeToString(sealed), LONGEST);
        } catch (IOException e) {
            throw new IllegalStateException("A record of texts can be written as JSON", e);
        }
    }

    @Override
    public OAuth2AuthorizationRequest loadAuthorizationRequest(HttpServletRequest request) {
        return read(request).map(this::begun).orElse(null);
    }

    @Override
    public OAuth2AuthorizationRequest removeAuthorizationRequest(
            HttpServletRequest request, HttpServletResponse response) {
        Optional<Pending> pending = read(request);
        pending.ifPresent(one -> request.setAttribute(SessionDoor.WANTED, one.wanted()));
        set(response, "", Duration.ZERO);
        return pending.map(this::begun).orElse(null);
    }

    private void set(HttpServletResponse response, String value, Duration age) {
        response.addHeader(
                HttpHeaders.SET_COOKIE,
                cookies.returning(COOKIE, value).maxAge(age).build().toString());
    }

    private OAuth2AuthorizationRequest begun(Pending pending) {
        ClientRegistration client = clients.findByRegistrationId(pending.client());
        return OAuth2AuthorizationRequest.authorizationCode()
                .authorizationUri(client.getProviderDetails().getAuthorizationUri())
                .clientId(client.getClientId())
                .redirectUri(pending.redirectUri())
                .scopes(client.getScopes())
                .state(pending.state())
                .attributes(Map.of(
                        OAuth2ParameterNames.REGISTRATION_ID,
                        pending.client(),
                        OidcParameterNames.NONCE,
                        pending.nonce(),
                        PkceParameterNames.CODE_VERIFIER,
                        pending.verifier()))
                .build();
    }

    /** What the browser has begun at the issuer whose answer this is. */
    private Optional<Pending> read(HttpServletRequest request) {
        if (request.getCookies() == null) {
            return Optional.empty();
        }
        for (Cookie cookie : request.getCookies()) {
            if (cookie.getName().equals(cookies.name(COOKIE))) {
                return open(cookie.getValue())
                        .filter(pending -> clock.millis() < pending.untilMillis())
                        .filter(pending -> request.getRequestURI().endsWith("/" + pending.client()))
                        .filter(pending -> same(pending.state(), request.getParameter(OAuth2ParameterNames.STATE)));
            }
        }
        return Optional.empty();
    }

    private Optional<Pending> open(String value) {
        try {
            return Optional.of(
                    json.readValue(cipher().decrypt(Base64.getUrlDecoder().decode(value)), Pending.class));
        } catch (IOException | RuntimeException e) {
            // Somebody else's, or of a former process.
            return Optional.empty();
        }
    }

    private static boolean same(String state, String answered) {
        return answered != null
                && MessageDigest.isEqual(
                        state.getBytes(StandardCharsets.UTF_8), answered.getBytes(StandardCharsets.UTF_8));
    }
}
