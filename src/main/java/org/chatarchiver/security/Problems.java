package org.chatarchiver.security;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.stereotype.Component;

/** Refusals of the security layer as problem details (RFC 9457), each with a sentence that says the cure. */
@Component
public class Problems implements AuthenticationEntryPoint, AccessDeniedHandler {
    private final ObjectMapper json;

    Problems(ObjectMapper json) {
        this.json = json;
    }

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException refusal)
            throws IOException {
        if (refusal instanceof TooManyAttemptsException tooMany) {
            response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(tooMany.seconds()));
            write(
                    response,
                    HttpStatus.TOO_MANY_REQUESTS,
                    "Too many failed log-ins; try again in " + tooMany.seconds() + " seconds.");
            return;
        }
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"Chat Archiver\", charset=\"UTF-8\"");
        write(
                response,
                HttpStatus.UNAUTHORIZED,
                request.getHeader(HttpHeaders.AUTHORIZATION) == null
                        ? "Log in with HTTP Basic as a user of archiver.security.users."
                        : "The user name or the password is wrong; see archiver.security.users, or where none is"
                                + " configured the file secrets/admin/password in the data directory.");
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException refusal)
            throws IOException {
        // An administrator may do everything that is served.
        if (request.isUserInRole(Role.DATA_CONNECTOR_ADMIN.name())) {
            write(
                    response,
                    HttpStatus.NOT_FOUND,
                    "Nothing is served at this path; the API is below /api, and described by GET /api/openapi.");
        } else {
            write(
                    response,
                    HttpStatus.FORBIDDEN,
                    "Your roles do not permit this; ask for COMPLIANCE_READER to look at things,"
                            + " DATA_CONNECTOR_ADMIN to change them.");
        }
    }

    public void write(HttpServletResponse response, HttpStatus status, String cure) throws IOException {
        response.setStatus(status.value());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        json.writeValue(response.getOutputStream(), ProblemDetail.forStatusAndDetail(status, cure));
    }
}
