package org.chatarchiver.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.chatarchiver.message.Sha256;
import org.springframework.session.SessionIdGenerator;
import org.springframework.session.web.http.CookieSerializer;
import org.springframework.session.web.http.HttpSessionIdResolver;

/**
 * What a browser's cookie holds is 256 random bits, and its session's id in the ledger is the SHA-256 of that: who can read the ledger, or
 * a backup of it, cannot go on with anybody's session. Safe for many threads.
 */
final class SessionTickets implements SessionIdGenerator, HttpSessionIdResolver {
    private static final int BYTES = 32;
    /** Between the making of a session and the answer with its cookie. */
    private static final Duration LONGEST_ANSWER = Duration.ofMinutes(1);

    private static final int MOST = 10_000;

    private final CookieSerializer cookie;
    private final SecureRandom random = new SecureRandom();
    private final Cache<String, String> made = Caffeine.newBuilder()
            .expireAfterWrite(LONGEST_ANSWER)
            .maximumSize(MOST)
            .build();

    SessionTickets(CookieSerializer cookie) {
        this.cookie = cookie;
    }

    @Override
    public String generate() {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        String ticket = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        String id = Sha256.of(ticket);
        made.put(id, ticket);
        return id;
    }

    @Override
    public List<String> resolveSessionIds(HttpServletRequest request) {
        return cookie.readCookieValues(request).stream().map(Sha256::of).toList();
    }

    @Override
    public void setSessionId(HttpServletRequest request, HttpServletResponse response, String id) {
        String ticket = made.getIfPresent(id);
        if (ticket != null) {
            cookie.writeCookieValue(new CookieSerializer.CookieValue(request, response, ticket));
        }
    }

    @Override
    public void expireSession(HttpServletRequest request, HttpServletResponse response) {
        cookie.writeCookieValue(new CookieSerializer.CookieValue(request, response, ""));
    }
}
