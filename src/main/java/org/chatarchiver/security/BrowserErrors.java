package org.chatarchiver.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpStatus;

/** Shows people as a page what everybody else is told as a problem detail. */
public interface BrowserErrors {
    /** @return false, and nothing written, where the request is none of a person who looks at pages */
    boolean write(HttpServletRequest request, HttpServletResponse response, HttpStatus status) throws IOException;
}
