package org.chatarchiver.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses forms with files (RFC 7578) everywhere but in the console, which looks by itself at who sends one. It stands before every
 * filter that asks for a parameter: for the first one that does, the container writes the whole of such a form to the disk, of whoever
 * has sent it.
 */
@Component
@ConditionalOnWebApplication
@Order(Ordered.HIGHEST_PRECEDENCE)
class UploadRefusal extends OncePerRequestFilter {
    private static final String MULTIPART = "multipart/";
    private static final String CONSOLE = "/console/";

    private final Problems problems;

    UploadRefusal(Problems problems) {
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String type = request.getContentType();
        if (type == null
                || !type.toLowerCase(Locale.ROOT).startsWith(MULTIPART)
                || request.getServletPath().startsWith(CONSOLE)) {
            chain.doFilter(request, response);
            return;
        }
        AnswerHeaders.write(request.isSecure(), response);
        // What it still sends is not read for it.
        response.setHeader(HttpHeaders.CONNECTION, "close");
        problems.write(
                response,
                HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                "No file is taken here. The API takes application/json; a mapping file is sent by a form of the console.");
    }
}
