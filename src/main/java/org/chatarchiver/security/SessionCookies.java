package org.chatarchiver.security;

import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.web.ServerProperties;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.Cookie;
import org.springframework.boot.web.server.Ssl;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
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
    public String session() {
        return session;
    }

    /** A cookie's name as it is sent. */
    private String name(String plain) {
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
