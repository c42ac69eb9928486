package org.chatarchiver.hawtio;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.chatarchiver.security.Problems;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.csrf.CsrfException;

/** Tells a page of Hawtio that has no token which one is missing. */
final class HawtioRefusals implements AccessDeniedHandler {
    private final Problems problems;

    HawtioRefusals(Problems problems) {
        this.problems = problems;
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException refusal)
            throws IOException {
        if (refusal instanceof CsrfException) {
            problems.write(
                    response,
                    HttpStatus.FORBIDDEN,
                    "The header X-XSRF-TOKEN must repeat the cookie XSRF-TOKEN; load the page again.");
        } else {
            problems.handle(request, response, refusal);
        }
    }
}
