package org.chatarchiver.oidc;

import java.io.IOException;
import java.util.Set;
import org.chatarchiver.message.Printable;
import org.chatarchiver.security.LogInRefusedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;

/** Failed log-ins in words, for people; what only an operator can mend is logged. */
final class Refusals {
    private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);

    /** What the archiver finds wrong with an issuer's answer; other errors are the issuer's words. */
    private static final Set<String> OURS = Set.of(
            "invalid_id_token",
            "invalid_nonce",
            "invalid_state_parameter",
            "invalid_token_response",
            "invalid_request");

    private Refusals() {}

    static LogInRefusedException of(String title, AuthenticationException failure) {
        LogInRefusedException told = cause(failure, LogInRefusedException.class);
        if (told != null) {
            return told;
        }
        IOException unreachable = cause(failure, IOException.class);
        if (unreachable != null) {
            LOG.warn("A log-in by {} failed: {}", Printable.of(title), Printable.of(words(unreachable)));
            return Issuer.unreachable(title, unreachable);
        }
        OAuth2AuthenticationException oauth = cause(failure, OAuth2AuthenticationException.class);
        if (oauth == null) {
            return new LogInRefusedException(HttpStatus.NOT_FOUND, "There is no log-in of this name.", failure);
        }
        return of(title, oauth.getError(), failure);
    }

    private static LogInRefusedException of(String title, OAuth2Error error, AuthenticationException failure) {
        String code = Printable.quoted(error.getErrorCode());
        if (error.getErrorCode().equals("authorization_request_not_found")) {
            return new LogInRefusedException(
                    HttpStatus.BAD_REQUEST,
                    "This log-in was begun more than ten minutes ago, in another window, or not here. Please log in again.",
                    failure);
        }
        LOG.warn("A log-in by {} was refused: {} {}", Printable.of(title), code, Printable.of(error.getDescription()));
        if (OURS.contains(error.getErrorCode())) {
            return new LogInRefusedException(
                    HttpStatus.BAD_GATEWAY,
                    "The answer of " + Printable.of(title) + " cannot be trusted, or used (" + code
                            + "), and nobody is logged in. The archiver's log says more.",
                    failure);
        }
        return new LogInRefusedException(
                HttpStatus.FORBIDDEN,
                Printable.of(title) + " did not let you in, and gives " + code
                        + " for the reason. Ask whoever administers it.",
                failure);
    }

    /** What is at the bottom of a failure. */
    static String words(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root instanceof Discovery.UnusableException
                ? root.getMessage()
                : root.getClass().getSimpleName() + ": " + root.getMessage();
    }

    private static <T extends Throwable> T cause(Throwable failure, Class<T> type) {
        for (Throwable one = failure; one != null; one = one.getCause()) {
            if (type.isInstance(one)) {
                return type.cast(one);
            }
        }
        return null;
    }
}
