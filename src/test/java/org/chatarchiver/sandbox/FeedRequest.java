package org.chatarchiver.sandbox;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A request that the feed has seen.
 *
 * @param query as sent, percent-encoded; empty where there was none
 * @param headers by lower-case name; in {@link #withoutPassword} {@code authorization} is {@code Basic <user>}
 */
public record FeedRequest(String method, String path, String query, Map<String, String> headers) {
    private static final int MAX_LINE = 16 * 1024;

    /** Reads the head of a request (RFC 9112); null at the end of the connection. */
    static FeedRequest readFrom(InputStream in) throws IOException {
        String line = line(in);
        if (line == null) {
            return null;
        }
        String[] parts = line.split(" ", -1);
        if (parts.length != 3 || !parts[2].startsWith("HTTP/1.")) {
            throw new IOException("no HTTP/1 request line");
        }
        Map<String, String> headers = new TreeMap<>();
        for (String header = line(in); header != null && !header.isEmpty(); header = line(in)) {
            int colon = header.indexOf(':');
            if (colon > 0) {
                headers.merge(
                        header.substring(0, colon).toLowerCase(Locale.ROOT),
                        header.substring(colon + 1).strip(),
                        (first, second) -> first + ", " + second);
            }
        }
        String[] target = parts[1].split("\\?", 2);
        return new FeedRequest(parts[0], target[0], target.length == 2 ? target[1] : "", headers);
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(128);
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                return null;
            }
            if (line.size() == MAX_LINE) {
                throw new IOException("a line of the request head is over " + MAX_LINE + " bytes");
            }
            line.write(b);
        }
        return line.toString(StandardCharsets.UTF_8).stripTrailing();
    }

    String header(String lowerCaseName) {
        return headers.getOrDefault(lowerCaseName, "");
    }

    /** Whether the client takes gzip (RFC 9110, 12.5.3): named, and not with a weight of 0. */
    boolean acceptsGzip() {
        return Arrays.stream(header("accept-encoding").toLowerCase(Locale.ROOT).split(","))
                .map(String::strip)
                .anyMatch(coding -> coding.matches("(gzip|x-gzip)(\\s*;\\s*q=(1(\\.0*)?|0?\\.\\d*[1-9]\\d*))?"));
    }

    FeedRequest withoutPassword() {
        Map<String, String> cleaned = new TreeMap<>(headers);
        cleaned.computeIfPresent("authorization", (name, value) -> "Basic " + user(value));
        return new FeedRequest(method, path, query, Map.copyOf(cleaned));
    }

    private static String user(String authorization) {
        if (!authorization.startsWith("Basic ")) {
            return "?";
        }
        try {
            byte[] decoded = Base64.getDecoder().decode(authorization.substring(6));
            return new String(decoded, StandardCharsets.UTF_8).split(":", 2)[0];
        } catch (IllegalArgumentException notBase64) {
            return "?";
        }
    }
}
