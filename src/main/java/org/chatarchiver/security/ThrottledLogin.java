package org.chatarchiver.security;

import java.util.Optional;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

/** Holds log-ins against {@link LoginAttempts} before their password is hashed, which is the costly part; those of {@link KnownLogins} pass. */
public final class ThrottledLogin implements AuthenticationManager {
    private final AuthenticationManager login;
    private final LoginAttempts attempts;
    private final KnownLogins known;
    private final LoginAudit audit;

    ThrottledLogin(AuthenticationManager login, LoginAttempts attempts, KnownLogins known, LoginAudit audit) {
        this.login = login;
        this.attempts = attempts;
        this.known = known;
        this.audit = audit;
    }

    @Override
    public Authentication authenticate(Authentication credentials) {
        return known.find(credentials).orElseGet(() -> check(credentials));
    }

    private Authentication check(Authentication credentials) {
        String address = credentials.getDetails() instanceof WebAuthenticationDetails web ? web.getRemoteAddress() : "";
        LoginAttempts.Attempt attempt = attempts.begin(credentials.getName(), address);
        // The same may have been found right while this one waited for its turn.
        Optional<Authentication> meanwhile = known.find(credentials);
        if (meanwhile.isPresent()) {
            attempt.abandoned();
            return meanwhile.get();
        }
        try {
            // Made first: a password that is changed during the check must not be remembered under the new hash.
            KnownLogins.Claim claim = known.claim(credentials);
            Authentication right = login.authenticate(credentials);
            claim.remember();
            attempt.succeeded();
            if (credentials.getDetails() instanceof ApiLogin) {
                audit.asked(right.getName(), address);
            }
            return right;
        } catch (BadCredentialsException e) {
            attempt.failed();
            audit.refused(credentials.getName(), address);
            throw e;
        } catch (RuntimeException e) {
            attempt.abandoned();
            throw e;
        }
    }
}
