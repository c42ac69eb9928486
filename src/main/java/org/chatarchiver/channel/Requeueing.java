package org.chatarchiver.channel;

import org.chatarchiver.delivery.DeliveryProperties;
import org.chatarchiver.delivery.Outages;
import org.chatarchiver.ledger.Requeues;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** The archiver's own requeues; none while the destination is out. */
@Component("requeueing")
public class Requeueing {
    private static final Logger LOG = LoggerFactory.getLogger(Requeueing.class);

    private final Requeues requeues;
    private final DeliveryProperties settings;
    private final Outages outages;

    Requeueing(Requeues requeues, DeliveryProperties settings, Outages outages) {
        this.settings = settings;
        this.requeues = requeues;
        this.outages = outages;
    }

    public void passing() {
        int requeued = outages.isOngoing() ? 0 : requeues.passing(settings.requeueEvery(), settings.requeueFor());
        if (requeued > 0) {
            LOG.info("{} undeliverable items are tried again", requeued);
        }
    }
}
