package org.chatarchiver.security;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.web.servlet.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What no controller answered for, as problem details (RFC 9457): the status, and nothing of the exception. */
@RestController
class ProblemErrorController implements ErrorController {
    private final ObjectProvider<BrowserErrors> pages;

    ProblemErrorController(ObjectProvider<BrowserErrors> pages) {
        this.pages = pages;
    }

    /** Nothing where a page is written. */
    @RequestMapping("${server.error.path:/error}")
    ResponseEntity<ProblemDetail> error(HttpServletRequest request, HttpServletResponse response) throws IOException {
        // What was refused before the filters has none.
        AnswerHeaders.write(request.isSecure(), response);
        HttpStatus status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code
                        && HttpStatus.resolve(code) != null
                ? HttpStatus.valueOf(code)
                : HttpStatus.INTERNAL_SERVER_ERROR;
        for (BrowserErrors page : pages) {
            if (page.write(request, response, status)) {
                return null;
            }
        }
        String cure = status.is5xxServerError()
                ? "The request failed for a reason that stands in the archiver's log; mend that and send it again."
                : "The request is refused; compare it with the API's description, GET /api/openapi.";
        return ResponseEntity.status(status)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(ProblemDetail.forStatusAndDetail(status, cure));
    }
}
