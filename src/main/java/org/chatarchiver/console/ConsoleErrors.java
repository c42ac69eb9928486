package org.chatarchiver.console;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.servlet.ModelAndView;

/** Whatever goes wrong with a page is told in a page; in front of the API's, which would answer with a problem detail. */
@ControllerAdvice(basePackageClasses = ConsoleErrors.class)
@Order(Ordered.HIGHEST_PRECEDENCE)
class ConsoleErrors {
    private static final Logger LOG = LoggerFactory.getLogger(ConsoleErrors.class);

    private final Shells shells;

    ConsoleErrors(Shells shells) {
        this.shells = shells;
    }

    @ExceptionHandler
    ModelAndView failed(Exception failure, HttpServletRequest request, HttpServletResponse response) throws Exception {
        if (response.isCommitted()) {
            // The container breaks the connection, so that nobody takes half a download for a whole one.
            throw failure;
        }
        HttpStatus status = HttpStatus.INTERNAL_SERVER_ERROR;
        String sentence = "The page failed for a reason that stands in the archiver's log.";
        if (failure instanceof ErrorResponse refusal && refusal.getStatusCode().is4xxClientError()) {
            status = HttpStatus.valueOf(refusal.getStatusCode().value());
            sentence = Optional.ofNullable(refusal.getBody().getDetail()).orElse("The request is refused.");
        } else if (failure instanceof TypeMismatchException) {
            status = HttpStatus.BAD_REQUEST;
            sentence = "A part of the address is not what it has to be, such as a number.";
        } else {
            LOG.error("A page of the console failed", failure);
        }
        Map<String, Object> model = new HashMap<>(ConsolePages.model(status, sentence));
        model.put("shell", shells.of(request));
        return new ModelAndView(ConsolePages.ERROR, model, status);
    }
}
