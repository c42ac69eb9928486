package org.chatarchiver.routing;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.chatarchiver.ledger.Failure;
import org.chatarchiver.ledger.Interruptions;
import org.chatarchiver.ledger.Runs;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * The runs that poll in this process: their leases are renewed while they do, and given back when the archiver stops. Runs whose
 * process died are ended. Safe for many threads.
 */
@Component("leases")
public class Leases {
    private static final Logger LOG = LoggerFactory.getLogger(Leases.class);

    private final Runs runs;
    private final Interruptions interruptions;
    private final Set<String> polling = ConcurrentHashMap.newKeySet();
    private final Queue<Failure> found = new ConcurrentLinkedQueue<>();

    Leases(Runs runs, Interruptions interruptions) {
        this.runs = runs;
        this.interruptions = interruptions;
    }

    void hold(String run) {
        polling.add(run);
    }

    /** The run's poll has ended: whatever happens now, its lease is no longer renewed. */
    void leave(String run) {
        polling.remove(run);
    }

    /** Keeps the leases of the runs that poll here; called far more often than they last. */
    public void renew() {
        polling.forEach(runs::renew);
    }

    /** Ends the runs whose process died, here or on another machine, and says so once for each. */
    public List<Failure> interrupted() {
        List<Failure> all = new ArrayList<>(interruptions.endLapsed());
        for (Failure early = found.poll(); early != null; early = found.poll()) {
            all.add(early);
        }
        return all;
    }

    @PostConstruct
    void takeOver() {
        found.addAll(interruptions.endOfDeadProcess());
    }

    /**
     * Before Camel stops, which waits for a poll at work, such as one that sits out a pause the feed has asked for: a page that still
     * lands is archived, and then finds its lease gone. And once more when all has stopped, for a run that opened meanwhile.
     */
    @EventListener(ContextClosedEvent.class)
    @PreDestroy
    public void giveBack() {
        for (String run : polling) {
            polling.remove(run);
            interruptions.stop(run);
            LOG.warn("Run {} is interrupted, since the archiver stops; its window is asked for again", run);
        }
    }
}
