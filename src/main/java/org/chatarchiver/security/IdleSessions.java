package org.chatarchiver.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Ends sessions of whoever does nothing any more. What a page asks for by itself, every few seconds, is nothing done; the server's own
 * count of a session's time would go on for ever by it.
 */
final class IdleSessions extends OncePerRequestFilter {
    /** What a page asks for by itself has it, with any value. */
    static final String POLL = "X-Poll";

    private static final String LAST = IdleSessions.class.getName();

    private final Duration longest;
    private final LongSupplier nanoTime;

    /** @param nanoTime as {@link System#nanoTime()} */
    IdleSessions(Duration longest, LongSupplier nanoTime) {
        this.longest = longest;
        this.nanoTime = nanoTime;
    }

    /** Whether the request came with a session that is over. */
    static boolean isOver(HttpServletRequest request) {
        return request.getAttribute(LAST) != null
                || request.getRequestedSessionId() != null && !request.isRequestedSessionIdValid();
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        HttpSession session = request.getSession(false);
        if (session != null) {
            look(session, request);
        }
        chain.doFilter(request, response);
    }

    private void look(HttpSession session, HttpServletRequest request) {
        long now = nanoTime.getAsLong();
        try {
            if (session.getAttribute(LAST) instanceof Long last && now - last > longest.toNanos()) {
                session.invalidate();
                request.setAttribute(LAST, true);
            } else if (request.getHeader(POLL) == null || session.getAttribute(LAST) == null) {
                session.setAttribute(LAST, now);
            }
        } catch (IllegalStateException e) {
            // Another request of the same page has just ended it.
            request.setAttribute(LAST, true);
        }
    }
}
