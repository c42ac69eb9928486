package org.chatarchiver.sandbox;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** This machine's clock, off by as much as a test says. Safe for several threads. */
public final class MovingClock extends Clock {
    private volatile Duration offset = Duration.ZERO;

    /** @param offset how far it is ahead of the real time from now on */
    public void set(Duration offset) {
        this.offset = offset;
    }

    @Override
    public Instant instant() {
        return Instant.now().plus(offset);
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
