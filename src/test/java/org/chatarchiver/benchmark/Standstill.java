package org.chatarchiver.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;

/** The longest time in which a run had nothing new filed, from its first item to its last, as its report tells when it is asked every 50 ms. */
final class Standstill {
    private static final long PAUSE_MILLIS = 50;

    private Standstill() {}

    /** Looks until all of the run's items are filed. */
    static Duration of(ArchiverProcess archiver, String run, long items) throws IOException, InterruptedException {
        long filed = 0;
        long last = 0;
        long longest = 0;
        while (filed < items) {
            Thread.sleep(PAUSE_MILLIS);
            JsonNode report = archiver.report(run);
            if (!report.get("state").asText().equals("RUNNING")
                    && report.get("imported").asLong() < items) {
                throw new IllegalStateException("The run did not import every message: " + report);
            }
            long now = System.nanoTime();
            long imported = report.get("imported").asLong();
            if (imported > filed) {
                longest = filed == 0 ? longest : Math.max(longest, now - last);
                filed = imported;
                last = now;
            }
        }
        return Duration.ofNanos(longest);
    }
}
