package org.chatarchiver.sandbox;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/** How the feed misbehaves for one request. */
public sealed interface Fault {
    /** Another answer altogether. */
    record Answer(int status, Map<String, String> headers, byte[] body) implements Fault {}

    /** {@code Content-Length} as of the whole answer, but the connection ends half-way. */
    record CutBody() implements Fault {}

    /** A proper answer by its length, but its gzip stream ends half-way; where gzip was not asked for, the JSON does. */
    record CutContent() implements Fault {}

    /** {@code nextCursor} is the cursor of the request; waits for a request that has one. */
    record RepeatedCursor() implements Fault {}

    /** {@code totalCount} is off by so many. */
    record WrongTotal(int by) implements Fault {}

    /** The answer one byte at a time. */
    record Drip(Duration pause) implements Fault {}

    /** So many bytes of the body, then silence; the connection stays open until the client gives up. */
    record Stall(int afterBytes) implements Fault {}

    /** Not a byte; the connection stays open until the client gives up. */
    record Silence() implements Fault {}

    /** JSON with a string of so many characters, of unknown length, made while it is read; gzip where it is asked for. */
    record Huge(long characters) implements Fault {}

    /** So many bytes of the body, then RST. */
    record Reset(int afterBytes) implements Fault {}

    /** @param retryAfter seconds or an HTTP date; null for none */
    static Fault status(int status, String retryAfter) {
        return new Answer(status, retryAfter == null ? Map.of() : Map.of("Retry-After", retryAfter), new byte[0]);
    }

    static Fault redirect(String location) {
        return new Answer(302, Map.of("Location", location), new byte[0]);
    }

    /** What a log-in portal or a proxy puts in the way, with status 200. */
    static Fault html() {
        byte[] page = "<!DOCTYPE html><html><body>Please sign in</body></html>".getBytes(StandardCharsets.UTF_8);
        return new Answer(200, Map.of("Content-Type", "text/html; charset=utf-8"), page);
    }

    /** Any text where a page belongs, called JSON. */
    static Fault body(String text) {
        return new Answer(200, Map.of("Content-Type", "application/json"), text.getBytes(StandardCharsets.UTF_8));
    }
}
