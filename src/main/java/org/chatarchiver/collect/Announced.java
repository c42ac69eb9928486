package org.chatarchiver.collect;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * How many messages TeleMessage says that a run's window has, on each of its pages. Of runs that this process polls, and for whoever
 * watches them: what a run is measured by is in the ledger once it has landed. Safe for many threads.
 */
@Component
public class Announced {
    private static final int MOST_RUNS = 1_000;

    private final Map<String, Long> messages = Collections.synchronizedMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > MOST_RUNS;
        }
    });

    /** @param total null where the feed does not say */
    public void says(String run, Long total) {
        if (total != null) {
            messages.put(run, total);
        }
    }

    /** 0 where nothing is known. */
    public long of(String run) {
        return messages.getOrDefault(run, 0L);
    }
}
