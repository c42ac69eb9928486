package org.chatarchiver.msexchange.transport.imap;

import java.time.Duration;
import org.chatarchiver.msexchange.transport.Fault;
import org.chatarchiver.msexchange.transport.Slots;
import org.chatarchiver.msexchange.transport.TransportError;
import org.chatarchiver.msexchange.transport.TransportException;

/** Slots of which other processes leave so many, for all mailboxes together. */
final class FewSlots implements Slots {
    int left;
    boolean lapsed;
    boolean wanted;
    boolean due;

    FewSlots(int left) {
        this.left = left;
    }

    @Override
    public Slot take(String mailbox, int most) throws TransportException {
        if (left == 0) {
            throw TransportError.passing(Fault.BUSY, Duration.ofSeconds(2), "none left")
                    .thrown();
        }
        left--;
        lapsed = false;
        return new Slot() {
            @Override
            public boolean isLapsed() {
                return lapsed;
            }

            @Override
            public boolean isWanted() {
                return wanted;
            }

            @Override
            public boolean isDue() {
                return due;
            }

            @Override
            public void close() {
                left++;
            }
        };
    }

    @Override
    public void throttle(String mailbox, Duration delay) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void refuseThrottled(String mailbox) {
        // No server asks for a pause.
    }
}
