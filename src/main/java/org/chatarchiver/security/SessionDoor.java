package org.chatarchiver.security;

import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.chatarchiver.ledger.SharedLedger;
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
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.stereotype.Component;

/**
 * What the doors of people have in common: one page to log in at, one session, one end of it. Sends who is not logged in to that page, and
 * answers a script with a problem; never asks a browser for HTTP Basic, which no session would end.
 */
@Component
@ConditionalOnWebApplication
public class SessionDoor implements AuthenticationEntryPoint {
    public static final String LOGIN = "/console/login";
    /** A page that does nothing but lead on to the one that is wanted. */
    public static final String ONWARD = "/console/onward";
    /** The parameter with the page that somebody wanted to see; also an attribute, where it is no parameter any more. */
    public static final String WANTED = "to";
    /** Of such a page, in characters. */
    public static final int LONGEST_WANTED = 1_000;
    /** The parameter that is there where a session was over. */
    public static final String ENDED = "ended";

    /** Where each note is written to the ledger. */
    private static final Duration LONGEST_STEP = Duration.ofMinutes(1);

    private static final int STEPS = 30;

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

    /**
     * Ends sessions that are idle, or too old; in front of all that looks at them.
     *
     * @param byItself requests that pages send by themselves, without saying so
     */
    public Filter idleSessions(RequestMatcher byItself) {
        Duration idle = server.getServlet().getSession().getTimeout();
        boolean shared = SharedLedger.is(environment);
        return new IdleSessions(
                idle,
                security.sessionMax(),
                byItself,
                shared ? SessionDoor::epochNanos : System::nanoTime,
                shared ? shorter(LONGEST_STEP, idle.dividedBy(STEPS)) : Duration.ZERO);
    }

    /** Other machines know no other time; nor do they know this one to the second. */
    private static long epochNanos() {
        return TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /** Takes such a request for something that a person has done. */
    public static void use(HttpServletRequest request) {
        IdleSessions.use(request);
    }

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException refusal)
            throws IOException {
        String accepted = Objects.toString(request.getHeader(HttpHeaders.ACCEPT), "");
        if (request.getHeader("HX-Request") != null) {
            // htmx has the browser load the page again, and that comes to the form.
            response.setHeader("HX-Refresh", "true");
        } else if (accepted.contains(MediaType.TEXT_HTML_VALUE)) {
            response.sendRedirect(
                    isFromElsewhere(request)
                            ? onward(request, address(request))
                            : request.getContextPath() + LOGIN + parameters(request));
            return;
        }
        problems.write(response, HttpStatus.UNAUTHORIZED, "Log in at " + LOGIN + ".");
    }

    /** Where a browser that comes from another site's page is sent, so that it sends its session's cookie then. */
    public static String onward(HttpServletRequest request, String wanted) {
        return request.getContextPath() + ONWARD + "?" + WANTED + "=" + encoded(kept(wanted));
    }

    /** Whether somebody has followed a link of another site: the browser then leaves out the cookie of a session that there may be. */
    private static boolean isFromElsewhere(HttpServletRequest request) {
        return HttpMethod.GET.matches(request.getMethod())
                && request.getRequestedSessionId() == null
                && "cross-site".equals(request.getHeader("Sec-Fetch-Site"))
                && "navigate".equals(request.getHeader("Sec-Fetch-Mode"));
    }

    private static String parameters(HttpServletRequest request) {
        String ended = IdleSessions.isOver(request) ? "&" + ENDED : "";
        String address = HttpMethod.GET.matches(request.getMethod()) ? kept(address(request)) : "";
        String wanted = address.isEmpty() ? "" : "&" + WANTED + "=" + encoded(address);
        return (wanted + ended).replaceFirst("^&", "?");
    }

    /** None in place of one that is longer than a page's: encoded it would not fit into the head of an answer, which then fails. */
    private static String kept(String address) {
        return address.length() <= LONGEST_WANTED ? address : "";
    }

    private static String address(HttpServletRequest request) {
        String query = request.getQueryString();
        return request.getRequestURI() + (query == null ? "" : "?" + query);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
