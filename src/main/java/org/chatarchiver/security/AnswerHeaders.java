package org.chatarchiver.security;

import jakarta.servlet.http.HttpServletResponse;
import java.util.LinkedHashMap;
import java.util.Map;

/** The headers that every answer has, whoever writes it. */
public final class AnswerHeaders {
    private static final Map<String, String> ALWAYS = new LinkedHashMap<>();

    static {
        ALWAYS.put("X-Content-Type-Options", "nosniff");
        ALWAYS.put("X-XSS-Protection", "0");
        ALWAYS.put("X-Frame-Options", "DENY");
        ALWAYS.put("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
        ALWAYS.put("Referrer-Policy", "no-referrer");
        ALWAYS.put("Cache-Control", "no-cache, no-store, max-age=0, must-revalidate");
        ALWAYS.put("Pragma", "no-cache");
        ALWAYS.put("Expires", "0");
    }

    private static final String HSTS = "Strict-Transport-Security";

    private AnswerHeaders() {}

    /** Adds those that are not there yet. */
    public static void write(boolean secure, HttpServletResponse response) {
        ALWAYS.forEach((name, value) -> set(name, value, response));
        if (secure) {
            // RFC 6797, section 7.2: over TLS only.
            set(HSTS, "max-age=31536000 ; includeSubDomains", response);
        }
    }

    private static void set(String name, String value, HttpServletResponse response) {
        if (!response.containsHeader(name)) {
            response.setHeader(name, value);
        }
    }
}
