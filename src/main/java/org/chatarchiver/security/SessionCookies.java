package org.chatarchiver.security;

import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.web.ServerProperties;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.Cookie;
import org.springframework.boot.web.server.Ssl;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.security.web.authentication.logout.LogoutHandler;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.stereotype.Component;

/**
 * The cookies of people's sessions. Where browsers speak TLS, with the archiver or with what stands in front of it, they are sent over TLS
 * only, and are called {@code __Host-...}: no other host of the domain can set them (RFC 6265bis, section 4.1.3.2).
 */
@Component
@ConditionalOnWebApplication
@Order(Ordered.LOWEST_PRECEDENCE)
public class SessionCookies implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {
    private static final String HOST = "__Host-";
    private static final String DEFAULT = "JSESSIONID";

    private final boolean secure;
    private final String session;

    SessionCookies(ServerProperties server, SecurityProperties security) {
        secure = Ssl.isEnabled(server.getSsl())
                || security.allowPlainHttp()
                || Boolean.TRUE.equals(
                        server.getServlet().getSession().getCookie().getSecure());
        String chosen = server.getServlet().getSession().getCookie().getName();
        session = chosen == null ? name(DEFAULT) : chosen;
    }

    @Override
    public void customize(TomcatServletWebServerFactory factory) {
        Cookie cookie = factory.getSession().getCookie();
        cookie.setName(session);
        if (secure) {
            cookie.setSecure(true);
        }
    }

    /** The name of the session's cookie. */
    String session() {
        return session;
    }

    boolean secure() {
        return secure;
    }

    /** A cookie that comes along when another site's page leads back to ours, as that of the session does not; for the path {@code /}. */
    public ResponseCookie.ResponseCookieBuilder returning(String cookie, String value) {
        return ResponseCookie.from(name(cookie), value)
                .path("/")
                .httpOnly(true)
                .secure(secure)
                .sameSite("Lax");
    }

    /** Has the browser forget its session; with all that the cookie was set with, as it would not take it otherwise. */
    public LogoutHandler forgetting() {
        String cookie = ResponseCookie.from(session, "")
                .path("/")
                .httpOnly(true)
                .secure(secure)
                .sameSite("Strict")
                .maxAge(0)
                .build()
                .toString();
        return (request, response, user) -> response.addHeader(HttpHeaders.SET_COOKIE, cookie);
    }

    /** A cookie's name as it is sent. */
    public String name(String plain) {
        return secure ? HOST + plain : plain;
    }

    /**
     * A cookie with the token that every form repeats.
     *
     * @param readable whether a script of our pages has to read it
     */
    public CookieCsrfTokenRepository tokens(String cookie, String path, boolean readable) {
        CookieCsrfTokenRepository tokens = new CookieCsrfTokenRepository();
        tokens.setCookieName("/".equals(path) ? name(cookie) : cookie);
        tokens.setCookiePath(path);
        tokens.setCookieCustomizer(one -> {
            one.httpOnly(!readable).sameSite("Strict");
            if (secure) {
                one.secure(true);
            }
        });
        return tokens;
    }
}
