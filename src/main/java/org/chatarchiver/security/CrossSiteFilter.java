package org.chatarchiver.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses changes, and where told so reads, that another site has a browser ask for. The API has no session and no cookie, so a CSRF token
 * would have nothing to be bound to, and every script would have to fetch one; but a browser that once logged in by HTTP Basic adds the
 * password to any site's request. Browsers tell where a request comes from by headers that a page cannot set: Sec-Fetch-Site (W3C Fetch
 * Metadata), or Origin (RFC 6454) where they are older. Programs send neither.
 */
public final class CrossSiteFilter extends OncePerRequestFilter {
    private static final Set<String> READS = Set.of("GET", "HEAD", "OPTIONS");
    private static final Set<String> OURS = Set.of("same-origin", "none");

    private final Problems problems;
    private final RequestMatcher held;

    /** Holds whatever changes something. */
    CrossSiteFilter(Problems problems) {
        this(problems, request -> !READS.contains(request.getMethod()));
    }

    /** Holds these requests. */
    public CrossSiteFilter(Problems problems, RequestMatcher held) {
        this.problems = problems;
        this.held = held;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!held.matches(request) || isOurs(request)) {
            chain.doFilter(request, response);
        } else {
            problems.write(
                    response,
                    HttpStatus.FORBIDDEN,
                    "A browser sent this request for another site's page; send it from this site or by a program.");
        }
    }

    private static boolean isOurs(HttpServletRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        if (site != null) {
            return OURS.contains(site);
        }
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        if (origin == null) {
            return true;
        }
        String host = request.getHeader(HttpHeaders.HOST);
        return origin.equals("http://" + host) || origin.equals("https://" + host);
    }
}
