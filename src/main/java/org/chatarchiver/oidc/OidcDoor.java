package org.chatarchiver.oidc;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.chatarchiver.message.Printable;
import org.chatarchiver.security.LogInRefusedException;
import org.chatarchiver.security.LoginAudit;
import org.chatarchiver.security.OtherLogIn;
import org.chatarchiver.security.SessionCookies;
import org.chatarchiver.security.SessionDoor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.endpoint.RestClientAuthorizationCodeTokenResponseClient;
import org.springframework.security.oauth2.client.oidc.authentication.OidcAuthorizationCodeAuthenticationProvider;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.web.DefaultOAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestCustomizers;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestRedirectFilter;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizedClientRepository;
import org.springframework.security.oauth2.client.web.OAuth2LoginAuthenticationFilter;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;

/** The log-in by OpenID Connect: authorization code with PKCE, state, nonce, and the ID token's signature held against the issuer's keys. */
final class OidcDoor implements OtherLogIn, ClientRegistrationRepository {
    private static final Logger LOG = LoggerFactory.getLogger(OidcDoor.class);

    private final Map<String, Issuer> issuers = new LinkedHashMap<>();
    private final IssuerHttp http;
    private final SessionCookies cookies;
    private final OidcUsers users;
    private final LoginAudit audit;
    private final Supplier<byte[]> key;

    /** @param key under which log-ins that are under way are sealed */
    OidcDoor(
            List<Client> clients,
            IssuerHttp http,
            OidcUsers users,
            SessionCookies cookies,
            LoginAudit audit,
            Supplier<byte[]> key) {
        this.audit = audit;
        this.http = http;
        this.users = users;
        this.cookies = cookies;
        this.key = key;
        clients.forEach(client -> issuers.put(
                client.id(), new Issuer(client.title(), new Discovery(client, http.documents()), System::nanoTime)));
    }

    @Override
    public List<Way> ways() {
        return issuers.entrySet().stream()
                .map(one -> new Way(one.getValue().title(), Client.START + "/" + one.getKey()))
                .toList();
    }

    @Override
    public ClientRegistration findByRegistrationId(String id) {
        Issuer issuer = issuers.get(id);
        return issuer == null ? null : issuer.registered().registration();
    }

    @Override
    public void open(HttpSecurity chain, AuthenticationSuccessHandler letIn, AuthenticationFailureHandler refused)
            throws Exception {
        AuthenticationFailureHandler told = (request, response, failure) ->
                refused.onAuthenticationFailure(request, response, Refusals.of(title(request), failure));
        DefaultOAuth2AuthorizationRequestResolver requests =
                new DefaultOAuth2AuthorizationRequestResolver(this, Client.START);
        requests.setAuthorizationRequestCustomizer(OAuth2AuthorizationRequestCustomizers.withPkce());
        chain.oauth2Login(login -> login.loginPage(SessionDoor.LOGIN)
                .clientRegistrationRepository(this)
                .authorizedClientRepository(new NoTokens())
                .authorizationEndpoint(start -> start.authorizationRequestResolver(requests)
                        .authorizationRequestRepository(new PendingLogIns(this, cookies, key, Clock.systemUTC())))
                .redirectionEndpoint(end -> end.baseUri(Client.RETURN + "/*"))
                .successHandler((request, response, user) -> {
                    log(user, request.getRemoteAddr(), title(request));
                    letIn.onAuthenticationSuccess(request, response, user);
                })
                .failureHandler(told)
                .withObjectPostProcessor(new ObjectPostProcessor<OAuth2AuthorizationRequestRedirectFilter>() {
                    @Override
                    public <F extends OAuth2AuthorizationRequestRedirectFilter> F postProcess(F filter) {
                        filter.setAuthenticationFailureHandler(told);
                        return filter;
                    }
                })
                .withObjectPostProcessor(new ObjectPostProcessor<OAuth2LoginAuthenticationFilter>() {
                    @Override
                    public <F extends OAuth2LoginAuthenticationFilter> F postProcess(F filter) {
                        // The chain's own knows passwords only.
                        filter.setAuthenticationManager(answers());
                        return filter;
                    }
                }));
    }

    private AuthenticationManager answers() {
        RestClientAuthorizationCodeTokenResponseClient tokens = new RestClientAuthorizationCodeTokenResponseClient();
        tokens.setRestClient(http.tokens());
        OidcAuthorizationCodeAuthenticationProvider provider =
                new OidcAuthorizationCodeAuthenticationProvider(tokens, users);
        provider.setJwtDecoderFactory(
                client -> issuers.get(client.getRegistrationId()).registered().tokens());
        return answer -> {
            try {
                return provider.authenticate(answer);
            } catch (AuthenticationException e) {
                throw e;
            } catch (RuntimeException e) {
                throw new LogInRefusedException(
                        HttpStatus.BAD_GATEWAY, "The issuer's answer cannot be used, and nobody is logged in.", e);
            }
        };
    }

    private String title(HttpServletRequest request) {
        String path = request.getRequestURI();
        Issuer issuer = issuers.get(path.substring(path.lastIndexOf('/') + 1));
        return issuer == null ? "the issuer" : issuer.title();
    }

    private void log(Authentication user, String address, String title) {
        String subject = user.getPrincipal() instanceof OidcUser oidc ? oidc.getSubject() : "";
        LOG.info(
                "{} has logged in by {}, as {}; its subject there is {}",
                Printable.quoted(user.getName()),
                Printable.of(title),
                user.getAuthorities(),
                Printable.quoted(subject));
        audit.loggedIn(user.getName(), address, title);
    }

    /** Keeps none: nothing is asked for in anybody's name. */
    private static final class NoTokens implements OAuth2AuthorizedClientRepository {
        @Override
        public <T extends OAuth2AuthorizedClient> T loadAuthorizedClient(
                String client, Authentication user, HttpServletRequest request) {
            return null;
        }

        @Override
        public void saveAuthorizedClient(
                OAuth2AuthorizedClient client,
                Authentication user,
                HttpServletRequest request,
                HttpServletResponse response) {
            // Forgotten with the request.
        }

        @Override
        public void removeAuthorizedClient(
                String client, Authentication user, HttpServletRequest request, HttpServletResponse response) {
            // There is none.
        }
    }
}
