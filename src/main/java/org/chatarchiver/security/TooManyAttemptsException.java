package org.chatarchiver.security;

import java.time.Duration;
import org.springframework.security.core.AuthenticationException;

/** Refused without a look at the password. */
public final class TooManyAttemptsException extends AuthenticationException {
    private final Duration wait;

    TooManyAttemptsException(Duration wait) {
        super("Too many failed log-ins");
        this.wait = wait;
    }

    /** Whole seconds, at least one: the form of Retry-After (RFC 9110, section 10.2.3). */
    public long seconds() {
        return Math.max(1, wait.plusMillis(999).toSeconds());
    }
}
