package org.chatarchiver.hawtio;

import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.HEAD;
import static org.springframework.http.HttpMethod.POST;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;
import org.chatarchiver.security.AnswerHeaders;
import org.chatarchiver.security.CrossSiteFilter;
import org.chatarchiver.security.Problems;
import org.chatarchiver.security.Role;
import org.chatarchiver.security.SessionCookies;
import org.chatarchiver.security.SessionDoor;
import org.chatarchiver.security.ThrottledLogin;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.RequestCacheConfigurer;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.context.SecurityContextHolderFilter;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.csrf.CsrfTokenRequestAttributeHandler;

/**
 * The door of Hawtio and Jolokia: by the session of the console, as a page that asks every few seconds cannot do without one. Jolokia is
 * reached through Hawtio's path only; its own stays closed, and so do Hawtio's log-ins and its proxy.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication
@ConditionalOnBooleanProperty("hawtio.enabled")
class HawtioSecurity {
    static final String HAWTIO = "/actuator/hawtio";

    private static final String LOGOUT = HAWTIO + "/auth/logout";
    private static final String JOLOKIA = "/actuator/jolokia";
    private static final String HAWTIO_JOLOKIA = HAWTIO + "/jolokia";
    private static final String[] ROLES = {Role.COMPLIANCE_READER.name(), Role.DATA_CONNECTOR_ADMIN.name()};

    @Bean
    @Order(1)
    SecurityFilterChain hawtioFilterChain(
            HttpSecurity http, ThrottledLogin login, Problems problems, SessionDoor door, SessionCookies cookies)
            throws Exception {
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
                .logout(logout -> logout.logoutRequestMatcher(HawtioSecurity::isLogout)
                        .logoutSuccessHandler(HawtioSecurity::leave)
                        .addLogoutHandler(cookies.forgetting()))
                .exceptionHandling(refused ->
                        refused.authenticationEntryPoint(door).accessDeniedHandler(new HawtioRefusals(problems)))
                // Nobody who has not logged in is given a session.
                .requestCache(RequestCacheConfigurer::disable)
                .csrf(csrf -> csrf.csrfTokenRepository(cookies.tokens("XSRF-TOKEN", HAWTIO, true))
                        .csrfTokenRequestHandler(new CsrfTokenRequestAttributeHandler()))
                .addFilterBefore(new CrossSiteFilter(problems, HawtioSecurity::isHeld), CsrfFilter.class)
                .addFilterAfter(new CsrfCookie(), CsrfFilter.class)
                .addFilterBefore(door.idleSessions(HawtioSecurity::isJolokias), SecurityContextHolderFilter.class)
                .addFilterAfter(new LoggedInUser(), AuthorizationFilter.class)
                .headers(headers -> headers.defaultsDisabled()
                        .addHeaderWriter((request, response) -> AnswerHeaders.write(request.isSecure(), response)))
                .build();
    }

    /** Hawtio's page comes here by itself when it is told that nobody is logged in any more. */
    private static void leave(HttpServletRequest request, HttpServletResponse response, Authentication user)
            throws IOException {
        response.sendRedirect(
                request.getContextPath() + SessionDoor.LOGIN + (user == null ? "?" + SessionDoor.ENDED : ""));
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
        return !GET.matches(request.getMethod()) || isJolokias(request);
    }

    /** Sent every few seconds by a page that is open, whether somebody looks at it or not. */
    private static boolean isJolokias(HttpServletRequest request) {
        return isUnder(HAWTIO_JOLOKIA, path(request));
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
