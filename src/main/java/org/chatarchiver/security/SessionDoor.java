package org.chatarchiver.security;

import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.web.ServerProperties;
import org.springframework.boot.web.server.Ssl;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.stereotype.Component;

/**
 * What the doors of people have in common: one page to log in at, one session, one end of it. Sends who is not logged in to that page, and
 * answers a script with a problem; never asks a browser for HTTP Basic, which no session would end.
 */
@Component
@ConditionalOnWebApplication
public class SessionDoor implements AuthenticationEntryPoint {
    public static final String LOGIN = "/console/login";
    /** The parameter with the page that somebody wanted to see. */
    public static final String WANTED = "to";
    /** The parameter that is there where a session was over. */
    public static final String ENDED = "ended";

    private final Problems problems;
    private final ServerProperties server;
    private final SecurityProperties security;
    private final AdminPassword admin;
    private final Environment environment;

    SessionDoor(
            Problems problems,
            ServerProperties server,
            SecurityProperties security,
            AdminPassword admin,
            Environment environment) {
        this.problems = problems;
        this.server = server;
        this.security = security;
        this.admin = admin;
        this.environment = environment;
    }

    /** Where this machine reaches the console, and who logs in there by what; once the server has started. */
    public String words() {
        String address = server.getAddress() == null || server.getAddress().isAnyLocalAddress()
                ? "localhost"
                : server.getAddress().getHostAddress();
        String host = address.indexOf(':') < 0 ? address : "[" + address + "]";
        String port = environment.getProperty("local.server.port", "8080");
        return (Ssl.isEnabled(server.getSsl()) ? "https://" : "http://") + host + ":" + port + "/console, log in as "
                + (security.users().isEmpty()
                        ? AdminPassword.USERNAME + " with the password in " + admin.file()
                        : "a user of archiver.security.users");
    }

    /** Ends idle sessions; in front of all that looks at them. */
    public Filter idleSessions() {
        return new IdleSessions(server.getServlet().getSession().getTimeout(), System::nanoTime);
    }

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException refusal)
            throws IOException {
        String accepted = Objects.toString(request.getHeader(HttpHeaders.ACCEPT), "");
        if (request.getHeader("HX-Request") != null) {
            // htmx has the browser load the page again, and that comes to the form.
            response.setHeader("HX-Refresh", "true");
        } else if (accepted.contains(MediaType.TEXT_HTML_VALUE)) {
            response.sendRedirect(request.getContextPath() + LOGIN + parameters(request));
            return;
        }
        problems.write(response, HttpStatus.UNAUTHORIZED, "Log in at " + LOGIN + ".");
    }

    private static String parameters(HttpServletRequest request) {
        String ended = IdleSessions.isOver(request) ? "&" + ENDED : "";
        String wanted = HttpMethod.GET.matches(request.getMethod()) ? "&" + WANTED + "=" + encoded(request) : "";
        return (wanted + ended).replaceFirst("^&", "?");
    }

    private static String encoded(HttpServletRequest request) {
        String query = request.getQueryString();
        String all = request.getRequestURI() + (query == null ? "" : "?" + query);
        return URLEncoder.encode(all, StandardCharsets.UTF_8);
    }
}
