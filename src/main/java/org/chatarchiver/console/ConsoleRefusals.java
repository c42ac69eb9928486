package org.chatarchiver.console;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import org.chatarchiver.security.LogInRefusedException;
import org.chatarchiver.security.SessionDoor;
import org.chatarchiver.security.TooManyAttemptsException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.csrf.CsrfException;

/** Says in a page why a log-in or a request was refused. */
final class ConsoleRefusals implements AuthenticationFailureHandler, AccessDeniedHandler {
    private final ConsolePages pages;
    private final LoginForm form;

    ConsoleRefusals(ConsolePages pages, LoginForm form) {
        this.pages = pages;
        this.form = form;
    }

    @Override
    public void onAuthenticationFailure(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException refusal)
            throws IOException {
        if (refusal instanceof TooManyAttemptsException tooMany) {
            response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(tooMany.seconds()));
            form(
                    request,
                    response,
                    HttpStatus.TOO_MANY_REQUESTS,
                    "Too many failed log-ins; try again in " + tooMany.seconds() + " seconds.");
        } else if (refusal instanceof LogInRefusedException told) {
            form(request, response, told.status(), told.getMessage());
        } else {
            form(request, response, HttpStatus.UNAUTHORIZED, "The user name or the password is wrong.");
        }
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException refusal)
            throws IOException {
        if (!(refusal instanceof CsrfException)) {
            pages.writeError(
                    request,
                    response,
                    HttpStatus.FORBIDDEN,
                    "Your roles do not permit this; ask for DATA_CONNECTOR_ADMIN to change things.");
        } else if (SessionDoor.LOGIN.equals(request.getRequestURI())) {
            form(request, response, HttpStatus.FORBIDDEN, "The form was too old; please log in again.");
        } else {
            pages.writeError(
                    request,
                    response,
                    HttpStatus.FORBIDDEN,
                    "The form was too old, or none of ours, and nothing was done. Open the page again, and send it from there.");
        }
    }

    private void form(HttpServletRequest request, HttpServletResponse response, HttpStatus status, String message)
            throws IOException {
        Map<String, Object> model = form.model(request, Objects.toString(request.getParameter("username"), ""));
        model.put("problem", message);
        pages.write(request, response, status, ConsolePages.LOGIN, model);
    }
}
