package org.chatarchiver.msexchange.transport;

import java.time.Duration;
import java.util.Map;
import java.util.Set;

/** The answer to a {@link Lookup}. */
public sealed interface Found {
    /**
     * The folder was searched, or does not exist.
     *
     * @param uids Message-ID to UID of the e-mails that are there (0: there, UID unknown); one that is missing here is not there
     * @param doubled Message-IDs of those that are there more than once
     */
    record Answered(Map<String, Long> uids, Set<String> doubled) implements Found {
        public Answered {
            uids = Map.copyOf(uids);
            doubled = Set.copyOf(doubled);
        }

        public Answered(Map<String, Long> uids) {
            this(uids, Set.of());
        }
    }

    /**
     * It could not be told: ask again, and send nothing in the meantime.
     *
     * @param delay when to ask again; zero where nobody said
     */
    record Unclear(Fault fault, Duration delay, String detail) implements Found {}
}
