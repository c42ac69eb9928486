package org.chatarchiver.security;

import java.time.Duration;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

/** Holds log-ins against {@link LoginAttempts} before their password is hashed, which is the costly part. */
final class ThrottledLogin implements AuthenticationManager {
    private final AuthenticationManager login;
    private final LoginAttempts attempts;

    ThrottledLogin(AuthenticationManager login, LoginAttempts attempts) {
        this.login = login;
        this.attempts = attempts;
    }

    @Override
    public Authentication authenticate(Authentication credentials) {
        String user = credentials.getName();
        String address = credentials.getDetails() instanceof WebAuthenticationDetails web ? web.getRemoteAddress() : "";
        Duration wait = attempts.refusedFor(user, address);
        if (wait.toNanos() > 0) {
            throw new TooManyAttemptsException(wait);
        }
        try {
            Authentication known = login.authenticate(credentials);
            attempts.succeeded(user, address);
            return known;
        } catch (BadCredentialsException e) {
            attempts.failed(user, address);
            throw e;
        }
    }
}
