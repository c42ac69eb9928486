package org.chatarchiver.hawtio;

import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.HEAD;
import static org.springframework.http.HttpMethod.POST;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Objects;
import org.chatarchiver.security.AnswerHeaders;
import org.chatarchiver.security.CrossSiteFilter;
import org.chatarchiver.security.Problems;
import org.chatarchiver.security.Role;
import org.chatarchiver.security.ThrottledLogin;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.RequestCacheConfigurer;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.authentication.UsernamePasswordAuthenticationFilter;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfFilter;

/**
 * The door of Hawtio and Jolokia: the archiver's own users, by a form and a session, as a page that asks every few seconds cannot do
 * without. Jolokia is reached through Hawtio's path only; its own stays closed, and so do Hawtio's log-ins and its proxy.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication
@ConditionalOnBooleanProperty("hawtio.enabled")
class HawtioSecurity {
    static final String HAWTIO = "/actuator/hawtio";
    static final String LOGIN = HAWTIO + "/login";

    private static final String LOGOUT = HAWTIO + "/auth/logout";
    private static final String JOLOKIA = "/actuator/jolokia";
    private static final String HAWTIO_JOLOKIA = HAWTIO + "/jolokia";
    private static final String[] ROLES = {Role.COMPLIANCE_READER.name(), Role.DATA_CONNECTOR_ADMIN.name()};

    @Bean
    @Order(1)
    SecurityFilterChain hawtioFilterChain(HttpSecurity http, ThrottledLogin login, Problems problems) throws Exception {
        LoginPage page = new LoginPage();
        HawtioRefusals refusals = new HawtioRefusals(problems, page);
        return http.securityMatcher(HawtioSecurity::isHawtios)
                .authorizeHttpRequests(
                        paths -> paths.dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.FORWARD)
                                .permitAll()
                                .requestMatchers(GET, HAWTIO + "/proxy/enabled")
                                .hasAnyRole(ROLES)
                                .requestMatchers(HAWTIO + "/proxy/**", HAWTIO + "/auth/login/**")
                                .denyAll()
                                .requestMatchers(GET, HAWTIO, HAWTIO + "/**")
                                .hasAnyRole(ROLES)
                                .requestMatchers(HEAD, HAWTIO, HAWTIO + "/**")
                                .hasAnyRole(ROLES)
                                .requestMatchers(POST, HAWTIO_JOLOKIA, HAWTIO_JOLOKIA + "/**")
                                .hasAnyRole(ROLES)
                                .anyRequest()
                                .denyAll())
                .authenticationManager(login)
                .formLogin(form -> form.loginPage(LOGIN)
                        .loginProcessingUrl(LOGIN)
                        .defaultSuccessUrl(HAWTIO + "/", true)
                        .failureHandler(page))
                .logout(logout -> logout.logoutRequestMatcher(HawtioSecurity::isLogout)
                        .logoutSuccessUrl(LOGIN)
                        .deleteCookies("JSESSIONID"))
                .exceptionHandling(
                        refused -> refused.authenticationEntryPoint(refusals).accessDeniedHandler(refusals))
                // Nobody who has not logged in is given a session.
                .requestCache(RequestCacheConfigurer::disable)
                .csrf(csrf -> csrf.csrfTokenRepository(tokens()).csrfTokenRequestHandler(new CsrfTokens()))
                .addFilterBefore(new CrossSiteFilter(problems, HawtioSecurity::isHeld), CsrfFilter.class)
                .addFilterAfter(new CsrfTokens.Cookie(), CsrfFilter.class)
                .addFilterBefore(page, UsernamePasswordAuthenticationFilter.class)
                .addFilterAfter(new LoggedInUser(), AuthorizationFilter.class)
                .headers(headers -> headers.defaultsDisabled()
                        .addHeaderWriter((request, response) -> AnswerHeaders.write(request.isSecure(), response)))
                .build();
    }

    private static CookieCsrfTokenRepository tokens() {
        CookieCsrfTokenRepository tokens = CookieCsrfTokenRepository.withHttpOnlyFalse();
        tokens.setCookiePath(HAWTIO);
        tokens.setCookieCustomizer(cookie -> cookie.sameSite("Strict"));
        return tokens;
    }

    private static boolean isHawtios(HttpServletRequest request) {
        String path = path(request);
        return isUnder(HAWTIO, path)
                || isUnder(JOLOKIA, path)
                        && request.getDispatcherType() == DispatcherType.FORWARD
                        && isUnder(
                                HAWTIO_JOLOKIA,
                                Objects.toString(request.getAttribute(RequestDispatcher.FORWARD_SERVLET_PATH), ""));
    }

    /** What another site may not even have read. A link to a page of Hawtio is harmless. */
    private static boolean isHeld(HttpServletRequest request) {
        return !GET.matches(request.getMethod()) || isUnder(HAWTIO_JOLOKIA, path(request));
    }

    private static boolean isLogout(HttpServletRequest request) {
        return GET.matches(request.getMethod()) && path(request).equals(LOGOUT);
    }

    private static boolean isUnder(String folder, String path) {
        return path.equals(folder) || path.startsWith(folder + "/");
    }

    static String path(HttpServletRequest request) {
        return request.getServletPath() + Objects.toString(request.getPathInfo(), "");
    }
}
