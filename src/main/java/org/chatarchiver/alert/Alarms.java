package org.chatarchiver.alert;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/**
 * What is wrong at this moment and stands in no ledger: told by those who notice it, taken back by them when it is over. Forgotten with
 * the process, which notices it again. Safe for many threads.
 */
@Component
public class Alarms {
    /** What may be raised; all other causes are read off the ledger and the connectors when they are asked for. */
    static final Set<AlertCause> CAUSES = Collections.unmodifiableSet(EnumSet.of(
            AlertCause.BROKER_OUTAGE,
            AlertCause.DESTINATION_OUTAGE,
            AlertCause.FEED_CLOCK,
            AlertCause.PAUSE_TOO_LONG,
            AlertCause.ROUTE_STOPPED,
            AlertCause.ROUTES_DIFFER,
            AlertCause.ROUTES_NOT_IN_FORCE));

    private final Map<AlertCause, Map<String, String>> raised = new ConcurrentHashMap<>();

    /**
     * Raises an alarm, or renews its sentence.
     *
     * @param subject what it is about, such as a connector's id
     * @param sentence without message text and passwords; what is from outside made printable
     * @throws IllegalArgumentException where nobody would look for a cause among the alarms
     */
    public void raise(AlertCause cause, String subject, String sentence) {
        if (!CAUSES.contains(cause)) {
            throw new IllegalArgumentException(cause + " is read off the ledger and cannot be raised");
        }
        raised.computeIfAbsent(cause, unknown -> new ConcurrentHashMap<>()).put(subject, sentence);
    }

    /** It is over; nothing if it was not raised. */
    public void clear(AlertCause cause, String subject) {
        raised.computeIfPresent(cause, (known, alarms) -> {
            alarms.remove(subject);
            return alarms;
        });
    }

    /** Subject and sentence of each alarm, in the order of the subjects. */
    public List<Finding> of(AlertCause cause) {
        return new TreeMap<>(raised.getOrDefault(cause, Map.of()))
                .entrySet().stream()
                        .map(alarm -> new Finding(alarm.getKey(), alarm.getValue()))
                        .toList();
    }

    /** @param subject which makes a later finding the same one */
    public record Finding(String subject, String sentence) {}
}
