package org.chatarchiver.mapping;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects the results of a message's participants; each mailbox once, by whom it was found first. */
final class MappedParticipants {
    private final Map<String, Target> targets = new LinkedHashMap<>();
    private final List<Unmapped> failures = new ArrayList<>();
    private final List<Postponed> postponed = new ArrayList<>();
    private final List<Unserved> unserved = new ArrayList<>();

    void add(Resolution resolution) {
        if (resolution instanceof Resolution.Found found) {
            targets.putIfAbsent(found.target().mailbox(), found.target());
        } else if (resolution instanceof Resolution.Failed failed) {
            failures.add(failed.failure());
        } else if (resolution instanceof Resolution.Waiting waiting) {
            postponed.add(waiting.postponed());
        } else if (resolution instanceof Resolution.NotServed notServed) {
            unserved.add(notServed.unserved());
        }
    }

    void add(Unmapped failure) {
        failures.add(failure);
    }

    Mapping.Mapped result() {
        return new Mapping.Mapped(List.copyOf(targets.values()), failures, postponed, unserved);
    }
}
