package org.chatarchiver.console;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.chatarchiver.security.AnswerHeaders;

/** The headers of every page: as those of the API, but that a page may load its own files, and send its forms. */
final class ConsoleHeaders {
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
            + " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private ConsoleHeaders() {}

    static void write(HttpServletRequest request, HttpServletResponse response) {
        response.setHeader("Content-Security-Policy", POLICY);
        AnswerHeaders.write(request.isSecure(), response);
        // With no-referrer a browser sends a form's Origin as null (Fetch, "append a request Origin header"), as
        // another site's would be.
        response.setHeader("Referrer-Policy", "same-origin");
    }
}
