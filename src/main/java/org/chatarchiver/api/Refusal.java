package org.chatarchiver.api;

import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/** A request that cannot be done, as a problem detail (RFC 9457) that names the thing, the value and the cure. */
final class Refusal extends ErrorResponseException {
    private Refusal(HttpStatus status, ProblemDetail body) {
        super(status, body, null);
    }

    static Refusal of(HttpStatus status, String sentence) {
        return new Refusal(status, ProblemDetail.forStatusAndDetail(status, sentence));
    }

    static Refusal notFound(String sentence) {
        return of(HttpStatus.NOT_FOUND, sentence);
    }

    static Refusal badRequest(String sentence) {
        return of(HttpStatus.BAD_REQUEST, sentence);
    }

    /** With an extension member. */
    Refusal with(String member, Object value) {
        getBody().setProperty(member, value);
        return this;
    }

    /** With what is wrong, piece by piece, as the extension member {@code member}. */
    static Refusal listing(HttpStatus status, String sentence, String member, List<?> pieces) {
        ProblemDetail body = ProblemDetail.forStatusAndDetail(status, sentence);
        body.setProperty(member, pieces);
        return new Refusal(status, body);
    }
}
