package org.chatarchiver.msexchange.transport;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;

/** Which mailboxes were refused lately, and none was let through since. Safe for use by many threads. */
public final class Refusals {
    private final long lately;
    private final LongSupplier nanoTime;
    private final Map<String, Long> refused = new HashMap<>();
    private boolean hasWorked;
    private long workedAt;

    /** @param lately in nanoseconds */
    public Refusals(long lately) {
        this(lately, System::nanoTime);
    }

    public Refusals(long lately, LongSupplier nanoTime) {
        this.lately = lately;
        this.nanoTime = nanoTime;
    }

    public synchronized void refused(String mailbox) {
        refused.put(mailbox.toLowerCase(Locale.ROOT), nanoTime.getAsLong());
    }

    /** Some mailbox was let through, so that the refusals until now were those mailboxes' own. */
    public synchronized void worked() {
        refused.clear();
        hasWorked = true;
        workedAt = nanoTime.getAsLong();
    }

    public synchronized boolean workedLately() {
        return hasWorked && nanoTime.getAsLong() - workedAt < lately;
    }

    /** Whether another mailbox was refused as well; what several say holds until one is let through. */
    public synchronized boolean others(String mailbox) {
        long now = nanoTime.getAsLong();
        refused.values().removeIf(at -> now - at >= lately);
        boolean others = refused.keySet().stream().anyMatch(other -> !other.equals(mailbox.toLowerCase(Locale.ROOT)));
        if (others) {
            refused.replaceAll((one, at) -> now);
        }
        return others;
    }
}
