package org.chatarchiver.security;

import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.HEAD;
import static org.springframework.http.HttpMethod.POST;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.www.BasicAuthenticationFilter;
import org.springframework.security.web.firewall.RequestRejectedHandler;

/** Who may do what over HTTP. A path that is not listed is served to nobody. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication
class WebSecurity {
    private static final String ADMIN = Role.DATA_CONNECTOR_ADMIN.name();
    private static final String READER = Role.COMPLIANCE_READER.name();
    private static final String[] OPEN = {"/actuator/health", "/actuator/health/liveness", "/actuator/health/readiness"
    };

    /** Names and numbers of a whole organisation. */
    private static final String WHOLE_MAPPINGS = "/api/connectors/*/mapping/versions/*";

    /** Changes nothing that is there. */
    private static final String REMARKS = "/api/audit/remarks";

    /** Written at once: the page for errors would be refused like the request, for its method is the same. */
    @Bean
    RequestRejectedHandler requestRejectedHandler(Problems problems) {
        return (request, response, refusal) -> {
            AnswerHeaders.write(request.isSecure(), response);
            HttpStatus status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code
                            && HttpStatus.resolve(code) != null
                    ? HttpStatus.valueOf(code)
                    : HttpStatus.BAD_REQUEST;
            problems.write(
                    response,
                    status,
                    "The request is refused for its method or the way its path or headers are written; compare it with the API's description, GET /api/openapi.");
        };
    }

    @Bean
    KnownLogins knownLogins(UserDetailsService users, SecurityProperties configured) {
        return new KnownLogins(users, configured.rememberLogins(), System::nanoTime);
    }

    /** One for all doors: whoever guesses at several has no more tries. */
    @Bean
    ThrottledLogin throttledLogin(PasswordCheck passwords, KnownLogins known, LoginAudit audit) {
        return new ThrottledLogin(passwords, new LoginAttempts(System::nanoTime), known, audit);
    }

    @Bean
    SecurityFilterChain securityFilterChain(HttpSecurity http, ThrottledLogin login, Problems problems)
            throws Exception {
        return http.authorizeHttpRequests(paths -> paths.dispatcherTypeMatchers(DispatcherType.ERROR)
                        .permitAll()
                        .requestMatchers(GET, OPEN)
                        .permitAll()
                        .requestMatchers(HEAD, OPEN)
                        .permitAll()
                        .requestMatchers(GET, "/actuator/health/**", "/actuator/prometheus")
                        .hasAnyRole(READER, ADMIN)
                        .requestMatchers(HEAD, "/actuator/health/**", "/actuator/prometheus")
                        .hasAnyRole(READER, ADMIN)
                        .requestMatchers(GET, WHOLE_MAPPINGS)
                        .hasRole(ADMIN)
                        .requestMatchers(HEAD, WHOLE_MAPPINGS)
                        .hasRole(ADMIN)
                        .requestMatchers(GET, "/api/**")
                        .hasAnyRole(READER, ADMIN)
                        .requestMatchers(HEAD, "/api/**")
                        .hasAnyRole(READER, ADMIN)
                        .requestMatchers(POST, REMARKS)
                        .hasAnyRole(READER, ADMIN)
                        .requestMatchers("/api/**")
                        .hasRole(ADMIN)
                        .anyRequest()
                        .denyAll())
                .authenticationManager(login)
                .httpBasic(basic -> basic.authenticationEntryPoint(problems).authenticationDetailsSource(ApiLogin::new))
                .exceptionHandling(
                        refused -> refused.authenticationEntryPoint(problems).accessDeniedHandler(problems))
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                // Tokens guard a session's cookie, and there is none; what they are for is done by CrossSiteFilter.
                .csrf(AbstractHttpConfigurer::disable)
                .addFilterBefore(new CrossSiteFilter(problems), BasicAuthenticationFilter.class)
                .logout(AbstractHttpConfigurer::disable)
                .headers(headers -> headers.defaultsDisabled()
                        .addHeaderWriter((request, response) -> AnswerHeaders.write(request.isSecure(), response)))
                .build();
    }
}
