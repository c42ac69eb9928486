package org.chatarchiver.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Metrics are told as text. A Prometheus that looks for native histograms asks for protocol buffers before anything else, and Spring would
 * try those although what writes them is not in the jar.
 */
@Component
class TextMetrics extends OncePerRequestFilter {
    private static final String BUFFERS = "protobuf";

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !request.getRequestURI().equals(request.getContextPath() + "/actuator/prometheus");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        List<String> taken = Collections.list(request.getHeaders(HttpHeaders.ACCEPT)).stream()
                .flatMap(header -> Arrays.stream(header.split(",")))
                .filter(type -> !type.toLowerCase(Locale.ROOT).contains(BUFFERS))
                .toList();
        chain.doFilter(
                new HttpServletRequestWrapper(request) {
                    @Override
                    public String getHeader(String name) {
                        return HttpHeaders.ACCEPT.equalsIgnoreCase(name)
                                ? taken.isEmpty() ? null : String.join(",", taken)
                                : super.getHeader(name);
                    }

                    @Override
                    public Enumeration<String> getHeaders(String name) {
                        return HttpHeaders.ACCEPT.equalsIgnoreCase(name)
                                ? Collections.enumeration(taken)
                                : super.getHeaders(name);
                    }
                },
                response);
    }
}
