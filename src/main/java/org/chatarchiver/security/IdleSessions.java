package org.chatarchiver.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Ends sessions of whoever does nothing any more, and every session some hours behind its log-in: only another log-in asks again what
 * somebody may do. What a page asks for by itself, every few seconds, is nothing done; the server's own count of a session's time would go
 * on for ever by it.
 */
final class IdleSessions extends OncePerRequestFilter {
    /** What a page asks for by itself has it, with any value. */
    static final String POLL = "X-Poll";

    /** When something was last done, as {@code nanoTime} counts. */
    static final String LAST = IdleSessions.class.getName();
    /** When it began, just so. */
    static final String BEGUN = LAST + ".begun";

    private static final String USE = LAST + ".use";

    private final Duration idle;
    private final Duration longest;
    private final RequestMatcher byItself;
    private final LongSupplier nanoTime;
    private final Duration step;

    /**
     * @param idle without anything done
     * @param longest whatever is done
     * @param byItself further requests that a page sends by itself
     * @param nanoTime as {@link System#nanoTime()}; the same for all who look at a session
     * @param step what is done so soon behind what was done before is not noted, and a session is over so much earlier
     */
    IdleSessions(Duration idle, Duration longest, RequestMatcher byItself, LongSupplier nanoTime, Duration step) {
        this.idle = idle;
        this.longest = longest;
        this.byItself = byItself;
        this.nanoTime = nanoTime;
        this.step = step;
    }

    /** Whether the request came with a session that is over. */
    static boolean isOver(HttpServletRequest request) {
        return request.getAttribute(LAST) != null
                || request.getRequestedSessionId() != null && !request.isRequestedSessionIdValid();
    }

    /** Takes a request for something done after all, of those that a page may send by itself. */
    static void use(HttpServletRequest request) {
        if (request.getAttribute(USE) instanceof Runnable use) {
            use.run();
        }
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
            if (isPast(session, LAST, idle, now) || isPast(session, BEGUN, longest, now)) {
                session.invalidate();
                request.setAttribute(LAST, true);
            } else if (session.getAttribute(BEGUN) == null) {
                session.setAttribute(BEGUN, now);
                session.setAttribute(LAST, now);
            } else if (request.getHeader(POLL) == null && !byItself.matches(request)) {
                use(session, now);
            } else {
                request.setAttribute(USE, (Runnable) () -> use(session, now));
            }
        } catch (IllegalStateException e) {
            // Another request of the same page has just ended it.
            request.setAttribute(LAST, true);
        }
    }

    private void use(HttpSession session, long now) {
        if (isPast(session, LAST, step, now)) {
            session.setAttribute(LAST, now);
        }
    }

    private static boolean isPast(HttpSession session, String since, Duration time, long now) {
        return session.getAttribute(since) instanceof Long then && now - then > time.toNanos();
    }
}
