package org.chatarchiver.console;

import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.HEAD;
import static org.springframework.http.HttpMethod.POST;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import org.chatarchiver.security.CrossSiteFilter;
import org.chatarchiver.security.Problems;
import org.chatarchiver.security.Role;
import org.chatarchiver.security.SessionCookies;
import org.chatarchiver.security.SessionDoor;
import org.chatarchiver.security.ThrottledLogin;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.RequestCacheConfigurer;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.context.SecurityContextHolderFilter;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfFilter;

/** The door of the console: the archiver's own users, by a form and a session. Readers look; what changes anything is for administrators. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication
class ConsoleSecurity {
    private static final String ALL = "/console/**";
    private static final String LOGOUT = "/console/logout";
    private static final String ADMIN = Role.DATA_CONNECTOR_ADMIN.name();
    private static final String READER = Role.COMPLIANCE_READER.name();
    private static final String[] PAGES = {"/", "/console", ALL};
    private static final String[] OPEN = {SessionDoor.LOGIN, ConsoleConfiguration.STATIC + "*"};
    private static final Set<String> READS = Set.of("GET", "HEAD");

    @Bean
    @Order(2)
    SecurityFilterChain consoleFilterChain(
            HttpSecurity http,
            ThrottledLogin login,
            Problems problems,
            SessionDoor door,
            SessionCookies cookies,
            ConsolePages pages)
            throws Exception {
        ConsoleRefusals refusals = new ConsoleRefusals(pages);
        return http.securityMatcher(PAGES)
                .authorizeHttpRequests(
                        paths -> paths.dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.FORWARD)
                                .permitAll()
                                .requestMatchers(GET, OPEN)
                                .permitAll()
                                .requestMatchers(HEAD, OPEN)
                                .permitAll()
                                .requestMatchers(GET, PAGES)
                                .hasAnyRole(READER, ADMIN)
                                .requestMatchers(HEAD, PAGES)
                                .hasAnyRole(READER, ADMIN)
                                .requestMatchers(POST, ALL)
                                .hasRole(ADMIN)
                                .anyRequest()
                                .denyAll())
                .authenticationManager(login)
                .formLogin(form -> form.loginPage(SessionDoor.LOGIN)
                        .loginProcessingUrl(SessionDoor.LOGIN)
                        .successHandler((request, response, user) -> response.sendRedirect(
                                request.getContextPath() + Wanted.of(request.getParameter(SessionDoor.WANTED))))
                        .failureHandler(refusals))
                .logout(logout -> logout.logoutUrl(LOGOUT)
                        .logoutSuccessUrl(SessionDoor.LOGIN + "?" + LoginController.LEFT)
                        .deleteCookies(cookies.session()))
                .exceptionHandling(
                        refused -> refused.authenticationEntryPoint(door).accessDeniedHandler(refusals))
                // Nobody who has not logged in is given a session.
                .requestCache(RequestCacheConfigurer::disable)
                .csrf(csrf -> csrf.csrfTokenRepository(tokens(cookies)))
                .addFilterBefore(new CrossSiteFilter(problems, ConsoleSecurity::changes), CsrfFilter.class)
                .addFilterBefore(door.idleSessions(), SecurityContextHolderFilter.class)
                .headers(headers -> headers.defaultsDisabled().addHeaderWriter(ConsoleHeaders::write))
                .build();
    }

    private static CookieCsrfTokenRepository tokens(SessionCookies cookies) {
        CookieCsrfTokenRepository tokens = cookies.tokens("console-csrf", "/", false);
        tokens.setHeaderName("X-CSRF-TOKEN");
        return tokens;
    }

    private static boolean changes(HttpServletRequest request) {
        return !READS.contains(request.getMethod());
    }
}
