package org.chatarchiver.alert;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/**
 * What is wrong at this moment and stands in no ledger: told by those who notice it, taken back by them when it is over. Forgotten with
 * the process, which notices it again. Safe for many threads.
 */
@Component
public class Alarms {
    private final Map<AlertCause, Map<String, String>> raised = new ConcurrentHashMap<>();

    /**
     * Raises an alarm, or renews its sentence.
     *
     * @param subject what it is about, such as a connector's id
     * @param sentence without message text and passwords; what is from outside made printable
     */
    public void raise(AlertCause cause, String subject, String sentence) {
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
