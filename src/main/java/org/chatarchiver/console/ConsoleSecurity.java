package org.chatarchiver.console;

import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.HEAD;
import static org.springframework.http.HttpMethod.POST;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.chatarchiver.security.CrossSiteFilter;
import org.chatarchiver.security.LoginAudit;
import org.chatarchiver.security.OtherLogIn;
import org.chatarchiver.security.Problems;
import org.chatarchiver.security.Role;
import org.chatarchiver.security.SessionCookies;
import org.chatarchiver.security.SessionDoor;
import org.chatarchiver.security.ThrottledLogin;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.RequestCacheConfigurer;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.context.SecurityContextHolderFilter;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfFilter;

/** The door of the console: the archiver's own users by a form, or others' by an {@link OtherLogIn}, and a session. Readers look, and add remarks; what changes anything is for administrators. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication
class ConsoleSecurity {
    private static final String ALL = "/console/**";
    private static final String LOGOUT = "/console/logout";
    private static final String ADMIN = Role.DATA_CONNECTOR_ADMIN.name();
    private static final String READER = Role.COMPLIANCE_READER.name();
    private static final String[] PAGES = {"/", "/console", ALL};
    private static final String[] OPEN = {SessionDoor.LOGIN, SessionDoor.ONWARD, ConsoleConfiguration.STATIC + "*"};

    /** Shows what connectors log in as, and offers nothing that a reader may do. */
    private static final String[] SETUP = {SetupFrame.PATH, SetupFrame.PATH + "/**"};

    private static final Set<String> READS = Set.of("GET", "HEAD");

    @Bean
    @Order(2)
    SecurityFilterChain consoleFilterChain(
            HttpSecurity http,
            ThrottledLogin login,
            Problems problems,
            SessionDoor door,
            SessionCookies cookies,
            ConsolePages pages,
            LoginForm form,
            LoginAudit audit,
            ObjectProvider<OtherLogIn> others)
            throws Exception {
        ConsoleRefusals refusals = new ConsoleRefusals(pages, form);
        for (OtherLogIn other : others) {
            other.open(http, ConsoleSecurity::onward, refusals);
        }
        return http.securityMatcher(PAGES)
                .authorizeHttpRequests(
                        paths -> paths.dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.FORWARD)
                                .permitAll()
                                .requestMatchers(GET, OPEN)
                                .permitAll()
                                .requestMatchers(HEAD, OPEN)
                                .permitAll()
                                .requestMatchers(SETUP)
                                .hasRole(ADMIN)
                                .requestMatchers(GET, PAGES)
                                .hasAnyRole(READER, ADMIN)
                                .requestMatchers(HEAD, PAGES)
                                .hasAnyRole(READER, ADMIN)
                                .requestMatchers(POST, AuditPage.REMARKS)
                                .hasAnyRole(READER, ADMIN)
                                .requestMatchers(POST, ALL)
                                .hasRole(ADMIN)
                                .anyRequest()
                                .denyAll())
                .authenticationManager(login)
                .formLogin(fields -> fields.loginPage(SessionDoor.LOGIN)
                        .loginProcessingUrl(SessionDoor.LOGIN)
                        .successHandler((request, response, user) -> {
                            audit.loggedIn(user.getName(), request.getRemoteAddr(), "console");
                            response.sendRedirect(
                                    request.getContextPath() + Wanted.of(request.getParameter(SessionDoor.WANTED)));
                        })
                        .failureHandler(refusals))
                .logout(logout -> logout.logoutUrl(LOGOUT)
                        .logoutSuccessUrl(SessionDoor.LOGIN + "?" + LoginController.LEFT)
                        .addLogoutHandler(cookies.forgetting()))
                .exceptionHandling(
                        refused -> refused.authenticationEntryPoint(door).accessDeniedHandler(refusals))
                // Nobody who has not logged in is given a session.
                .requestCache(RequestCacheConfigurer::disable)
                .csrf(csrf -> csrf.csrfTokenRepository(tokens(cookies)))
                .addFilterBefore(new CrossSiteFilter(problems, ConsoleSecurity::changes), CsrfFilter.class)
                .addFilterBefore(new UploadDoor(pages), CsrfFilter.class)
                .addFilterBefore(door.idleSessions(request -> false), SecurityContextHolderFilter.class)
                .headers(headers -> headers.defaultsDisabled().addHeaderWriter(ConsoleHeaders::write))
                .build();
    }

    /** The browser comes from another site's page, and would not send the new session's cookie to the page that is wanted. */
    private static void onward(HttpServletRequest request, HttpServletResponse response, Authentication user)
            throws IOException {
        response.sendRedirect(SessionDoor.onward(request, LoginForm.wanted(request)));
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
