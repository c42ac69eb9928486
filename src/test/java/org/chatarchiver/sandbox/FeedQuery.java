package org.chatarchiver.sandbox;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;

/**
 * The parameters of a page request.
 *
 * @param cursor null for the first page
 */
record FeedQuery(String network, Instant from, Instant to, int limit, String cursor) {
    private static final int DEFAULT_LIMIT = 1000;

    /** @throws IllegalArgumentException naming the parameter that is missing or wrong: the request is answered 400 */
    static FeedQuery parse(String query) {
        Map<String, String> parameters = new HashMap<>();
        for (String pair : query.isEmpty() ? new String[0] : query.split("&")) {
            String[] parts = pair.split("=", 2);
            String name = URLDecoder.decode(parts[0], StandardCharsets.UTF_8);
            String value = parts.length == 2 ? URLDecoder.decode(parts[1], StandardCharsets.UTF_8) : "";
            if (parameters.put(name, value) != null) {
                throw new IllegalArgumentException(name + " is given twice");
            }
        }
        Instant from = time("from", parameters);
        Instant to = time("to", parameters);
        if (to.isBefore(from)) {
            throw new IllegalArgumentException("to is before from");
        }
        return new FeedQuery(
                required("network", parameters), from, to, limit(parameters.get("limit")), parameters.get("cursor"));
    }

    FeedQuery limited(int most) {
        return new FeedQuery(network, from, to, most, cursor);
    }

    private static String required(String name, Map<String, String> parameters) {
        String value = parameters.getOrDefault(name, "");
        if (value.isEmpty()) {
            throw new IllegalArgumentException(name + " is missing");
        }
        return value;
    }

    private static Instant time(String name, Map<String, String> parameters) {
        try {
            return OffsetDateTime.parse(required(name, parameters)).toInstant();
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(name + " is no RFC 3339 date-time", e);
        }
    }

    private static int limit(String value) {
        if (value == null) {
            return DEFAULT_LIMIT;
        }
        if (!value.matches("[1-9][0-9]{0,6}")) {
            throw new IllegalArgumentException("limit is no number from 1 to 9999999");
        }
        return Integer.parseInt(value);
    }
}
