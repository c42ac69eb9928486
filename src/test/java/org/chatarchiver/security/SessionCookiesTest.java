package org.chatarchiver.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.web.ServerProperties;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.Ssl;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;

class SessionCookiesTest {
    private final ServerProperties server = new ServerProperties();

    @Test
    void overPlainHttpTheyAreOrdinaryOnes() {
        SessionCookies cookies = cookies(false);
        assertThat(cookies.session()).isEqualTo("JSESSIONID");
        assertThat(token(cookies, "/", false))
                .startsWith("csrf=")
                .contains("HttpOnly")
                .doesNotContain("Secure");
    }

    @Test
    void withTlsTheyAreTheHostsAloneAndGoOverTlsOnly() {
        server.setSsl(new Ssl());
        assertHosts(cookies(false));
    }

    @Test
    void soTheyAreWhereTlsEndsInFront() {
        assertHosts(cookies(true));
    }

    @Test
    void anOperatorsOwnNameStays() {
        server.getServlet().getSession().getCookie().setName("archiver");
        assertThat(cookies(true).session()).isEqualTo("archiver");
    }

    private void assertHosts(SessionCookies cookies) {
        TomcatServletWebServerFactory factory = new TomcatServletWebServerFactory();
        cookies.customize(factory);
        assertThat(factory.getSession().getCookie().getName()).isEqualTo("__Host-JSESSIONID");
        assertThat(factory.getSession().getCookie().getSecure()).isTrue();
        assertThat(token(cookies, "/", false)).startsWith("__Host-csrf=").contains("HttpOnly", "Secure", "Path=/;");
        assertThat(token(cookies, "/actuator/hawtio", true))
                .startsWith("csrf=")
                .contains("Secure", "Path=/actuator/hawtio")
                .doesNotContain("HttpOnly");
    }

    @Test
    void aBrowserTakesTheCookieThatEndsASessionWhereTlsEndsInFrontToo() {
        MockHttpServletResponse response = new MockHttpServletResponse();
        cookies(true).forgetting().logout(new MockHttpServletRequest(), response, null);
        assertThat(response.getHeader("Set-Cookie"))
                .startsWith("__Host-JSESSIONID=;")
                .contains("Path=/;", "Max-Age=0", "Secure")
                .doesNotContain("Domain");
        MockHttpServletResponse plain = new MockHttpServletResponse();
        cookies(false).forgetting().logout(new MockHttpServletRequest(), plain, null);
        assertThat(plain.getHeader("Set-Cookie")).startsWith("JSESSIONID=;").doesNotContain("Secure");
    }

    private SessionCookies cookies(boolean plain) {
        return new SessionCookies(
                server, new SecurityProperties(List.of(), plain, Duration.ofMinutes(5), Duration.ofHours(12)));
    }

    private static String token(SessionCookies cookies, String path, boolean readable) {
        CookieCsrfTokenRepository tokens = cookies.tokens("csrf", path, readable);
        MockHttpServletRequest request = new MockHttpServletRequest();
        MockHttpServletResponse response = new MockHttpServletResponse();
        tokens.saveToken(tokens.generateToken(request), request, response);
        return response.getHeader("Set-Cookie");
    }
}
