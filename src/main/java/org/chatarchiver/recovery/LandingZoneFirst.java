package org.chatarchiver.recovery;

import java.io.IOException;
import org.chatarchiver.landing.Landing;
import org.chatarchiver.landing.LongWork;
import org.chatarchiver.landing.OtherZoneException;
import org.chatarchiver.ledger.SharedLedger;
import org.chatarchiver.message.Printable;
import org.chatarchiver.security.StartRefusedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Conditional;
import org.springframework.stereotype.Component;

/**
 * Refuses to start with a landing zone that is not the ledger's own, before {@link Recovery} holds the two against each other: it would
 * call the ledger too old. A landing zone that is out keeps no archiver down; whoever comes to it first asks then.
 */
@Component
@Conditional(SharedLedger.class)
class LandingZoneFirst implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(LandingZoneFirst.class);

    private final Landing landing;
    private volatile boolean started;

    LandingZoneFirst(Landing landing) {
        this.landing = landing;
    }

    @Override
    public void start() {
        try {
            LongWork.begin("landing-zone", () -> {
                        landing.requireOwn();
                        return null;
                    })
                    .await();
        } catch (OtherZoneException e) {
            throw new StartRefusedException(e.getMessage(), e.cure());
        } catch (IOException e) {
            LOG.warn(
                    "Whether the landing zone is the ledger's own cannot be seen now, and nothing is landed or read before it is: {}",
                    Printable.of(e.getMessage()));
        }
        started = true;
    }

    @Override
    public void stop() {
        started = false;
    }

    @Override
    public boolean isRunning() {
        return started;
    }

    @Override
    public int getPhase() {
        return Integer.MIN_VALUE;
    }
}
