package org.chatarchiver;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that stands still until it is moved. Safe for several threads that read it. */
public final class MovableClock extends Clock {
    private final Instant start;
    private volatile Instant now;

    /** @param start such as {@code 2026-11-20T12:00:00Z} */
    public MovableClock(String start) {
        this.start = Instant.parse(start);
        now = this.start;
    }

    public void set(Instant time) {
        now = time;
    }

    public void pass(Duration time) {
        now = now.plus(time);
    }

    /** Back to where it started. */
    public void reset() {
        now = start;
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
