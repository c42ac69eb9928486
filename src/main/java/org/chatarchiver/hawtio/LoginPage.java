package org.chatarchiver.hawtio;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.chatarchiver.security.TooManyAttemptsException;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.HtmlUtils;

/** The form to log in by, {@code hawtio/login.html}, with its style sheet. Has no script, and says why a log-in was refused. */
final class LoginPage extends OncePerRequestFilter implements AuthenticationFailureHandler {
    private static final String STYLE_PATH = HawtioSecurity.LOGIN + ".css";
    private static final String POLICY =
            "default-src 'none'; style-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private final String page = read("hawtio/login.html");
    private final String style = read("hawtio/login.css");

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String path = HawtioSecurity.path(request);
        boolean read = HttpMethod.GET.matches(request.getMethod());
        if (read && path.equals(HawtioSecurity.LOGIN)) {
            write(request, response, HttpStatus.OK, "");
        } else if (read && path.equals(STYLE_PATH)) {
            write(response, "text/css", style);
        } else {
            chain.doFilter(request, response);
        }
    }

    @Override
    public void onAuthenticationFailure(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException refusal)
            throws IOException {
        if (refusal instanceof TooManyAttemptsException tooMany) {
            response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(tooMany.seconds()));
            write(
                    request,
                    response,
                    HttpStatus.TOO_MANY_REQUESTS,
                    "Too many failed log-ins; try again in " + tooMany.seconds() + " seconds.");
        } else {
            write(request, response, HttpStatus.UNAUTHORIZED, "The user name or the password is wrong.");
        }
    }

    /** @param message why the form is shown again; empty if it is shown for the first time */
    void write(HttpServletRequest request, HttpServletResponse response, HttpStatus status, String message)
            throws IOException {
        response.setStatus(status.value());
        response.setHeader("Content-Security-Policy", POLICY);
        CsrfToken token = (CsrfToken) request.getAttribute(CsrfToken.class.getName());
        write(
                response,
                "text/html",
                page.replace("{csrf}", HtmlUtils.htmlEscape(token.getToken()))
                        .replace("{message}", HtmlUtils.htmlEscape(message)));
    }

    private static void write(HttpServletResponse response, String type, String text) throws IOException {
        response.setContentType(type);
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        response.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String read(String resource) {
        try (InputStream in = new ClassPathResource(resource).getInputStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("The jar holds no " + resource, e);
        }
    }
}
