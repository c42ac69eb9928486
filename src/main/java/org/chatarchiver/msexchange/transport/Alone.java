package org.chatarchiver.msexchange.transport;

import java.time.Duration;

/** Any number of slots. */
final class Alone implements Slots {
    private static final Slot SLOT = new Slot() {
        @Override
        public boolean isLapsed() {
            return false;
        }

        @Override
        public boolean isWanted() {
            return false;
        }

        @Override
        public boolean isDue() {
            return false;
        }

        @Override
        public void close() {
            // Nobody else could have it.
        }
    };

    @Override
    public Slot take(String mailbox, int most) {
        return SLOT;
    }

    @Override
    public void throttle(String mailbox, Duration delay) {
        // Nobody else asks.
    }

    @Override
    public void refuseThrottled(String mailbox) {
        // Nobody else has asked.
    }
}
