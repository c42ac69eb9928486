package org.chatarchiver.recovery;

import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.chatarchiver.landing.LongWork;
import org.chatarchiver.message.Printable;
import org.chatarchiver.security.StartRefusedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Refuses to start on a ledger that is older than the landing zone, unless {@code archiver.recover-since} says that this is known. Such a
 * ledger does not know what it has delivered: archiving on with it would file messages a second time.
 *
 * <p>With {@code archiver.recover-since}, and for as long as it is set, whatever is met for the first time is looked for at the
 * destination before it is sent. So it is where the landing zone could not be read at start, or not within
 * {@link LongWork#PATIENCE}; its outage must not keep the archiver down, and nothing can be landed or archived until it is over.
 */
@Component
public class Recovery implements CamelContextConfiguration {
    private static final String SETTING = "archiver.recover-since";
    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

    private final LedgerAge age;
    private final Optional<Instant> since;
    private volatile boolean checked;

    Recovery(LedgerAge age, RecoveryProperties properties) {
        this.age = age;
        this.since = properties.since();
    }

    @Override
    public void beforeApplicationStart(CamelContext context) {
        try {
            LongWork.begin("recovery", () -> age.unknown(since)).await().ifPresent(older -> {
                throw refused(older);
            });
            checked = true;
        } catch (IOException e) {
            LOG.warn(
                    "The landing zone cannot be held against the ledger now: {}; until it can, everything is looked for before it is sent",
                    Printable.of(e.getMessage()));
        }
    }

    @Override
    public void afterApplicationStart(CamelContext context) {
        since.ifPresent(time -> LOG.warn(
                "{}={}: what landed since then is taken in, and everything is looked for before it is sent; remove the setting when the"
                        + " runs taken in have ended",
                SETTING,
                time));
    }

    /** Makes up for a check that failed at start. One that finds too old a ledger leaves everything in doubt until the next start. */
    void recheck() throws IOException {
        if (!checked) {
            Optional<LedgerAge.Older> older = age.unknown(since);
            if (older.isPresent()) {
                LOG.error("{} Everything is looked for before it is sent until the next start", older.get());
            } else {
                checked = true;
            }
        }
    }

    /** Whether an item met for the first time may be at the destination already. */
    public boolean doubts() {
        return since.isPresent() || !checked;
    }

    private StartRefusedException refused(LedgerAge.Older older) {
        return new StartRefusedException(
                older.toString(),
                "Start with the newest ledger there is. If this is it, because it was restored from a backup or has to be made anew, set "
                        + SETTING + "=" + older.cure()
                        + " (a time before everything that it does not know): what landed since then is taken in, and looked for in"
                        + " the mailboxes before it is sent. Remove the setting when the runs taken in have ended.");
    }
}
