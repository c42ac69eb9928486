package org.chatarchiver.security;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

/** Where a log-in comes from that is sent with a request of the API, as programs do. */
final class ApiLogin extends WebAuthenticationDetails {
    private static final long serialVersionUID = 1;

    ApiLogin(HttpServletRequest request) {
        super(request);
    }
}
