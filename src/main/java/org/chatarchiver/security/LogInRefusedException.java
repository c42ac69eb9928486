package org.chatarchiver.security;

import org.springframework.http.HttpStatus;
import org.springframework.security.core.AuthenticationException;

/** Whoever vouches for people did not, or nothing is permitted to whom it vouched for. The message is for the person. */
public final class LogInRefusedException extends AuthenticationException {
    private final HttpStatus status;

    /** @param sentence says why, and what to do */
    public LogInRefusedException(HttpStatus status, String sentence, Throwable cause) {
        super(sentence, cause);
        this.status = status;
    }

    public LogInRefusedException(HttpStatus status, String sentence) {
        this(status, sentence, null);
    }

    public HttpStatus status() {
        return status;
    }
}
