package org.chatarchiver.hawtio;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;
import org.chatarchiver.security.Problems;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.csrf.CsrfException;

/** Sends people to the form, and answers everything else with a problem; never asks a browser for HTTP Basic, which no session would end. */
final class HawtioRefusals implements AuthenticationEntryPoint, AccessDeniedHandler {
    private final Problems problems;
    private final LoginPage page;

    HawtioRefusals(Problems problems, LoginPage page) {
        this.problems = problems;
        this.page = page;
    }

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException refusal)
            throws IOException {
        String accepted = Objects.toString(request.getHeader(HttpHeaders.ACCEPT), "");
        if (HttpMethod.GET.matches(request.getMethod()) && accepted.contains(MediaType.TEXT_HTML_VALUE)) {
            response.sendRedirect(request.getContextPath() + HawtioSecurity.LOGIN);
        } else {
            problems.write(response, HttpStatus.UNAUTHORIZED, "Log in at " + HawtioSecurity.LOGIN + ".");
        }
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException refusal)
            throws IOException {
        if (!(refusal instanceof CsrfException)) {
            problems.handle(request, response, refusal);
        } else if (HawtioSecurity.path(request).equals(HawtioSecurity.LOGIN)) {
            page.write(request, response, HttpStatus.FORBIDDEN, "The form was too old; please log in again.");
        } else {
            problems.write(
                    response,
                    HttpStatus.FORBIDDEN,
                    "The header X-XSRF-TOKEN must repeat the cookie XSRF-TOKEN; load the page again.");
        }
    }
}
